// Reads of collections with $apply: the entities go through its transformations, and the other
// options apply to what leaves them.
#pragma once

#include "graph/call.h"
#include "graph/collection.h"
#include "store/locate.h"

namespace graphmock::graph {

// One page. Throws http::Error: 400 for a query that is wrong or asks for too much.
http::Response applied_answer(const Call& call, const Context& context,
                              const store::Location& location, const Collection& collection);

// How many instances there are in all.
int64_t applied_count(const Call& call, const Context& context, const store::Location& location,
                      const Collection& collection);

}  // namespace graphmock::graph
