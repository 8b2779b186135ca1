// POST to a collection: a new entity, with those that it contains.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// Throws http::Error; then nothing has been created.
http::Response create(const Call& call, const Context& context);

}  // namespace graphmock::graph
