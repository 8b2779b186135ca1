// What a write answers: which status, with the entity or without, as its type has it and as the
// client prefers.
#pragma once

#include "graph/call.h"
#include "graph/node.h"
#include "store/locate.h"

namespace graphmock::graph {

// `status` is the documented one: 200 and 201 carry the entity, others do not. A Prefer header of
// return=representation or return=minimal decides otherwise (PRO 8.2.8.7).
http::Response write_reply(int status, const Call& call, const Context& context,
                           const store::Location& location, const Node& node);

}  // namespace graphmock::graph
