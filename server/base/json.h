// JSON in and out, over Boost.JSON's values. Two things Boost.JSON does not do by itself are
// done here: a duplicate key is an error, and a number keeps its digits even where no double
// holds them (Edm.Decimal has 28 of them and more).
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace graphmock::base {

namespace json = boost::json;

struct JsonError : std::runtime_error {
  JsonError(const std::string& what, size_t error_line, size_t error_column)
      : std::runtime_error(what), line(error_line), column(error_column) {}
  size_t line;    // from 1
  size_t column;  // from 1, in bytes
};

enum class JsonSyntax {
  Strict,   // RFC 8259, for what comes over the wire
  Relaxed,  // comments and trailing commas too, for files that people write
};

// Throws JsonError. Depth is bounded by kMaxJsonDepth; of Relaxed syntax by a few levels more, as
// files have what is no deeper than that within lists and objects around it.
inline constexpr size_t kMaxJsonDepth = 100;
// The value is made in `memory`.
json::value parse_json(std::string_view text, JsonSyntax syntax = JsonSyntax::Strict,
                       json::storage_ptr memory = {});

// Without white space, members in their order, numbers as parse_json() read them.
std::string to_json(const json::value& value);
void append_json(std::string& out, const json::value& value);
void append_json_string(std::string& out, std::string_view text);

// A number that a double (or a 64-bit integer) does not print as it was written is kept as its
// text. Any other code asks is_number() and number_text(), never kind() alone.
bool is_number(const json::value& value);
bool is_string(const json::value& value);
// The text of a string; empty for null (no value at all) and for what is no string.
std::string text_of(const json::value* value);
std::string number_text(const json::value& value);                 // value must be a number
std::optional<double> number_as_double(const json::value& value);  // nothing: out of range
json::value make_number(std::string_view text);                    // text must be a JSON number

// "object", "array", "string", "number", "Boolean" or "null", for messages.
std::string_view kind_name(const json::value& value);

// The value at a JSON pointer (RFC 6901), or null.
const json::value* at_pointer(const json::value& root, std::string_view pointer);
std::string pointer_child(std::string_view pointer, std::string_view name);

// The line (from 1) on which the value at `pointer` begins in a text that parse_json() takes; the
// line of its nearest ancestor when it is not there. It reads the text again: for messages only.
size_t line_of(std::string_view text, std::string_view pointer,
               JsonSyntax syntax = JsonSyntax::Relaxed);

}  // namespace graphmock::base
