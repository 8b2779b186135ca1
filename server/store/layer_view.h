// The fixtures and the layers upon them seen as one. Looks, never changes; as safe across threads
// as what it looks at.
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/changes.h"
#include "store/snapshot.h"

namespace graphmock::store {

class LayerView {
 public:
  static constexpr size_t kMostLayers = 3;
  // A place is the entity's own in that list for as long as it is in it, and grows along it.
  using VisitPlace = std::function<bool(uint64_t place, const EntityPtr&)>;

  // `snapshot` may be null: nothing lies below. At most kMostLayers.
  LayerView(const Snapshot* snapshot, std::initializer_list<const Layer*> bottom_to_top);

  // Notes what would be found otherwise if `unseen` lay on top. Both must outlive it.
  void watch(const Layer& unseen, Missed& missed);

  EntityPtr find(std::string_view address) const;  // null when there is none
  // Whether there is an entity, or has been one.
  bool knows(std::string_view address) const;
  bool is_listed(std::string_view list, std::string_view entity) const;
  // Where it stands in the list. Nothing where it does not, or where the fixtures have it listed
  // elsewhere than at home.
  std::optional<uint64_t> place_of(std::string_view list, std::string_view entity) const;

  // In the list's order, until `visit` says false.
  void for_each(std::string_view list, const std::function<bool(const EntityPtr&)>& visit) const;
  // Those of the wanted types alone, from a place on.
  void for_each(std::string_view list, uint64_t from, const IsWanted& is_wanted,
                const VisitPlace& visit) const;
  // Every entity whose property is that string in any case, and a few others. False, and nothing
  // is visited, where no index tells them.
  bool for_each_candidate(std::string_view list, std::string_view property, std::string_view value,
                          const VisitPlace& visit) const;

  // The entity of the list, wherever it lives, whose key stands so at the end of its address, '/'
  // first; null when there is none.
  EntityPtr find_in_list(std::string_view list, std::string_view key,
                         const IsWanted& is_wanted) const;

  // Every list at `address` or below it.
  std::vector<std::string> lists_within(std::string_view address) const;
  // The lists that hold the entity.
  std::vector<std::string> lists_of(std::string_view entity) const;

 private:
  // From one layer upwards, the fixtures being below layer 0.
  using Placed = std::pair<uint64_t, EntityPtr>;

  bool is_changed(std::string_view address) const;
  // The candidates among the entities that live right below `home`, of those in the list; among
  // those that the fixtures have in it elsewhere than at home. False where there is no telling.
  bool add_candidates(std::string_view home, std::string_view list, std::string_view property,
                      std::string_view value, std::vector<Placed>& found) const;
  bool add_fixtures_elsewhere(std::string_view list, std::vector<Placed>& found) const;
  bool is_removed_from(size_t layer, std::string_view list, std::string_view entity) const;
  bool for_each_of_snapshot(const Snapshot::List& fixtures, std::string_view list, uint64_t from,
                            const IsWanted& is_wanted, const VisitPlace& visit) const;

  void note_missed(std::string_view list, const IsWanted& is_wanted) const;

  const Snapshot* snapshot_;
  const Layer* unseen_ = nullptr;
  Missed* missed_ = nullptr;
  std::array<const Layer*, kMostLayers> layers_{};
  size_t count_ = 0;
};

}  // namespace graphmock::store
