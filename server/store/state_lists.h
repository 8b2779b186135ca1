// All that a state has: its lists with what is in each, and the entities that are in none. For
// whoever goes through a whole state; small changes are looked at through a LayerView.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/layer_view.h"

namespace graphmock::store {

class StateLists {
 public:
  using Elements = std::vector<EntityPtr>;
  using Lists = std::map<std::string, Elements, std::less<>>;

  StateLists(const Snapshot& fixtures, const Layer& changes);

  const Lists& all() const { return lists_; }
  const Elements& elements(std::string_view list) const;  // empty when there is no such list
  bool holds(std::string_view list, const Entity* entity) const;
  // The lists of an entity's navigations, by name.
  std::vector<Lists::const_iterator> below(std::string_view owner) const;
  // Those that are not listed where they live; by address.
  const Elements& unlisted() const { return unlisted_; }

 private:
  void find_unlisted(const Snapshot& fixtures, const Layer& changes, const LayerView& view);

  Lists lists_;
  std::unordered_map<std::string_view, std::vector<Lists::const_iterator>> below_;
  Elements unlisted_;
  // Of long lists, made when they are asked for first.
  mutable std::unordered_map<const Elements*, std::unordered_set<const Entity*>> sets_;
};

}  // namespace graphmock::store
