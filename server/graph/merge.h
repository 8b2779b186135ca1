// What becomes of an entity when a body is put upon it (PRO 11.4.3).
#pragma once

#include <boost/json/fwd.hpp>

#include "facts/type_facts.h"
#include "model/model.h"

namespace graphmock::graph {

// Puts `changes` upon `entity`, both as Representation has properties: a null clears, a complex
// value is merged unless its "@odata.type" names another type, all else replaces. Whether the
// entity is other than before.
bool merge(const model::Model& model, boost::json::object& entity,
           const boost::json::object& changes, const model::StructuredType& type);

// Whether the service alone sets the property.
bool is_read_only(const model::StructuredType& type, const facts::TypeFacts& facts,
                  std::string_view name);

// Takes off `changes` what the entity has already of its key and of properties that the service
// alone sets. Throws http::Error (400) where they are to be changed.
void drop_unchangeable(const model::StructuredType& type, const boost::json::object& entity,
                       boost::json::object& changes);

}  // namespace graphmock::graph
