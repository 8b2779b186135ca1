// Answers other than reads of entities: what a write answers (which status, with the entity or
// without, as its type has it and as the client prefers), nothing at all, and plain text.
#pragma once

#include "graph/call.h"
#include "graph/node.h"
#include "store/locate.h"

namespace graphmock::graph {

// `status` is the documented one: 200 and 201 carry the entity, others do not. A Prefer header of
// return=representation or return=minimal decides otherwise (PRO 8.2.8.7).
http::Response write_reply(int status, const Call& call, const Context& context,
                           const store::Location& location, const Node& node);

http::Response no_content(int status = 204);
http::Response plain_text(std::string text);

}  // namespace graphmock::graph
