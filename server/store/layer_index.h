// The entities of a layer by the values of their properties, as a snapshot's are: made for a
// property when it is asked for first, and kept up with every change from then on. No part of what
// the layer says: a copy has none.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/entity.h"

namespace graphmock::store {

class LayerIndex {
 public:
  // Those asked for longest ago are dropped beyond that.
  static constexpr size_t kMostProperties = 32;

  LayerIndex() = default;
  LayerIndex(const LayerIndex&) {}
  LayerIndex& operator=(const LayerIndex&) {
    properties_.clear();
    return *this;
  }
  LayerIndex(LayerIndex&&) = default;
  LayerIndex& operator=(LayerIndex&&) = default;

  // Either may be null.
  void change(const EntityPtr& old, const EntityPtr& now);

  bool has(std::string_view property) const { return properties_.contains(property); }
  // Of all entities that there are, given by calling `visit` with each.
  template <typename ForEach>
  void make(std::string_view property, ForEach for_each) {
    make_room();
    auto& made = properties_[std::string(property)];
    for_each([&](const EntityPtr& entity) { add(made, property, entity); });
  }

  // Those whose addresses lie right below `home` and whose property is that string in any case,
  // by their addresses, and by chance a few others.
  std::vector<EntityPtr> find(std::string_view home, std::string_view property,
                              std::string_view value);

 private:
  struct Entry {
    uint64_t hash;  // of home and value
    EntityPtr entity;
  };
  // Those of one hash together, by their addresses.
  struct Order {
    using is_transparent = void;
    bool operator()(const Entry& a, const Entry& b) const {
      return a.hash != b.hash ? a.hash < b.hash : a.entity->address < b.entity->address;
    }
    bool operator()(const Entry& a, uint64_t hash) const { return a.hash < hash; }
    bool operator()(uint64_t hash, const Entry& b) const { return hash < b.hash; }
  };
  // Most values are one entity's alone, which costs a look at a hash table; a tree would be gone
  // down for each, through memory that nobody has touched for long.
  struct Property {
    std::unordered_map<uint64_t, EntityPtr> only;  // by hash: the one, or one of several
    std::set<Entry, Order> others;                 // of the same hashes
    uint64_t last_asked = 0;

    void add(uint64_t hash, const EntityPtr& entity);
    void take_off(uint64_t hash, const EntityPtr& entity);
  };

  static void add(Property& property, std::string_view name, const EntityPtr& entity);
  void make_room();

  std::map<std::string, Property, std::less<>> properties_;
  uint64_t asked_ = 0;
};

}  // namespace graphmock::store
