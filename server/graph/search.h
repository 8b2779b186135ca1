// $search as the service has it: words anywhere in an item, or, among directory objects,
// "property:term", whose term has to begin words of that property.
#pragma once

#include <boost/json/fwd.hpp>

#include "odata/query.h"

namespace graphmock::graph {

bool found(const odata::Search& search, const boost::json::object& entity);

}  // namespace graphmock::graph
