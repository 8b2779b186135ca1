#include "graph/collection.h"

#include <algorithm>

#include "base/work_budget.h"
#include "graph/calendar_view.h"

namespace graphmock::graph {
namespace {

store::IsWanted wanted_at(const Context& context, const store::Location& location) {
  return [&](std::string_view type) { return store::is_a(context.models, type, *location.type); };
}

}  // namespace

Collection::Collection(const Context& context, store::Location location)
    : context_(context), location_(std::move(location)) {
  if (location_.closure.empty()) return;
  // What follows from other lists has no places there: each entity is given one that it has
  // whenever it is gathered, whatever comes and goes beside it.
  is_gathered_ = true;
  context.store.look([&](const store::LayerView& view) {
    for (auto& entity : store::entities_at(context.models, view, location_)) {
      const uint64_t place = std::hash<std::string_view>()(entity->address) >> 1;
      gathered_.push_back({place, std::move(entity)});
    }
  });
  std::sort(gathered_.begin(), gathered_.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
}

Collection::Collection(const Context& context, std::vector<store::EntityPtr> entities)
    : context_(context), is_gathered_(true) {
  for (auto& entity : entities) gathered_.push_back({gathered_.size(), std::move(entity)});
}

Collection Collection::narrowed(const std::vector<store::EntityPtr>& kept) const {
  Collection collection(context_, std::vector<store::EntityPtr>());
  auto next = kept.begin();
  for_each(0, [&](uint64_t place, const store::EntityPtr& entity) {
    if (next == kept.end()) return false;
    if (entity == *next) {
      collection.gathered_.push_back({place, entity});
      ++next;
    }
    return true;
  });
  return collection;
}

void Collection::for_each(uint64_t from, const Visit& visit) const {
  if (is_gathered_) {
    const auto begin =
        std::lower_bound(gathered_.begin(), gathered_.end(), from,
                         [](const Placed& placed, uint64_t place) { return placed.place < place; });
    for (auto placed = begin; placed != gathered_.end(); ++placed) {
      base::charge(base::work::kEntity);
      if (!visit(placed->place, placed->entity)) return;
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
      base::charge(base::work::kEntity);
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
    base::charge(base::work::kEntity);
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
  return collection.narrowed(events);
}

}  // namespace graphmock::graph
