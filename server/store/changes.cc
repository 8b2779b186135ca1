#include "store/changes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "store/footprint.h"

namespace graphmock::store {
namespace {

bool is_due(const Lag& lag, base::Instant now) {
  return lag.until <= now && lag.reads == 0;
}

// Calls `visit` with a text for each entity and each place in a list until it says true; whether
// it did.
template <typename Visit>
bool any_key(const Layer& layer, Visit visit) {
  for (const auto& one : layer.entities) {
    if (visit(one.first)) return true;
  }
  for (const auto& [list, change] : layer.lists) {
    const auto place = list + '\n';
    for (const auto& entity : change.removed) {
      if (visit(place + entity)) return true;
    }
    for (const auto& added : change.added) {
      if (visit(place + added.entity)) return true;
    }
  }
  return false;
}

}  // namespace

void Touched::add(const Layer& written) {
  any_key(written, [this](const std::string& key) {
    keys_.insert(key);
    return false;
  });
}

bool Touched::overlaps(const Layer& written) const {
  if (keys_.empty()) return false;
  return any_key(written, [this](const std::string& key) { return keys_.contains(key); });
}

Layer Changes::unseen_layer() {
  Layer layer;
  layer.first_place = Layer::kFirstPlaceOfUnseen;
  return layer;
}

Layer Changes::latest() && {
  seen_.merge(std::move(unseen_));
  return std::move(seen_);
}

void Changes::gather_unseen() {
  unseen_ = unseen_layer();
  touched_ = Touched();
  for (const auto& one : pending_) {
    unseen_.merge(Layer(one.layer));
    touched_.add(one.layer);
  }
}

int64_t Changes::waiting_frame(const Layer& layer) {
  return 3 * static_cast<int64_t>(frame_of(layer));
}

void Changes::see(Pending&& one) {
  frame_ += frame_growth(seen_, one.layer) - one.frame;
  seen_.merge(std::move(one.layer));
}

void Changes::commit(Layer&& written, const Lag& lag) {
  const bool lags = lag.until > base::Instant() || lag.reads > 0;
  if (!lags && !touched_.overlaps(written)) {
    see({std::move(written), lag});
    return;
  }
  unseen_.merge(Layer(written));
  touched_.add(written);
  const auto frame = waiting_frame(written);
  frame_ += frame;
  pending_.push_back({std::move(written), lag, frame});
  if (pending_.size() <= kMostPending) return;
  // Half of them, so that gathering the rest is not done at every write.
  for (size_t i = 0; i < kMostPending / 2; ++i) {
    see(std::move(pending_.front()));
    pending_.pop_front();
  }
  gather_unseen();
}

void Changes::settle(base::Instant now) {
  const auto has_lagged = [now](const Pending& one) { return is_due(one.lag, now); };
  if (std::none_of(pending_.begin(), pending_.end(), has_lagged)) return;
  std::deque<Pending> waiting;
  Touched by_waiting;
  for (auto& one : std::exchange(pending_, {})) {
    // What builds on a write that is not seen yet waits for it.
    if (is_due(one.lag, now) && !by_waiting.overlaps(one.layer)) {
      see(std::move(one));
    } else {
      by_waiting.add(one.layer);
      waiting.push_back(std::move(one));
    }
  }
  pending_ = std::move(waiting);
  gather_unseen();
}

void Changes::count_read(const Missed& missed) {
  for (auto& one : pending_) {
    if (one.lag.reads == 0) continue;
    const auto is_missed = [&](const auto& changed) { return missed.contains(changed.first); };
    const auto& entities = one.layer.entities;
    const auto& lists = one.layer.lists;
    if (std::any_of(entities.begin(), entities.end(), is_missed) ||
        std::any_of(lists.begin(), lists.end(), is_missed)) {
      --one.lag.reads;
    }
  }
}

}  // namespace graphmock::store
