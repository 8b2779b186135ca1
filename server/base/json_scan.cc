#include "base/json_scan.h"

#include <cstring>

#include "base/json.h"

namespace graphmock::base {
namespace {

// Behind the string whose opening quote stands before `begin`.
const char* end_of_string(const char* begin, const char* end) {
  while (begin < end) {
    const auto* quote =
        static_cast<const char*>(std::memchr(begin, '"', static_cast<size_t>(end - begin)));
    if (!quote) return end;
    // A quote is part of the string when an odd number of backslashes stands before it.
    const char* before = quote;
    while (before > begin && before[-1] == '\\') --before;
    if ((quote - before) % 2 == 0) return quote + 1;
    begin = quote + 1;
  }
  return end;
}

const char* end_of_nested(const char* begin, const char* end) {
  int depth = 0;
  while (begin < end) {
    const char c = *begin++;
    if (c == '"') {
      begin = end_of_string(begin, end);
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return begin;
    }
  }
  return end;
}

const char* end_of_value(const char* begin, const char* end) {
  if (begin == end) return end;
  if (*begin == '"') return end_of_string(begin + 1, end);
  if (*begin == '{' || *begin == '[') return end_of_nested(begin, end);
  while (begin < end && *begin != ',' && *begin != '}') ++begin;
  return begin;
}

}  // namespace

std::optional<std::string_view> member_text(std::string_view object, std::string_view name) {
  const char* at = object.data() + 1;
  const char* const end = object.data() + object.size();
  while (at < end && *at == '"') {
    const char* const name_begin = at + 1;
    const char* const name_end = end_of_string(name_begin, end);
    const char* const value = name_end + 1;  // behind the colon
    if (value >= end) break;
    const char* const value_end = end_of_value(value, end);
    if (name == std::string_view(name_begin, static_cast<size_t>(name_end - 1 - name_begin))) {
      return std::string_view(value, static_cast<size_t>(value_end - value));
    }
    at = value_end + 1;  // behind the comma
  }
  return std::nullopt;
}

std::optional<std::string_view> plain_string(std::string_view json_text) {
  if (json_text.size() < 2 || json_text.front() != '"') return std::nullopt;
  const auto inside = json_text.substr(1, json_text.size() - 2);
  if (inside.find('\\') != std::string_view::npos) return std::nullopt;
  return inside;
}

std::string string_in(std::string_view json_text) {
  if (const auto plain = plain_string(json_text)) return std::string(*plain);
  const auto value = parse_json(json_text);
  return text_of(&value);
}

}  // namespace graphmock::base
