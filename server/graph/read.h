// GET of an entity, of a collection, and of what references lead to.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// What `target` holds: most often the call's own, another where an operation is answered by what
// stands elsewhere. Throws http::Error.
http::Response read(const Call& call, const odata::Target& target, const Context& context);

// 404 with the words of the service.
[[noreturn]] void throw_not_found(std::string_view key);

// The key or name by which a path names what it addresses last. For messages.
std::string_view last_name(const odata::Target& target);

}  // namespace graphmock::graph
