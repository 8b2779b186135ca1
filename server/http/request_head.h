// The head of a request, from its bytes to a Request and to what it says of the body to come.
// Strict where leniency would let two parsers disagree on where a request ends (RFC 9112 11.2).
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "http/message.h"

namespace graphmock::http {

inline constexpr size_t kMaxTargetBytes = 16 * 1024;

struct RequestFraming {
  std::string_view target;  // as sent; points into the head
  bool chunked = false;
  size_t content_length = 0;  // when not chunked
  bool keep_alive = true;
  bool expects_continue = false;
};

// `head` is a whole head, its empty line included, each line known to end in CRLF. The request's
// views point into it; its target and its body are left alone. Throws Error for what must be
// refused.
RequestFraming parse_request_head(std::string_view head, Request& request);

// "Name: value", into a trimmed pair. Throws Error when it is not a well-formed field line.
std::pair<std::string_view, std::string_view> parse_field_line(std::string_view line);

// Whether the field says how a message stands on the wire, which is the server's to say.
bool is_framing_field(std::string_view name);

// What a method or a field name consists of (RFC 9110 5.6.2).
bool is_token_character(char c);
bool is_token(std::string_view text);

}  // namespace graphmock::http
