// DELETE of an entity.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// What it contains and references to it go with it. Throws http::Error; then nothing has changed.
http::Response remove(const Call& call, const Context& context);

}  // namespace graphmock::graph
