// Ids of new entities, in the style of their type (type_facts.h).
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "model/model.h"
#include "store/layer_view.h"

namespace graphmock::graph {

// Where the entity will live: whether an id is, or was, another's there.
using IsTaken = std::function<bool(const std::string& id)>;

// Drawn until it is free. `properties` are the entity's: what makes its id of them has it taken
// or not.
std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now, const IsTaken& is_taken);
// The same for an entity of the collection at that address.
std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now, const store::LayerView& view,
                   std::string_view collection);

}  // namespace graphmock::graph
