#include "store/loaded_lists.h"

#include <unordered_set>

#include "store/relations.h"

namespace graphmock::store {

void LoadedLists::bind_all() {
  for (const auto& bind : binds_) {
    auto& list = lists_[child_address(bind.owner->address, bind.navigation)];
    const auto inverse = inverse_of(*bind.owner, bind.navigation);
    const auto inverse_list = [&](const Entity* target) -> Elements& {
      return lists_[child_address(target->address, inverse)];
    };
    if (bind.is_single) {
      for (const auto* old : list) {
        if (!inverse.empty()) std::erase(inverse_list(old), bind.owner);
      }
      list.clear();
    }
    std::unordered_set<const Entity*> known(list.begin(), list.end());
    for (const auto* target : bind.targets) {
      if (!known.insert(target).second) continue;
      list.push_back(target);
      if (!inverse.empty()) inverse_list(target).push_back(bind.owner);
    }
  }
  binds_.clear();
}

}  // namespace graphmock::store
