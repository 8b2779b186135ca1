#include "store/layer.h"

namespace graphmock::store {

void Layer::add_to_list(std::string_view list, std::string_view entity) {
  auto found = lists.find(list);
  if (found == lists.end()) found = lists.emplace(list, ListChange{}).first;
  auto& change = found->second;
  change.added.push_back({first_place + change.next_place++, std::string(entity)});
  auto listed = listed_in.find(entity);
  if (listed == listed_in.end())
    listed = listed_in.emplace(entity, std::vector<std::string>{}).first;
  listed->second.emplace_back(list);
}

void Layer::merge(Layer&& above) {
  has_other_types |= above.has_other_types;
  for (auto& [address, entity] : above.entities)
    entities.insert_or_assign(address, std::move(entity));
  for (auto& list : above.lists) {
    const auto& name = list.first;
    const auto& change = list.second;
    auto& own = lists[name];
    std::unordered_set<std::string> taken_off;
    std::erase_if(own.added, [&](const ListChange::Added& added) {
      const bool goes = change.removed.contains(added.entity);
      if (goes) taken_off.insert(added.entity);
      return goes;
    });
    for (const auto& entity : change.removed) {
      if (!taken_off.contains(entity)) {
        own.removed.insert(entity);
      } else if (const auto listed = listed_in.find(entity); listed != listed_in.end()) {
        std::erase(listed->second, name);
        if (listed->second.empty()) listed_in.erase(listed);
      }
    }
    for (const auto& added : change.added) add_to_list(name, added.entity);
  }
}

}  // namespace graphmock::store
