#include "base/json_members.h"

#include <cstring>

#include "base/json.h"

namespace graphmock::base {
namespace {

// Behind the string that begins at `at` with its quote.
const char* behind_string(const char* at, const char* end) {
  for (++at; at < end; ++at) {
    at = static_cast<const char*>(std::memchr(at, '"', static_cast<size_t>(end - at)));
    if (!at) return end;
    const char* before = at;
    while (before[-1] == '\\') --before;
    if ((at - before) % 2 == 0) return at + 1;
  }
  return end;
}

const char* behind_value(const char* at, const char* end) {
  if (*at == '"') return behind_string(at, end);
  int depth = 0;
  while (at < end) {
    const char c = *at;
    if (c == '"') {
      at = behind_string(at, end);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    const bool is_end = c == '}' || c == ']';
    if (depth == 0 && (is_end || c == ',')) return at;
    if (is_end) --depth;
    ++at;
  }
  return end;
}

}  // namespace

JsonMember next_member(std::string_view& rest) {
  const char* const begin = rest.data();
  const char* const end = begin + rest.size();
  const char* const behind_name = behind_string(begin, end);
  const char* const value = behind_name + 1;
  const char* const behind = behind_value(value, end);
  const JsonMember member{{begin + 1, static_cast<size_t>(behind_name - begin - 2)},
                          {value, static_cast<size_t>(behind - value)},
                          {begin, static_cast<size_t>(behind - begin)}};
  rest.remove_prefix(member.text.size() + (behind < end && *behind == ',' ? 1 : 0));
  return member;
}

std::optional<std::string_view> member_text(std::string_view object, std::string_view name) {
  for (auto rest = object.substr(1); has_member(rest);) {
    const auto member = next_member(rest);
    if (member.name == name) return member.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> plain_string(std::string_view value) {
  if (value.size() < 2 || value.front() != '"') return std::nullopt;
  const auto inside = value.substr(1, value.size() - 2);
  if (inside.find('\\') != std::string_view::npos) return std::nullopt;
  return inside;
}

std::string string_in(std::string_view value) {
  if (const auto plain = plain_string(value)) return std::string(*plain);
  const auto parsed = parse_json(value);
  return text_of(&parsed);
}

}  // namespace graphmock::base
