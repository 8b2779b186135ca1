// Streams: what "/$value" of an entity with one is (a photo), and properties of type Edm.Stream
// ("/content" of a drive item). They are kept as they come, with their media type.
#pragma once

#include "graph/call.h"

namespace graphmock::graph {

// Whether the target's last step addresses a stream.
bool is_media(const odata::Target& target);

// GET with ranges (RFC 9110, 14), PUT, PATCH, DELETE. Throws http::Error.
http::Response answer_media(const Call& call, const Context& context);

}  // namespace graphmock::graph
