// Values that no two entities of a type may share (type_facts.h: unique).
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "store/locate.h"
#include "store/store.h"

namespace graphmock::graph {

// `own` is the address of the entity that is to have `properties`; empty for a new one. Throws
// http::Error: among directory objects 400 with the detail ObjectConflict, else 409.
void check_unique(const store::Store::Write& write, const store::Location& location,
                  const model::StructuredType& type, const boost::json::object& properties,
                  std::string_view own);

}  // namespace graphmock::graph
