#include "graph/collection.h"

#include <algorithm>

#include "graph/calendar_view.h"

namespace graphmock::graph {
namespace {

struct Placed {
  uint64_t place;
  store::EntityPtr entity;
};

store::IsWanted wanted_at(const Context& context, const store::Location& location) {
  return [&](std::string_view type) { return store::is_a(context.models, type, *location.type); };
}

}  // namespace

Collection::Collection(const Context& context, store::Location location)
    : context_(context), location_(std::move(location)) {
  // What follows from other lists has no places of its own.
  if (location_.closure.empty()) return;
  is_gathered_ = true;
  context.store.look([&](const store::LayerView& view) {
    gathered_ = store::entities_at(context.models, view, location_);
  });
}

void Collection::for_each(uint64_t from, const Visit& visit) const {
  if (is_gathered_) {
    for (uint64_t place = from; place < gathered_.size(); ++place) {
      if (!visit(place, gathered_[place])) return;
    }
    return;
  }
  const auto is_wanted = wanted_at(context_, location_);
  std::vector<Placed> bite;
  // A page needs few.
  for (size_t size = 128;; size = std::min<size_t>(size * 2, 2048)) {
    bite.clear();
    context_.store.look([&](const store::LayerView& view) {
      view.for_each(location_.list, from, is_wanted,
                    [&](uint64_t place, const store::EntityPtr& entity) {
                      bite.push_back({place, entity});
                      return bite.size() < size;
                    });
    });
    for (const auto& [place, entity] : bite) {
      if (!visit(place, entity)) return;
    }
    if (bite.size() < size) return;
    from = bite.back().place + 1;
  }
}

void Collection::for_each_candidate(std::string_view property, std::string_view value,
                                    const Visit& visit) const {
  if (is_gathered_) return for_each(0, visit);
  const auto is_wanted = wanted_at(context_, location_);
  std::vector<Placed> candidates;
  bool is_indexed = false;
  context_.store.look([&](const store::LayerView& view) {
    is_indexed = view.for_each_candidate(location_.list, property, value,
                                         [&](uint64_t place, const store::EntityPtr& entity) {
                                           if (is_wanted(entity->type))
                                             candidates.push_back({place, entity});
                                           return true;
                                         });
  });
  for (const auto& [place, entity] : candidates) {
    if (!visit(place, entity)) return;
  }
  if (!is_indexed) for_each(0, visit);
}

// A view of a calendar is chosen from its events by the call's window of time.
Collection collection_at(const Call& call, const Context& context, const odata::Target& target,
                         const store::Location& location) {
  Collection collection(context, location);
  if (store::selection_of(target.last().name).empty()) return collection;
  std::vector<store::EntityPtr> events;
  collection.for_each(0, [&](uint64_t, const store::EntityPtr& event) {
    events.push_back(event);
    return true;
  });
  keep_in_window(call, events);
  return {context, std::move(events)};
}

}  // namespace graphmock::graph
