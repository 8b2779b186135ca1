// Small functions on text that the layers above share: case, splitting, percent-encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graphmock::base {

// ASCII only: what HTTP field names, OData names and Graph path segments are made of.

// The control characters of ASCII.
constexpr bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}
bool has_control(std::string_view text);

bool equals_letters_ignoring_case(std::string_view a, std::string_view b);  // of the same length
inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equals_letters_ignoring_case(a, b);
}
bool less_ignoring_case(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

std::string_view trim(std::string_view text);
// "a,b,,c" at ',' gives a, b, "", c.
std::vector<std::string_view> split(std::string_view text, char separator);

// "name=value", blanks around both and quotes around the value off (RFC 7231, 3.1.1.1; RFC 7240,
// 2). Without '=' the value is empty.
std::pair<std::string_view, std::string_view> split_parameter(std::string_view text);

// Nothing when an escape is malformed ("%", "%g1"). '+' stays '+': a path is not a form.
std::optional<std::string> percent_decode(std::string_view text);
// Everything but RFC 3986 unreserved characters and those of `keep` is escaped.
std::string percent_encode(std::string_view text, std::string_view keep = "");

// Without padding (RFC 4648, 5).
std::string base64url_encode(std::string_view bytes);
// With the other alphabet and padding (RFC 4648, 4).
std::string base64_encode(std::string_view bytes);
// Padding is optional. Nothing when there is another character in it (RFC 4648, 5).
std::optional<std::string> base64url_decode(std::string_view text);
// Of either alphabet.
std::optional<std::string> base64_decode(std::string_view text);

bool is_valid_utf8(std::string_view text);
// Every byte is the character of that number (ISO 8859-1).
std::string latin1_to_utf8(std::string_view bytes);
// With U+FFFD in the place of each byte that belongs to no character.
std::string replace_invalid_utf8(std::string_view text);

// Its first `most` bytes, or fewer where a character would be cut in two; for what is quoted.
std::string_view beginning_of(std::string_view utf8, size_t most);

// Of several names the one that takes the fewest edits to get from `name`; nothing when none is
// near enough to be meant. For "did you mean" in messages.
std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::string_view>& candidates);

}  // namespace graphmock::base
