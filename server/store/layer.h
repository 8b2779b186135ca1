// A set of entities and of lists of them, or what changed of both. Layers lie upon one another:
// the fixtures at the bottom, a tenant's changes on it, an unfinished write on top. A layer alone
// has no locks; whoever owns it has.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/entity.h"

namespace graphmock::store {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// What a layer does to a list of entity addresses. A collection of contained entities and a
// collection of references are both lists; the elements of the former lie below its address.
struct ListChange {
  std::vector<std::string> added;  // in this order, behind what is below
  std::unordered_set<std::string, TextHash, std::equal_to<>> removed;  // of the layers below
};

struct Layer {
  // Null: removed, whatever the layers below have.
  std::unordered_map<std::string, EntityPtr, TextHash, std::equal_to<>> entities;
  std::map<std::string, ListChange, std::less<>> lists;
  // From an entity's address to the lists in which this layer put it.
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> listed_in;

  void add_to_list(std::string_view list, std::string_view entity);
  // Takes over all of `above`, which lay on this one.
  void merge(Layer&& above);
  bool empty() const { return entities.empty() && lists.empty(); }
};

// Several layers seen as one. Looks, never changes; as safe across threads as the layers are.
class LayerView {
 public:
  explicit LayerView(std::vector<const Layer*> bottom_to_top) : layers_(std::move(bottom_to_top)) {}

  EntityPtr find(std::string_view address) const;  // null when there is none
  bool is_listed(std::string_view list, std::string_view entity) const;
  // In the list's order, until `visit` says false.
  void for_each(std::string_view list, const std::function<bool(const EntityPtr&)>& visit) const;
  // Every list at `address` or below it.
  std::vector<std::string> lists_within(std::string_view address) const;
  // The lists that hold the entity.
  std::vector<std::string> lists_of(std::string_view entity) const;

 private:
  bool is_removed_above(size_t layer, std::string_view list, std::string_view entity) const;

  std::vector<const Layer*> layers_;
};

}  // namespace graphmock::store
