// PATCH of an entity: OData's merge (PRO 11.4.3), all or nothing.
#pragma once

#include <boost/json/object.hpp>

#include "graph/call.h"

namespace graphmock::graph {

// Throws http::Error; then nothing has changed.
http::Response update(const Call& call, const Context& context);

// Puts `changes` upon `entity`, both as Representation has properties: a null clears, a complex
// value is merged unless its "@odata.type" names another type, all else replaces.
void merge(const model::Model& model, boost::json::object& entity,
           const boost::json::object& changes, const model::StructuredType& type);

}  // namespace graphmock::graph
