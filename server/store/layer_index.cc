#include "store/layer_index.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "store/value_hash.h"

namespace graphmock::store {
namespace {

uint64_t hash_at(std::string_view home, uint32_t value) {
  return uint64_t{static_cast<uint32_t>(std::hash<std::string_view>()(home))} << 32 | value;
}

std::optional<uint64_t> hash_of(const Entity& entity, std::string_view property) {
  const auto value = value_hash(entity, property);
  if (!value) return std::nullopt;
  return hash_at(home_of_address(entity.address), *value);
}

}  // namespace

void LayerIndex::Property::add(uint64_t hash, const EntityPtr& entity) {
  const auto [there, is_new] = only.try_emplace(hash, entity);
  if (is_new || there->second->address == entity->address) return;
  others.insert({hash, entity});
}

void LayerIndex::Property::take_off(uint64_t hash, const EntityPtr& entity) {
  const auto there = only.find(hash);
  if (there == only.end()) return;
  if (there->second->address != entity->address) {
    others.erase({hash, entity});
    return;
  }
  if (const auto next = others.find(hash); next == others.end()) {
    only.erase(there);
  } else {
    there->second = next->entity;
    others.erase(next);
  }
}

void LayerIndex::add(Property& property, std::string_view name, const EntityPtr& entity) {
  if (const auto hash = hash_of(*entity, name)) property.add(*hash, entity);
}

void LayerIndex::change(const EntityPtr& old, const EntityPtr& now) {
  for (auto& [name, property] : properties_) {
    if (old) {
      if (const auto hash = hash_of(*old, name)) property.take_off(*hash, old);
    }
    if (now) add(property, name, now);
  }
}

void LayerIndex::make_room() {
  if (properties_.size() < kMostProperties) return;
  properties_.erase(std::min_element(
      properties_.begin(), properties_.end(),
      [](const auto& a, const auto& b) { return a.second.last_asked < b.second.last_asked; }));
}

std::vector<EntityPtr> LayerIndex::find(std::string_view home, std::string_view property,
                                        std::string_view value) {
  std::vector<EntityPtr> found;
  auto& asked = properties_.find(property)->second;
  asked.last_asked = ++asked_;
  const auto hash = hash_at(home, value_hash(value));
  const auto only = asked.only.find(hash);
  if (only == asked.only.end()) return found;
  const auto [first, last] = asked.others.equal_range(hash);
  for (auto entry = first; entry != last; ++entry) found.push_back(entry->entity);
  const auto is_before = [](const EntityPtr& a, const EntityPtr& b) {
    return a->address < b->address;
  };
  found.insert(std::lower_bound(found.begin(), found.end(), only->second, is_before), only->second);
  return found;
}

}  // namespace graphmock::store
