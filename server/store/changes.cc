#include "store/changes.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace graphmock::store {
namespace {

bool is_due(const Lag& lag, base::Instant now) {
  return lag.until <= now && lag.reads == 0;
}

}  // namespace

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
  for (const auto& one : pending_) unseen_.merge(Layer(one.layer));
}

void Changes::commit(Layer&& written, const Lag& lag) {
  const bool lags = lag.until > base::Instant() || lag.reads > 0;
  if (!lags && !(has_unseen() && unseen_.touches(written))) {
    seen_.merge(std::move(written));
    return;
  }
  unseen_.merge(Layer(written));
  pending_.push_back({std::move(written), lag});
  if (pending_.size() <= kMostPending) return;
  // Half of them, so that gathering the rest is not done at every write.
  for (size_t i = 0; i < kMostPending / 2; ++i) {
    seen_.merge(std::move(pending_.front().layer));
    pending_.pop_front();
  }
  gather_unseen();
}

void Changes::settle(base::Instant now) {
  const auto has_lagged = [now](const Pending& one) { return is_due(one.lag, now); };
  if (std::none_of(pending_.begin(), pending_.end(), has_lagged)) return;
  std::deque<Pending> waiting;
  for (auto& one : std::exchange(pending_, {})) {
    // What builds on a write that is not seen yet waits for it.
    const auto builds_on = [&](const Pending& earlier) { return earlier.layer.touches(one.layer); };
    if (is_due(one.lag, now) && std::none_of(waiting.begin(), waiting.end(), builds_on)) {
      seen_.merge(std::move(one.layer));
    } else {
      waiting.push_back(std::move(one));
    }
  }
  pending_ = std::move(waiting);
  gather_unseen();
}

void Changes::count_read(const Missed& missed) {
  for (auto& one : pending_) {
    if (one.lag.reads == 0) continue;
    const auto& entities = one.layer.entities;
    const bool is_missed = std::any_of(missed.begin(), missed.end(), [&](const auto& address) {
      return entities.contains(address) || one.layer.lists.contains(address);
    });
    if (is_missed) --one.lag.reads;
  }
}

}  // namespace graphmock::store
