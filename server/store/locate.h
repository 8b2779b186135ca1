// From what a resource path means to where the store keeps it: walks a Target's steps over the
// entities that are there, through references too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/models.h"
#include "odata/path.h"
#include "store/layer_view.h"
#include "store/relations.h"

namespace graphmock::store {

struct Location {
  std::string address;       // of the entity, or of the list of a collection
  std::string list;          // the list that holds the entity; of a collection, as `address`
  Home home;                 // where the list's entities live, if not in it
  std::string_view closure;  // of "transitiveMembers" it is "members", see closure_of()
  const model::StructuredType* type = nullptr;      // what is there is of it or derives from it
  const model::StructuredType* declared = nullptr;  // of the set or navigation, casts left out
  bool is_collection = false;
  bool is_single = false;     // a singleton, or what a single-valued navigation leads to
  bool is_reference = false;  // reached by a reference: the entity lives elsewhere
  bool is_added = false;      // an address that fixtures gave, not the model
  // A key on the way to it that no entity has; then nothing else above is of use.
  std::string missing_key;

  // Where the list's entities live.
  const std::string& home_list() const { return home.list.empty() ? list : home.list; }
};

// For a target that is_entities(). `me` is the key of the user that /me stands for; without one
// it is the first user.
Location locate(const model::Models& models, const LayerView& view, const odata::Target& target,
                std::string_view me = {});

// Where entities live that a reference leads to: directory objects in their pool, others in the
// one set of their type; nowhere known if there is none or several.
Home home_of_references(const model::Model& model, const model::StructuredType& type);

// What is there and of the location's type: a collection's entities in order, or the one entity;
// empty when there is none.
std::vector<EntityPtr> entities_at(const model::Models& models, const LayerView& view,
                                   const Location& location);

// Whether an entity of that type may stand where `required` is asked for, in any version.
bool is_a(const model::Models& models, std::string_view entity_type,
          const model::StructuredType& required);

}  // namespace graphmock::store
