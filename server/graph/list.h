// Pages of collections: what the query options leave of one, cut into pages and expanded (PRO
// 11.2.6).
#pragma once

#include "graph/call.h"
#include "graph/node.h"
#include "store/locate.h"

namespace graphmock::graph {

// Of the collection at the location, which `target` addresses. Throws http::Error (400) for an
// option that is wrong.
Page page_of(const Call& call, const Context& context, const odata::Target& target,
             const store::Location& location);

// The number of entities that $filter and $search leave.
int64_t count_of(const Call& call, const Context& context, const odata::Target& target,
                 const store::Location& location);

}  // namespace graphmock::graph
