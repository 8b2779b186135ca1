#include "store/layer_view.h"

#include <algorithm>
#include <cassert>

#include "base/work_budget.h"

namespace graphmock::store {
namespace {

// Asks of each type once: neighbours are mostly of one.
class Filter {
 public:
  explicit Filter(const IsWanted& is_wanted) : is_wanted_(is_wanted) {}

  bool passes(const Entity& entity) {
    if (!is_wanted_) return true;
    if (entity.type.data() != last_type_) {
      last_type_ = entity.type.data();
      passes_ = is_wanted_(entity.type);
    }
    return passes_;
  }

 private:
  const IsWanted& is_wanted_;
  const char* last_type_ = nullptr;
  bool passes_ = false;
};

const ListChange* change_of(const Layer& layer, std::string_view list) {
  const auto found = layer.lists.find(list);
  return found == layer.lists.end() ? nullptr : &found->second;
}

}  // namespace

LayerView::LayerView(const Snapshot* snapshot, std::initializer_list<const Layer*> bottom_to_top)
    : snapshot_(snapshot), count_(bottom_to_top.size()) {
  assert(count_ <= kMostLayers);
  std::copy(bottom_to_top.begin(), bottom_to_top.end(), layers_.begin());
}

void LayerView::watch(const Layer& unseen, Missed& missed) {
  unseen_ = &unseen;
  missed_ = &missed;
}

// Of a list that is gone through: the entities of it that are new, other or gone.
void LayerView::note_missed(std::string_view list, const IsWanted& is_wanted) const {
  const auto* change = change_of(*unseen_, list);
  if (!change) return;
  Filter filter(is_wanted);
  for (const auto& added : change->added) {
    const auto entity = unseen_->entities.find(added.entity);
    const bool is_known = entity != unseen_->entities.end() && entity->second;
    if (!is_known) {
      missed_->emplace(list);  // a reference to what all see
    } else if (filter.passes(*entity->second)) {
      missed_->insert(added.entity);
    }
  }
  if (!change->removed.empty()) missed_->emplace(list);
}

EntityPtr LayerView::find(std::string_view address) const {
  if (unseen_ && unseen_->entities.contains(address)) missed_->emplace(address);
  for (size_t i = count_; i-- > 0;) {
    const auto& entities = layers_[i]->entities;
    if (entities.empty()) continue;
    const auto found = entities.find(address);
    if (found != entities.end()) return found->second;
  }
  return snapshot_ ? snapshot_->find(address) : nullptr;
}

bool LayerView::knows(std::string_view address) const {
  for (size_t i = 0; i < count_; ++i) {
    if (layers_[i]->entities.contains(address)) return true;
  }
  return snapshot_ && snapshot_->find(address);
}

bool LayerView::is_removed_from(size_t layer, std::string_view list,
                                std::string_view entity) const {
  for (; layer < count_; ++layer) {
    const auto* change = change_of(*layers_[layer], list);
    if (change && change->removed.contains(entity)) return true;
  }
  return false;
}

std::optional<uint64_t> LayerView::place_of(std::string_view list, std::string_view entity) const {
  for (size_t i = count_; i-- > 0;) {
    const auto* change = change_of(*layers_[i], list);
    if (!change) continue;
    if (const auto place = change->added.place_of(entity)) return place;
    if (change->removed.contains(entity)) return std::nullopt;
  }
  const bool is_home = snapshot_ && home_of_address(entity) == list;
  return is_home ? snapshot_->home_place(entity) : std::nullopt;
}

bool LayerView::is_listed(std::string_view list, std::string_view entity) const {
  for (size_t i = count_; i-- > 0;) {
    const auto* change = change_of(*layers_[i], list);
    if (!change) continue;
    if (change->added.place_of(entity)) return true;
    if (change->removed.contains(entity)) return false;
  }
  return snapshot_ && snapshot_->is_listed(list, entity);
}

void LayerView::for_each(std::string_view list,
                         const std::function<bool(const EntityPtr&)>& visit) const {
  for_each(list, 0, nullptr, [&](uint64_t, const EntityPtr& entity) { return visit(entity); });
}

bool LayerView::for_each_of_snapshot(const Snapshot::List& fixtures, std::string_view list,
                                     uint64_t from, const IsWanted& is_wanted,
                                     const VisitPlace& visit) const {
  bool has_entities = false, has_removed = false, has_other_types = false;
  for (size_t i = 0; i < count_; ++i) {
    const auto* change = change_of(*layers_[i], list);
    has_removed |= change && !change->removed.empty();
    has_entities |= !layers_[i]->entities.empty();
    has_other_types |= layers_[i]->has_other_types;
  }
  has_entities |= unseen_ != nullptr;  // find() is to note them
  if (!has_entities && !has_removed) return fixtures.for_each(from, is_wanted, visit);
  Filter filter(is_wanted);
  const auto visit_changed = [&](uint64_t place, const EntityPtr& fixture) {
    base::charge(base::work::kEntity);
    const std::string_view address = fixture->address;
    if (has_removed && is_removed_from(0, list, address)) return true;
    const auto entity = has_entities ? find(address) : fixture;
    return !entity || !filter.passes(*entity) || visit(place, entity);
  };
  return fixtures.for_each(from, has_other_types ? nullptr : is_wanted, visit_changed);
}

void LayerView::for_each(std::string_view list, uint64_t from, const IsWanted& is_wanted,
                         const VisitPlace& visit) const {
  if (unseen_) note_missed(list, is_wanted);
  const auto* fixtures = snapshot_ ? snapshot_->list(list) : nullptr;
  if (fixtures && !for_each_of_snapshot(*fixtures, list, from, is_wanted, visit)) return;
  Filter filter(is_wanted);
  const bool has_other_types =
      std::any_of(layers_.begin(), layers_.begin() + count_,
                  [](const Layer* layer) { return layer->has_other_types; });
  for (size_t i = 0; i < count_; ++i) {
    const auto visit_added = [&](const AddedList::One& added) {
      base::charge(base::work::kEntity);
      if (is_removed_from(i + 1, list, added.entity)) return true;
      const auto entity = find(added.entity);
      return !entity || !filter.passes(*entity) || visit(added.place, entity);
    };
    const auto& types = has_other_types ? nullptr : is_wanted;
    if (!layers_[i]->for_each_added(list, from, types, visit_added)) return;
  }
}

bool LayerView::is_changed(std::string_view address) const {
  return std::any_of(layers_.begin(), layers_.begin() + count_, [&](const Layer* layer) {
    return !layer->entities.empty() && layer->entities.contains(address);
  });
}

bool LayerView::add_candidates(std::string_view home, std::string_view list,
                               std::string_view property, std::string_view value,
                               std::vector<Placed>& found) const {
  const auto take = [&](const EntityPtr& entity) {
    if (const auto place = place_of(list, entity->address)) found.emplace_back(*place, entity);
  };
  const auto* fixtures = snapshot_ ? snapshot_->list(home) : nullptr;
  const auto take_unchanged = [&](const EntityPtr& entity) {
    if (!is_changed(entity->address)) take(entity);
  };
  if (fixtures && fixtures->entities.size() < Snapshot::kShortestIndexed) {
    for (const auto& entity : fixtures->entities) take_unchanged(entity);
  } else if (fixtures) {
    const auto places = snapshot_->places_of(home, property, value);
    if (!places) return false;
    for (const auto place : *places) take_unchanged(fixtures->entities[place]);
  }
  for (size_t i = 0; i < count_; ++i) {
    if (layers_[i]->entities.empty()) continue;
    for (const auto& entity : layers_[i]->candidates(home, property, value)) {
      if (find(entity->address) == entity) take(entity);
    }
  }
  return true;
}

bool LayerView::add_fixtures_elsewhere(std::string_view list, std::vector<Placed>& found) const {
  constexpr size_t kMost = 256;
  const auto* fixtures = snapshot_ ? snapshot_->list(list) : nullptr;
  if (!fixtures || fixtures->is_home) return true;
  if (fixtures->entities.size() > kMost) return false;
  return for_each_of_snapshot(*fixtures, list, 0, nullptr,
                              [&](uint64_t place, const EntityPtr& entity) {
                                found.emplace_back(place, entity);
                                return true;
                              });
}

bool LayerView::for_each_candidate(std::string_view list, std::string_view property,
                                   std::string_view value, const VisitPlace& visit) const {
  std::vector<std::string_view> homes{list};
  for (size_t i = 0; i < count_; ++i) {
    const auto* change = change_of(*layers_[i], list);
    if (!change || change->added.empty()) continue;
    if (change->has_many_homes) return false;
    const auto home = home_of_address(change->added.begin()->entity);
    if (std::find(homes.begin(), homes.end(), home) == homes.end()) homes.push_back(home);
  }
  std::vector<Placed> found;
  if (!add_fixtures_elsewhere(list, found)) return false;
  for (const auto home : homes) {
    if (!add_candidates(home, list, property, value, found)) return false;
  }
  // Whether an unseen one has the value nobody knows before it is read: it may.
  if (unseen_) {
    note_missed(list, nullptr);
    for (const auto& [address, entity] : unseen_->entities) {
      if (is_home(list, address)) missed_->insert(address);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Placed& a, const Placed& b) { return a.first < b.first; });
  uint64_t next = 0;  // a list that is partly at home has told some of them twice
  for (const auto& [place, entity] : found) {
    if (place < next) continue;
    next = place + 1;
    if (!visit(place, entity)) break;
  }
  return true;
}

EntityPtr LayerView::find_in_list(std::string_view list, std::string_view key,
                                  const IsWanted& is_wanted) const {
  EntityPtr found;
  const auto take = [&](std::string_view address) {
    if (!address.ends_with(key) || !is_listed(list, address)) return;
    auto entity = find(address);
    if (entity && is_wanted(entity->type)) found = std::move(entity);
  };
  if (unseen_) note_missed(list, is_wanted);
  const auto take_at = [&](std::string_view home) { take(std::string(home) + std::string(key)); };
  if (const auto* fixtures = snapshot_ ? snapshot_->list(list) : nullptr) {
    if (fixtures->is_home) {
      take_at(list);
    } else {
      for (const auto& entity : fixtures->entities) take(entity->address);
    }
  }
  for (size_t i = 0; i < count_; ++i) {
    const auto* change = change_of(*layers_[i], list);
    if (!change || change->added.empty()) continue;
    if (change->has_many_homes) {
      for (const auto& added : change->added) take(added.entity);
    } else {
      take_at(home_of_address(change->added.begin()->entity));
    }
  }
  return found;
}

std::vector<std::string> LayerView::lists_within(std::string_view address) const {
  std::vector<std::string> names;
  if (snapshot_) snapshot_->add_lists_within(address, names);
  const auto prefix = std::string(address) + "/";
  for (size_t i = 0; i < count_; ++i) {
    const auto& lists = layers_[i]->lists;
    if (lists.contains(address)) names.emplace_back(address);
    for (auto list = lists.lower_bound(prefix);
         list != lists.end() && list->first.starts_with(prefix); ++list) {
      names.push_back(list->first);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> LayerView::lists_of(std::string_view entity) const {
  std::vector<std::string> names;
  if (snapshot_) snapshot_->add_lists_of(entity, names);
  std::erase_if(names, [&](const std::string& list) { return is_removed_from(0, list, entity); });
  for (size_t i = 0; i < count_; ++i) {
    std::vector<std::string> added;
    layers_[i]->add_lists_of(entity, added);
    for (auto& list : added) {
      if (!is_removed_from(i + 1, list, entity)) names.push_back(std::move(list));
    }
  }
  return names;
}

}  // namespace graphmock::store
