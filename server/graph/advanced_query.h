// What the service answers of directory objects only to a client that says it can wait for it:
// header "ConsistencyLevel: eventual", and $count=true for filters ("Advanced query capabilities on
// directory objects").
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// For a read of a collection of that type. Throws http::Error (400) for an advanced query without
// its conditions.
void check_advanced_query(const Call& call, const model::StructuredType& type);
// For "/$count" of such a collection.
void check_advanced_count(const Call& call, const model::StructuredType& type);
// Whether $count=true is answered; without the header it is silently left out.
bool may_count(const Call& call, const model::StructuredType& type);

}  // namespace graphmock::graph
