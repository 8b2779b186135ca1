#include "store/footprint.h"

namespace graphmock::store {
namespace {

constexpr uint64_t kAroundEntity = sizeof(Entity) + 96;  // its pointers' counts, its charge
constexpr uint64_t kAroundAddress = 256;                 // a node in a map, and in indexes
constexpr uint64_t kAroundPlace = 192;                   // in a list, and the list in the entity's
constexpr uint64_t kAroundList = 320;

uint64_t of_address(std::string_view address) {
  return kAroundAddress + address.size();
}

uint64_t of_place(std::string_view list, std::string_view entity) {
  return kAroundPlace + list.size() + entity.size();
}

}  // namespace

uint64_t bytes_of(const Entity& entity) {
  return kAroundEntity + entity.text.size() + entity.address.size();
}

uint64_t bytes_of(const Snapshot& snapshot) {
  uint64_t bytes = 0;
  snapshot.for_each_entity([&](const EntityPtr& entity) {
    bytes += bytes_of(*entity) + of_address(entity->address) + kAroundPlace;
  });
  snapshot.for_each_list_name([&](const std::string& name) {
    bytes += kAroundList + name.size();
    const auto* list = snapshot.list(name);
    if (!list->is_home) bytes += list->entities.size() * kAroundPlace;
  });
  return bytes;
}

uint64_t frame_of(const Layer& layer) {
  return static_cast<uint64_t>(frame_growth(Layer(), layer));
}

int64_t frame_growth(const Layer& below, const Layer& above) {
  int64_t bytes = 0;
  for (const auto& one : above.entities) {
    if (!below.entities.contains(one.first)) bytes += int64_t(of_address(one.first));
  }
  for (const auto& [name, change] : above.lists) {
    const auto known = below.lists.find(name);
    const bool is_known = known != below.lists.end();
    if (!is_known) bytes += int64_t(kAroundList + name.size());
    const auto has_added = [&](std::string_view entity) {
      return is_known && known->second.added.place_of(entity);
    };
    for (const auto& added : change.added) {
      if (has_added(added.entity) && !change.removed.contains(added.entity)) continue;
      bytes += int64_t(of_place(name, added.entity));
    }
    for (const auto& entity : change.removed) {
      if (has_added(entity)) {
        bytes -= int64_t(of_place(name, entity));
      } else if (!is_known || !known->second.removed.contains(entity)) {
        bytes += int64_t(of_place(name, entity));
      }
    }
  }
  return bytes;
}

}  // namespace graphmock::store
