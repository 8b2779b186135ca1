// What changed of a set of entities and of lists of them: a tenant's changes lie upon the fixtures,
// an unfinished write upon those. A layer alone has no locks; whoever owns it has, for reading too.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/added_list.h"
#include "store/entity.h"
#include "store/layer_index.h"
#include "store/type_places.h"

namespace graphmock::store {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// What a layer does to a list of entity addresses. A collection of contained entities and a
// collection of references are both lists; the elements of the former lie below its address.
struct ListChange {
  AddedList added;  // behind what is below, at places that are nobody else's ever
  std::unordered_set<std::string, TextHash, std::equal_to<>> removed;  // of the layers below
  uint64_t next_place = 0;
  // Whether not all that was ever added has its home in the same list.
  bool has_many_homes = false;
  std::shared_ptr<const std::string> name;  // shared with what has been listed here; may be null
};

struct Layer {
  // Places in a layer are larger than those in the layers that it lies upon.
  static constexpr uint64_t kFirstPlace = uint64_t{1} << 32;
  static constexpr uint64_t kFirstPlaceOfUnseen = uint64_t{1} << 40;
  static constexpr uint64_t kFirstPlaceOfWrite = uint64_t{1} << 48;

  struct ByText {
    using is_transparent = void;
    static std::string_view text(std::string_view name) { return name; }
    static std::string_view text(const std::shared_ptr<const std::string>& name) { return *name; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return text(a) < text(b);
    }
  };
  using ListNames = std::set<std::shared_ptr<const std::string>, ByText>;

  // Null: removed, whatever the layers below have. Changed by put() once something was looked up.
  std::unordered_map<std::string, EntityPtr, TextHash, std::equal_to<>> entities;
  std::map<std::string, ListChange, std::less<>> lists;
  // From an entity's address to the lists in which this layer put it, its home left out.
  std::unordered_map<std::string, ListNames, TextHash, std::equal_to<>> listed_elsewhere;
  // Whether an entity is of another type than below.
  bool has_other_types = false;
  uint64_t first_place = kFirstPlace;

  void put(std::string_view address, EntityPtr entity);
  void add_to_list(std::string_view list, std::string_view entity);
  void take_off_list(std::string_view list, std::string_view entity);
  // Takes over all of `above`, which lay on this one.
  void merge(Layer&& above);
  bool empty() const { return entities.empty() && lists.empty(); }

  // Appended: the lists in which this layer put the entity.
  void add_lists_of(std::string_view entity, std::vector<std::string>& names) const;
  // Its entities right below `home` whose property is that string in any case, and others.
  std::vector<EntityPtr> candidates(std::string_view home, std::string_view property,
                                    std::string_view value) const;
  // What it adds to the list, in order from a place on, until `visit` says false; whether it never
  // did. Most of what is not wanted is left out.
  bool for_each_added(std::string_view list, uint64_t from, const IsWanted& is_wanted,
                      const std::function<bool(const AddedList::One&)>& visit) const;

 private:
  // A few are gone through faster than an index is made.
  static constexpr size_t kFew = 32;

  std::string_view type_of(std::string_view address) const;  // empty: not in this layer
  std::string_view type_of_added(std::string_view list, std::string_view entity) const;

  mutable LayerIndex index_;
  // Of long lists that were gone through for some types.
  mutable std::map<std::string, TypePlaces, std::less<>> types_;
};

}  // namespace graphmock::store
