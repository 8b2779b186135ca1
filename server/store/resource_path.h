// From where the store keeps an entity or a list back to its resource path: "users/ID/messages" of
// "directoryObjects/ID/messages". The way back from store/locate, for whoever writes out what the
// store holds. A path is as a URL has it, escaped, without the version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/fixture_place.h"

namespace graphmock::store {

// Of one moment: what it looks at has to stay as it is. Only paths at which fixtures are put right
// there are given; what no version has an address for (an owner has changed its type) has none.
class ResourcePaths {
 public:
  ResourcePaths(const model::Models& models, const LayerView& view)
      : models_(models), view_(view) {}

  // "users/ID"; empty when there is none.
  std::string of_entity(std::string_view address);
  // "users/ID/messages", "groups/ID/members"; empty when there is none.
  std::string of_list(std::string_view list);

  // What a fixture set calls the file that holds the entity, and where that is put.
  struct Member {
    std::string name;           // of a collection, or of the one entity
    const FixturePlace* place;  // lives as long as the ResourcePaths
    std::string path;           // of the entity
  };
  std::optional<Member> member_of(std::string_view address);
  // fixture_place() of that name.
  const FixturePlace& place_at(const std::string& name, bool wants_collection);

 private:
  // A path in one version.
  struct Path {
    std::string text;
    size_t before_key = 0;  // how long it is without the key at its end; 0: it ends in none
  };
  class Walk;

  const model::Models& models_;
  const LayerView& view_;
  // By name, with '/' before it where a collection is wanted.
  std::unordered_map<std::string, FixturePlace> places_;
  std::unordered_map<const model::StructuredType*, const model::EntitySet*> sets_;
};

}  // namespace graphmock::store
