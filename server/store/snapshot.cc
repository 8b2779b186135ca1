#include "store/snapshot.h"

#include <algorithm>

#include "base/work_budget.h"
#include "store/value_hash.h"

namespace graphmock::store {
namespace {

void sort_by_type(Snapshot::List& list) {
  auto& groups = list.places_by_type;
  size_t last = 0;  // neighbours are mostly of one type
  for (uint32_t place = 0; place < list.entities.size(); ++place) {
    const auto type = list.entities[place]->type;
    if (groups.empty() || groups[last].first != type) {
      const auto group = std::find_if(groups.begin(), groups.end(),
                                      [&](const auto& one) { return one.first == type; });
      last = static_cast<size_t>(group - groups.begin());
      if (group == groups.end()) groups.emplace_back(type, std::vector<uint32_t>());
    }
    groups[last].second.push_back(place);
  }
  if (groups.size() < 2) groups.clear();
}

}  // namespace

// Hashes of the values of one property, sorted, each with the place that it is found at.
class Snapshot::Index {
 public:
  Index(const List& list, std::string_view property) {
    for (uint32_t place = 0; place < list.entities.size(); ++place) {
      const auto hash = value_hash(*list.entities[place], property);
      if (hash) entries_.emplace_back(*hash, place);
    }
    std::sort(entries_.begin(), entries_.end());
    entries_.shrink_to_fit();
  }

  std::vector<uint64_t> places_of(std::string_view value) const {
    const auto hash = value_hash(value);
    std::vector<uint64_t> places;
    for (auto entry = std::lower_bound(entries_.begin(), entries_.end(), std::pair(hash, 0u));
         entry != entries_.end() && entry->first == hash; ++entry) {
      places.push_back(entry->second);
    }
    return places;
  }

