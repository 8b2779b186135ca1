// The fixtures as they were loaded: entities and lists of them, packed for reading. Immutable, so
// that all tenants share one from any thread; what a tenant changes lies in layers above.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/layer.h"

namespace graphmock::store {

// How many ids and versions a tenant had given when its state was written down: who goes on from
// there gives others.
struct Counts {
  uint64_t ids = 0;
  uint32_t versions = 0;
};

class Snapshot {
 public:
  struct List {
    // The index is the entity's place in the list.
    std::vector<EntityPtr> entities;
    // The places of each type's entities, in order, where there are several types: all directory
    // objects lie in one list, and a page of groups is not to go through a million users.
    std::vector<std::pair<std::string_view, std::vector<uint32_t>>> places_by_type;
    bool is_home = true;  // of all entities in it: their addresses lie right below the list's

    // In order, from a place on, until `visit` says false; whether it never did.
    bool for_each(uint64_t from, const IsWanted& is_wanted,
                  const std::function<bool(uint64_t, const EntityPtr&)>& visit) const;
  };

  Snapshot();
  explicit Snapshot(Layer loaded);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

  // While it is loaded, before others have it: reading sees at once what is put in, but of the
  // types in a list nothing before finish().
  //
  // New ones, at the end of the list that is their home. Ends before the first that is null or
  // stands at an address that is taken; gives how many were added.
  size_t add(const std::string& list, std::span<const EntityPtr> entities);
  void expect(size_t more_entities);  // about so many, so that it makes room once
  // What lies upon it. Of what is there already only references may have been taken away.
  void absorb(Layer layer);
  // The list as it is to be, its entities being there, whatever it was.
  void set_list(const std::string& name, const std::vector<std::string>& addresses);
  void set_counts(const Counts& counts) { counts_ = counts; }
  void finish();

  const Counts& counts() const { return counts_; }
  size_t size() const { return entities_.size(); }
  EntityPtr find(std::string_view address) const;  // null when there is none
  const List* list(std::string_view name) const;   // null when there is none
  bool is_listed(std::string_view list, std::string_view entity) const;
  // The entity's place in the list that it has its home in.
  std::optional<uint64_t> home_place(std::string_view address) const;

  // Each entity and the name of each list, in no order.
  template <typename Visit>
  void for_each_entity(Visit visit) const {
    for (const auto& slot : entities_) visit(slot.entity);
  }
  template <typename Visit>
  void for_each_list_name(Visit visit) const {
    for (const auto& [name, list] : lists_) visit(name);
  }

  // Appended: every list at the address or below it; the lists that hold the entity.
  void add_lists_within(std::string_view address, std::vector<std::string>& names) const;
  void add_lists_of(std::string_view entity, std::vector<std::string>& names) const;

  // The places of those entities of a list whose property is that string in any case, and by
  // chance of a few others. An index is built when it is asked for first: a pass over the list,
  // and 8 bytes an entity, for good. Nothing where there is none, because the list is short or
  // there are kMostIndexes already.
  std::optional<std::vector<uint64_t>> places_of(std::string_view list, std::string_view property,
                                                 std::string_view value) const;
  static constexpr size_t kShortestIndexed = 64;
  static constexpr size_t kMostIndexes = 32;

 private:
  class Index;
  struct Slot {
    EntityPtr entity;
    // In its home's list; kNowhere where it is not listed there. No part of the set's key.
    mutable uint32_t place;
  };
  static constexpr uint32_t kNowhere = UINT32_MAX;
  struct SlotHash {
    using is_transparent = void;
    size_t operator()(std::string_view address) const { return TextHash()(address); }
    size_t operator()(const Slot& slot) const { return TextHash()(slot.entity->address); }
  };
  struct SlotEqual {
    using is_transparent = void;
    static std::string_view address(std::string_view address) { return address; }
    static std::string_view address(const Slot& slot) { return slot.entity->address; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return address(a) == address(b);
    }
  };

  const Slot* slot(std::string_view address) const;
  void list_entity(std::string_view name, List& list, const Slot& slot);
  void take_off(std::string_view name, List& list, const Entity& entity);

  Counts counts_;
  std::unordered_set<Slot, SlotHash, SlotEqual> entities_;
  std::map<std::string, List, std::less<>> lists_;
  // The lists that hold an entity, its home's left out.
  std::unordered_map<std::string_view, std::vector<std::string_view>> listed_elsewhere_;
  mutable std::mutex indexes_mutex_;
  mutable std::map<std::pair<std::string, std::string>, std::unique_ptr<const Index>> indexes_;
};

}  // namespace graphmock::store
