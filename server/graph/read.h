// GET of an entity, of a collection, and of what references lead to.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// What `target` holds: most often the call's own, another where an operation is answered by what
// stands elsewhere. Throws http::Error.
http::Response read(const Call& call, const odata::Target& target, const Context& context);

// "/$count" of a collection, as plain text.
http::Response count(const Call& call, const Context& context);

}  // namespace graphmock::graph
