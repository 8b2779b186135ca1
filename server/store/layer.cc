#include "store/layer.h"

namespace graphmock::store {

void Layer::put(std::string_view address, EntityPtr entity) {
  auto found = entities.find(address);
  if (found == entities.end()) found = entities.emplace(address, nullptr).first;
  index_.change(found->second, entity);
  const auto typed = types_.empty() ? types_.end() : types_.find(home_of_address(address));
  if (typed != types_.end()) {
    if (const auto place = lists.find(typed->first)->second.added.place_of(address)) {
      typed->second.take_off(*place, found->second ? found->second->type : std::string_view());
      typed->second.put(*place, entity ? entity->type : std::string_view());
    }
  }
  found->second = std::move(entity);
}

std::string_view Layer::type_of(std::string_view address) const {
  const auto found = entities.find(address);
  return found == entities.end() || !found->second ? std::string_view() : found->second->type;
}

bool Layer::for_each_added(std::string_view list, uint64_t from, const IsWanted& is_wanted,
                           const std::function<bool(const AddedList::One&)>& visit) const {
  const auto found = lists.find(list);
  if (found == lists.end()) return true;
  const auto& added = found->second.added;
  if (!is_wanted || added.size() <= kFew) {
    for (auto one = added.from(from); one != added.end(); ++one) {
      if (!visit(*one)) return false;
    }
    return true;
  }
  auto typed = types_.find(list);
  if (typed == types_.end()) {
    typed = types_.emplace(list, TypePlaces()).first;
    for (const auto& one : added) typed->second.put(one.place, type_of_added(list, one.entity));
  }
  return typed->second.for_each(from, is_wanted,
                                [&](uint64_t place) { return visit(*added.from(place)); });
}

// Only what lives in the list is told when its type changes.
std::string_view Layer::type_of_added(std::string_view list, std::string_view entity) const {
  return home_of_address(entity) == list ? type_of(entity) : std::string_view();
}

void Layer::add_to_list(std::string_view list, std::string_view entity) {
  auto found = lists.find(list);
  if (found == lists.end()) found = lists.emplace(list, ListChange{}).first;
  auto& change = found->second;
  const auto home = home_of_address(entity);
  if (const auto first = change.added.begin(); first != change.added.end()) {
    change.has_many_homes |= home_of_address(first->entity) != home;
  }
  if (!change.added.add(first_place + change.next_place, entity)) return;
  if (!types_.empty()) {
    const auto typed = types_.find(list);
    if (typed != types_.end()) {
      typed->second.put(first_place + change.next_place, type_of_added(list, entity));
    }
  }
  ++change.next_place;
  if (home == list) return;
  if (!change.name) change.name = std::make_shared<const std::string>(list);
  auto listed = listed_elsewhere.find(entity);
  if (listed == listed_elsewhere.end()) {
    listed = listed_elsewhere.emplace(entity, ListNames()).first;
  }
  listed->second.insert(change.name);
}

void Layer::take_off_list(std::string_view list, std::string_view entity) {
  auto found = lists.find(list);
  if (found == lists.end()) found = lists.emplace(list, ListChange{}).first;
  if (const auto typed = types_.find(list); typed != types_.end()) {
    const auto place = found->second.added.place_of(entity);
    if (place) typed->second.take_off(*place, type_of_added(list, entity));
  }
  if (!found->second.added.take_off(entity)) {
    found->second.removed.emplace(entity);
    return;
  }
  const auto listed = listed_elsewhere.find(entity);
  if (listed == listed_elsewhere.end()) return;
  const auto name = listed->second.find(list);
  if (name != listed->second.end()) listed->second.erase(name);
  if (listed->second.empty()) listed_elsewhere.erase(listed);
}

void Layer::merge(Layer&& above) {
  has_other_types |= above.has_other_types;
  for (auto& [address, entity] : above.entities) put(address, std::move(entity));
  for (const auto& [name, change] : above.lists) {
    if (!lists.contains(name)) lists.emplace(name, ListChange{});
    for (const auto& entity : change.removed) take_off_list(name, entity);
    for (const auto& added : change.added) add_to_list(name, added.entity);
  }
}

void Layer::add_lists_of(std::string_view entity, std::vector<std::string>& names) const {
  const auto home = home_of_address(entity);
  const auto list = lists.find(home);
  if (list != lists.end() && list->second.added.place_of(entity)) names.emplace_back(home);
  const auto listed = listed_elsewhere.find(entity);
  if (listed == listed_elsewhere.end()) return;
  for (const auto& name : listed->second) names.push_back(*name);
}

std::vector<EntityPtr> Layer::candidates(std::string_view home, std::string_view property,
                                         std::string_view value) const {
  std::vector<EntityPtr> found;
  const auto for_each = [this](const auto& visit) {
    for (const auto& [address, entity] : entities) {
      if (entity) visit(entity);
    }
  };
  if (entities.size() <= kFew) {
    for_each([&](const EntityPtr& entity) {
      if (home_of_address(entity->address) == home) found.push_back(entity);
    });
    return found;
  }
  if (!index_.has(property)) index_.make(property, for_each);
  return index_.find(home, property, value);
}

}  // namespace graphmock::store
