// The bytes that stand before a response's body: its status line and header fields (RFC 9112, 4).
#pragma once

#include <string>

#include "http/message.h"

namespace graphmock::http {

// Whether a response of that status never has a body (RFC 9110, 6.4.1).
constexpr bool has_no_body(int status) {
  return status == 204 || status == 304;
}

struct ResponseFraming {
  bool is_chunked = false;  // else it has a length, if it may have a body at all
  bool close = false;
  std::string_view keep_alive;  // the Keep-Alive field of a connection that stays open
};

// Appends the head with the empty line behind it. Of the response's fields those are left out that
// frame a message, those with names that no field may have, and the Content-Type where there is no
// body; a line break in a value becomes a space. Where the response does not say otherwise a
// browser is told to take the body for what its Content-Type says and for no page of ours: there is
// hardly an answer without bytes that some client chose, and a page of this origin may ask for
// anything.
void append_response_head(const Response& response, const ResponseFraming& framing,
                          std::string& out);

}  // namespace graphmock::http
