// PATCH of an entity: OData's merge (PRO 11.4.3), all or nothing; and PUT, which replaces it.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// Both throw http::Error; then nothing has changed.
http::Response update(const Call& call, const Context& context);
http::Response replace(const Call& call, const Context& context);

}  // namespace graphmock::graph
