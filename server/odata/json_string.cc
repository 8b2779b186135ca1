#include "odata/json_string.h"

#include <cstdint>
#include <optional>

namespace graphmock::odata {
namespace {

void append_utf8(std::string& text, uint32_t code) {
  const auto byte = [&](uint32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

std::optional<uint32_t> four_hex_digits(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<uint32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

// "\u" is taken. A pair of surrogates is one character, one alone is none.
uint32_t unicode_escape(Cursor& cursor) {
  constexpr uint32_t kReplacement = 0xFFFD;
  const auto code = four_hex_digits(cursor.rest());
  if (!code) cursor.fail("four hexadecimal digits");
  cursor.advance(4);
  if (*code < 0xD800 || *code > 0xDFFF) return *code;
  if (*code > 0xDBFF || !cursor.rest().starts_with("\\u")) return kReplacement;
  const auto low = four_hex_digits(cursor.rest().substr(2));
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return kReplacement;
  cursor.advance(6);
  return 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
}

}  // namespace

std::string take_json_string(Cursor& cursor) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  cursor.expect('"');
  std::string text;
  while (!cursor.take('"')) {
    if (cursor.at_end()) cursor.fail("a closing double quote");
    if (!cursor.take('\\')) {
      text += cursor.take_bytes(1);
    } else if (cursor.take('u')) {
      append_utf8(text, unicode_escape(cursor));
    } else {
      const auto place = kEscapes.find(cursor.peek());
      if (cursor.at_end() || place == std::string_view::npos) cursor.fail("an escape of JSON");
      text += kMeanings[place];
      cursor.advance(1);
    }
  }
  return text;
}

}  // namespace graphmock::odata
