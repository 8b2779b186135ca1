#include "store/layer.h"

#include <algorithm>

namespace graphmock::store {

void Layer::add_to_list(std::string_view list, std::string_view entity) {
  auto found = lists.find(list);
  if (found == lists.end()) found = lists.emplace(list, ListChange{}).first;
  found->second.added.emplace_back(entity);
  auto listed = listed_in.find(entity);
  if (listed == listed_in.end())
    listed = listed_in.emplace(entity, std::vector<std::string>{}).first;
  listed->second.emplace_back(list);
}

void Layer::merge(Layer&& above) {
  for (auto& [address, entity] : above.entities)
    entities.insert_or_assign(address, std::move(entity));
  for (auto& list : above.lists) {
    const auto& name = list.first;
    const auto& change = list.second;
    auto& own = lists[name];
    std::unordered_set<std::string> taken_off;
    std::erase_if(own.added, [&](const std::string& entity) {
      const bool goes = change.removed.contains(entity);
      if (goes) taken_off.insert(entity);
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
    for (const auto& entity : change.added) add_to_list(name, entity);
  }
}

EntityPtr LayerView::find(std::string_view address) const {
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    const auto found = (*layer)->entities.find(address);
    if (found != (*layer)->entities.end()) return found->second;
  }
  return nullptr;
}

bool LayerView::is_removed_above(size_t layer, std::string_view list,
                                 std::string_view entity) const {
  for (size_t above = layer + 1; above < layers_.size(); ++above) {
    const auto found = layers_[above]->lists.find(list);
    if (found != layers_[above]->lists.end() && found->second.removed.contains(entity)) return true;
  }
  return false;
}

bool LayerView::is_listed(std::string_view list, std::string_view entity) const {
  const auto names = lists_of(entity);
  return std::find(names.begin(), names.end(), list) != names.end();
}

void LayerView::for_each(std::string_view list,
                         const std::function<bool(const EntityPtr&)>& visit) const {
  for (size_t i = 0; i < layers_.size(); ++i) {
    const auto found = layers_[i]->lists.find(list);
    if (found == layers_[i]->lists.end()) continue;
    for (const auto& address : found->second.added) {
      if (is_removed_above(i, list, address)) continue;
      const auto entity = find(address);
      if (entity && !visit(entity)) return;
    }
  }
}

std::vector<std::string> LayerView::lists_within(std::string_view address) const {
  std::vector<std::string> names;
  const auto prefix = std::string(address) + "/";
  for (const auto* layer : layers_) {
    if (layer->lists.contains(address)) names.emplace_back(address);
    for (auto list = layer->lists.lower_bound(prefix);
         list != layer->lists.end() && list->first.starts_with(prefix); ++list) {
      names.push_back(list->first);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> LayerView::lists_of(std::string_view entity) const {
  std::vector<std::string> names;
  for (size_t i = 0; i < layers_.size(); ++i) {
    const auto found = layers_[i]->listed_in.find(entity);
    if (found == layers_[i]->listed_in.end()) continue;
    for (const auto& list : found->second) {
      if (!is_removed_above(i, list, entity)) names.push_back(list);
    }
  }
  return names;
}

}  // namespace graphmock::store
