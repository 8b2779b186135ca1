// What changed of a set of entities and of lists of them: a tenant's changes lie upon the fixtures,
// an unfinished write upon those. A layer alone has no locks; whoever owns it has.
#pragma once

#include <cstdint>
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
  struct Added {
    uint64_t place;  // larger than that of all before it, and nobody else's ever
    std::string entity;
  };
  std::vector<Added> added;                                            // behind what is below
  std::unordered_set<std::string, TextHash, std::equal_to<>> removed;  // of the layers below
  uint64_t next_place = 0;
};

struct Layer {
  // Places in a layer are larger than those in the layers that it lies upon.
  static constexpr uint64_t kFirstPlace = uint64_t{1} << 32;
  static constexpr uint64_t kFirstPlaceOfUnseen = uint64_t{1} << 40;
  static constexpr uint64_t kFirstPlaceOfWrite = uint64_t{1} << 48;

  // Null: removed, whatever the layers below have.
  std::unordered_map<std::string, EntityPtr, TextHash, std::equal_to<>> entities;
  std::map<std::string, ListChange, std::less<>> lists;
  // From an entity's address to the lists in which this layer put it.
  std::unordered_map<std::string, std::vector<std::string>, TextHash, std::equal_to<>> listed_in;
  // Whether an entity is of another type than below.
  bool has_other_types = false;
  uint64_t first_place = kFirstPlace;

  void add_to_list(std::string_view list, std::string_view entity);
  // Takes over all of `above`, which lay on this one.
  void merge(Layer&& above);
  bool empty() const { return entities.empty() && lists.empty(); }
};

}  // namespace graphmock::store
