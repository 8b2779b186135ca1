// Takes off a request's body what its client has compressed it with (Content-Encoding, RFC 9110
// 8.4). SDKs compress what they send unless they are told not to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "http/message.h"

namespace graphmock::http {

// The body as it was before; nothing for one that has not been compressed. Throws Error: 415 for
// other codings than gzip and deflate, 400 for what is not in the coding that it says, 413 for a
// body of more than `most_bytes`.
std::optional<std::string> decoded_body(const Request& request, size_t most_bytes);

}  // namespace graphmock::http
