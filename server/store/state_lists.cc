#include "store/state_lists.h"

#include <algorithm>

namespace graphmock::store {
namespace {

constexpr size_t kLongList = 16;

std::string_view parent_of(std::string_view address) {
  const auto slash = address.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : address.substr(0, slash);
}

}  // namespace

StateLists::StateLists(const Snapshot& fixtures, const Layer& changes) {
  const LayerView view(&fixtures, {&changes});
  fixtures.for_each_list_name([&](const std::string& name) { lists_.try_emplace(name); });
  for (const auto& [name, change] : changes.lists) lists_.try_emplace(name);
  for (auto list = lists_.begin(); list != lists_.end(); ++list) {
    auto& elements = list->second;
    view.for_each(list->first, [&](const EntityPtr& entity) {
      elements.push_back(entity);
      return true;
    });
    if (const auto owner = parent_of(list->first); !owner.empty()) below_[owner].push_back(list);
  }
  find_unlisted(fixtures, changes, view);
}

void StateLists::find_unlisted(const Snapshot& fixtures, const Layer& changes,
                               const LayerView& view) {
  const auto look = [&](const EntityPtr& entity) {
    const auto& address = entity->address;
    if (view.is_listed(parent_of(address), address) || view.is_listed(address, address)) return;
    unlisted_.push_back(entity);
  };
  fixtures.for_each_entity([&](const EntityPtr& entity) {
    if (!changes.entities.contains(entity->address)) look(entity);
  });
  for (const auto& [address, entity] : changes.entities) {
    if (entity) look(entity);
  }
  std::sort(unlisted_.begin(), unlisted_.end(),
            [](const EntityPtr& a, const EntityPtr& b) { return a->address < b->address; });
}

const StateLists::Elements& StateLists::elements(std::string_view list) const {
  static const Elements kNone;
  const auto found = lists_.find(list);
  return found == lists_.end() ? kNone : found->second;
}

bool StateLists::holds(std::string_view list, const Entity* entity) const {
  const auto& elements = this->elements(list);
  if (elements.size() < kLongList) {
    return std::any_of(elements.begin(), elements.end(),
                       [&](const EntityPtr& one) { return one.get() == entity; });
  }
  auto& set = sets_[&elements];
  if (set.empty()) {
    for (const auto& one : elements) set.insert(one.get());
  }
  return set.contains(entity);
}

std::vector<StateLists::Lists::const_iterator> StateLists::below(std::string_view owner) const {
  const auto found = below_.find(owner);
  return found == below_.end() ? std::vector<Lists::const_iterator>() : found->second;
}

}  // namespace graphmock::store
