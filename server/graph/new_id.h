// Ids of new entities, in the style of their type (type_facts.h).
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "model/model.h"

namespace graphmock::graph {

// `properties` are the entity's: some types make their id of them.
std::string new_id(const model::StructuredType& type, const boost::json::object& properties,
                   base::IdSource& ids, base::Instant now);

}  // namespace graphmock::graph