 private:
  std::vector<std::pair<uint32_t, uint32_t>> entries_;
};

Snapshot::Snapshot(Layer loaded) {
  absorb(std::move(loaded));
  finish();
}

void Snapshot::expect(size_t more_entities) {
  entities_.reserve(entities_.size() + more_entities);
}

size_t Snapshot::add(const std::string& name, std::span<const EntityPtr> entities) {
  auto& list = lists_[name];
  size_t added = 0;
  for (; added < entities.size() && entities[added]; ++added) {
    const auto place = static_cast<uint32_t>(list.entities.size());
    if (!entities_.insert({entities[added], place}).second) break;
    list.entities.push_back(entities[added]);
  }
  return added;
}

void Snapshot::absorb(Layer layer) {
  expect(layer.entities.size());
  for (auto& [address, entity] : layer.entities) {
    if (entity) entities_.insert({std::move(entity), kNowhere});
  }
  for (const auto& [name, change] : layer.lists) {
    auto& [list_name, list] = *lists_.emplace(name, List{}).first;
    for (const auto& address : change.removed) {
      if (const auto* removed = slot(address)) take_off(list_name, list, *removed->entity);
    }
    list.entities.reserve(list.entities.size() + change.added.size());
    for (const auto& added : change.added) {
      // There may be a reference to nothing.
      if (const auto* found = slot(added.entity)) list_entity(list_name, list, *found);
    }
  }
}

// `name` is the list's own, which stays.
void Snapshot::list_entity(std::string_view name, List& list, const Slot& slot) {
  if (home_of_address(slot.entity->address) == name) {
    slot.place = static_cast<uint32_t>(list.entities.size());
  } else {
    list.is_home = false;
    listed_elsewhere_[slot.entity->address].push_back(name);
  }
  list.entities.push_back(slot.entity);
}

void Snapshot::take_off(std::string_view name, List& list, const Entity& entity) {
  std::erase_if(list.entities, [&](const EntityPtr& one) { return one.get() == &entity; });
  for (uint32_t place = 0; place < list.entities.size(); ++place) {
    const auto& address = list.entities[place]->address;
    if (home_of_address(address) == name) slot(address)->place = place;
  }
  const auto elsewhere = listed_elsewhere_.find(entity.address);
  if (elsewhere != listed_elsewhere_.end()) std::erase(elsewhere->second, name);
}

void Snapshot::set_list(const std::string& name, const std::vector<std::string>& addresses) {
  auto& [list_name, list] = *lists_.emplace(name, List{}).first;
  for (const auto& entity : list.entities) {
    const auto* listed = slot(entity->address);
    if (home_of_address(entity->address) == list_name) {
      listed->place = kNowhere;
    } else {
      std::erase(listed_elsewhere_[entity->address], list_name);
    }
  }
  list = List{};
  for (const auto& address : addresses) list_entity(list_name, list, *slot(address));
}

void Snapshot::finish() {
  for (auto& [name, list] : lists_) {
    list.entities.shrink_to_fit();
    sort_by_type(list);
  }
}

Snapshot::Snapshot() = default;
Snapshot::~Snapshot() = default;

const Snapshot::Slot* Snapshot::slot(std::string_view address) const {
  const auto found = entities_.find(address);
  return found == entities_.end() ? nullptr : &*found;
}

EntityPtr Snapshot::find(std::string_view address) const {
  const auto* found = slot(address);
  return found ? found->entity : nullptr;
}

const Snapshot::List* Snapshot::list(std::string_view name) const {
  const auto found = lists_.find(name);
  return found == lists_.end() ? nullptr : &found->second;
}

bool Snapshot::is_listed(std::string_view list, std::string_view entity) const {
  if (home_of_address(entity) == list) return home_place(entity).has_value();
  const auto elsewhere = listed_elsewhere_.find(entity);
  if (elsewhere == listed_elsewhere_.end()) return false;
  const auto& names = elsewhere->second;
  return std::find(names.begin(), names.end(), list) != names.end();
}

std::optional<uint64_t> Snapshot::home_place(std::string_view address) const {
  const auto* found = slot(address);
  if (!found || found->place == kNowhere) return std::nullopt;
  return found->place;
}

void Snapshot::add_lists_within(std::string_view address, std::vector<std::string>& names) const {
  if (lists_.contains(address)) names.emplace_back(address);
  const auto prefix = std::string(address) + "/";
  for (auto list = lists_.lower_bound(prefix);
       list != lists_.end() && list->first.starts_with(prefix); ++list) {
    names.push_back(list->first);
  }
}

void Snapshot::add_lists_of(std::string_view entity, std::vector<std::string>& names) const {
  if (home_place(entity)) names.emplace_back(home_of_address(entity));
  const auto elsewhere = listed_elsewhere_.find(entity);
  if (elsewhere == listed_elsewhere_.end()) return;
  for (const auto name : elsewhere->second) names.emplace_back(name);
}

std::optional<std::vector<uint64_t>> Snapshot::places_of(std::string_view list,
                                                         std::string_view property,
                                                         std::string_view value) const {
  const auto* found = this->list(list);
  if (!found || found->entities.size() < kShortestIndexed) return std::nullopt;
  const std::lock_guard lock(indexes_mutex_);
  const std::pair key{std::string(list), std::string(property)};
  auto index = indexes_.find(key);
  if (index == indexes_.end()) {
    if (indexes_.size() >= kMostIndexes) return std::nullopt;
    const base::WorkBudget::Pause pause;  // all that ask later have it
    index = indexes_.emplace(key, std::make_unique<const Index>(*found, property)).first;
  }
  return index->second->places_of(value);
}

bool Snapshot::List::for_each(uint64_t from, const IsWanted& is_wanted,
                              const std::function<bool(uint64_t, const EntityPtr&)>& visit) const {
  constexpr uint64_t kWork = 5;
  std::vector<std::pair<const uint32_t*, const uint32_t*>> wanted;  // what is left of each type
  for (const auto& [type, places] : places_by_type) {
    if (is_wanted && !is_wanted(type)) continue;
    const auto* end = places.data() + places.size();
    wanted.emplace_back(std::lower_bound(places.data(), end, from), end);
  }
  if (wanted.size() == places_by_type.size()) {
    const bool is_any =
        !is_wanted || !places_by_type.empty() || entities.empty() || is_wanted(entities[0]->type);
    for (uint64_t place = from; is_any && place < entities.size(); ++place) {
      base::charge(kWork);
      if (!visit(place, entities[place])) return false;
    }
    return true;
  }
  while (true) {
    std::pair<const uint32_t*, const uint32_t*>* next = nullptr;
    for (auto& one : wanted) {
      if (one.first != one.second && (!next || *one.first < *next->first)) next = &one;
    }
    if (!next) return true;
    base::charge(kWork);
    const auto place = *next->first++;
    if (!visit(place, entities[place])) return false;
  }
}

}  // namespace graphmock::store
