// One structural property of an entity: "/users/ID/mailboxSettings/timeZone" and its "/$value"
// (PRO 11.2.3, 11.4.9). A write to it is a write to the entity, by the same rules.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// For a target whose last step is a property that is no stream, or $value or $count of one.
// Throws http::Error.
http::Response answer_property(const Call& call, const Context& context);

}  // namespace graphmock::graph
