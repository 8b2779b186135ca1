// What the body of a PATCH says of other entities than the one it is sent to: references to bind,
// deltas of collections, and nested entities where the type takes them.
#pragma once

#include "graph/call.h"
#include "graph/resource.h"
#include "model/representation.h"

namespace graphmock::graph {

// `owner` is the address of the entity. Throws http::Error (400); what has been staged in `write`
// must then not be committed. Gives whether anything has changed.
bool relate(const Call& call, const Context& context, store::Store::Write& write,
            const std::string& owner, const model::Representation& body);

}  // namespace graphmock::graph
