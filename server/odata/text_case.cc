#include "odata/text_case.h"

#include <utf8proc.h>

#include <algorithm>

#include "base/text.h"
#include "base/work_budget.h"

namespace graphmock::odata {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The character at `at`, which it moves behind it. A byte that belongs to none stands for itself.
int32_t take_character(std::string_view text, size_t& at) {
  int32_t code = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (length <= 0) return static_cast<unsigned char>(text[at++]) | 0x4000'0000;
  at += static_cast<size_t>(length);
  return code;
}

// Of each byte that is looked at as part of a character.
constexpr uint64_t kWorkOfCharacters = 8;

template <typename Change>
std::string changed(std::string_view text, Change change) {
  base::charge(text.size() * kWorkOfCharacters);
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto code = take_character(text, at);
    const auto other = change(code);
    if (other == code) {
      result += text.substr(start, at - start);
      continue;
    }
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(other, bytes);
    result.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
  }
  return result;
}

bool is_white_space(int32_t code) {
  constexpr int32_t kNextLine = 0x85;
  if ((code >= '\t' && code <= '\r') || code == kNextLine) return true;
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::string to_lower(std::string_view text) {
  base::charge(text.size());
  if (is_ascii(text)) return base::lower_case(text);
  return changed(text, utf8proc_tolower);
}

std::string to_upper(std::string_view text) {
  // Characters are counted one by one everywhere else, so that none becomes two: the sharp s stays.
  constexpr int32_t kSharpS = 0xDF;
  return changed(text,
                 [](int32_t code) { return code == kSharpS ? code : utf8proc_toupper(code); });
}

std::string_view trim_white_space(std::string_view text) {
  base::charge(text.size() * kWorkOfCharacters);
  size_t begin = text.size();
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const auto start = at;
    if (is_white_space(take_character(text, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool starts_with_ignoring_case(std::string_view text, std::string_view beginning) {
  const auto head = text.substr(0, beginning.size());
  base::charge(head.size());
  // A character beyond ASCII may have an ASCII one as its small letter.
  if (is_ascii(head) && is_ascii(beginning)) return base::equals_ignoring_case(head, beginning);
  return to_lower(text).starts_with(to_lower(beginning));
}

int compare_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : int{c};
  };
  const auto common = std::min(a.size(), b.size());
  size_t i = 0;
  const auto order_at_end = [&](int order) {
    base::charge(i);
    return order;
  };
  for (; i < common; ++i) {
    const auto one = static_cast<unsigned char>(a[i]);
    const auto other = static_cast<unsigned char>(b[i]);
    if ((one | other) >= 0x80) return to_lower(a).compare(to_lower(b));
    if (const int order = lower(one) - lower(other); order != 0) return order_at_end(order);
  }
  return order_at_end(a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0);
}

}  // namespace graphmock::odata
