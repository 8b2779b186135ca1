#include "odata/literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "odata/geo_literal.h"
#include "odata/scanner.h"

namespace graphmock::odata {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_base64(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool take_date(Scanner& scanner) {
  scanner.take('-');  // a year before 0
  const auto year_digits = scanner.digits();
  if (year_digits.size() < 4 || (year_digits.size() > 4 && year_digits[0] == '0')) return false;
  int year = 0;  // modulo 400, after which leap years repeat
  for (const char c : year_digits) year = (year * 10 + (c - '0')) % 400;
  if (!scanner.take('-')) return false;
  const auto month = scanner.two_digits(1, 12);
  if (!month || !scanner.take('-')) return false;
  static constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year == 0 || (year % 4 == 0 && year % 100 != 0);
  const int last = *month == 2 && is_leap ? 29 : kDays[static_cast<size_t>(*month - 1)];
  return scanner.two_digits(1, last).has_value();
}

bool take_time(Scanner& scanner) {
  if (!scanner.two_digits(0, 23) || !scanner.take(':') || !scanner.two_digits(0, 59)) return false;
  Scanner seconds = scanner;
  if (!seconds.take(':') || !seconds.two_digits(0, 60)) return true;  // 60: a leap second
  scanner = seconds;
  if (!seconds.take('.')) return true;
  const auto fraction = seconds.digits().size();
  if (fraction >= 1 && fraction <= 12) scanner = seconds;
  return true;
}

bool take_date_time(Scanner& scanner) {
  if (!take_date(scanner) || !scanner.take_any("Tt") || !take_time(scanner)) return false;
  if (scanner.take_any("Zz")) return true;
  return scanner.take_any("+-") && scanner.two_digits(0, 23) && scanner.take(':') &&
         scanner.two_digits(0, 59);
}

// Digits and a unit; false when digits have no unit or the unit stood before.
bool take_duration_parts(Scanner& scanner, std::string_view units, bool& has_part) {
  while (is_digit(scanner.peek())) {
    scanner.digits();
    bool has_fraction = false;
    if (scanner.take('.')) {
      has_fraction = true;
      if (scanner.digits().empty()) return false;
    }
    const char unit = static_cast<char>(scanner.peek() & ~0x20);  // in upper case
    const auto place = scanner.at_end() ? std::string_view::npos : units.find(unit);
    if (place == std::string_view::npos || (has_fraction && unit != 'S')) return false;
    units.remove_prefix(place + 1);
    scanner.advance(1);
    has_part = true;
  }
  return true;
}

bool take_duration(Scanner& scanner) {
  scanner.take_any("+-");
  if (!scanner.take_any("Pp")) return false;
  bool has_days = false;
  bool has_times = false;
  if (!take_duration_parts(scanner, "D", has_days)) return false;
  if (!scanner.take_any("Tt")) return has_days;
  return take_duration_parts(scanner, "HMS", has_times) && has_times;
}

bool take_enum_members(Scanner& scanner) {
  do {
    if (const auto length = identifier_length(scanner.rest())) {
      scanner.advance(length);
    } else {
      scanner.take_any("+-");
      const auto digits = scanner.digits().size();
      if (digits < 1 || digits > 19) return false;
    }
  } while (scanner.take(','));
  return true;
}

size_t length_if(bool is_there, const Scanner& scanner) {
  return is_there ? scanner.position() : 0;
}

// Whether a literal may end where this character follows. A number may be followed by the colon of
// case(), but "12-3" and "12.3.4" are mistyped dates and numbers.
bool may_follow(std::string_view text, size_t length) {
  return length >= text.size() || (!is_identifier_character(text[length]) && text[length] != '.' &&
                                   text[length] != '-' && text[length] != '\'');
}

LiteralMatch match(LiteralKind kind, std::string_view text) {
  return {{kind, std::string(text)}, text.size()};
}

std::optional<LiteralMatch> string_at(std::string_view text) {
  LiteralMatch found;
  found.literal.kind = LiteralKind::String;
  size_t at = 1;
  while (true) {
    const auto quote = text.find('\'', at);
    if (quote == std::string_view::npos) return std::nullopt;
    found.literal.text.append(text.substr(at, quote - at));
    at = quote + 1;
    if (at >= text.size() || text[at] != '\'') break;
    found.literal.text += '\'';
    ++at;
  }
  found.length = at;
  return found;
}

LiteralKind kind_of_number(std::string_view text) {
  if (text.find_first_of("eEIN") != std::string_view::npos) return LiteralKind::Double;
  if (text.find('.') != std::string_view::npos) return LiteralKind::Decimal;
  if (text.front() == '+') text.remove_prefix(1);
  int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() ? LiteralKind::Integer : LiteralKind::Decimal;
}

// Of those that have neither quotes nor a name.
std::optional<LiteralMatch> plain_at(std::string_view text) {
  const auto is_whole = [&](size_t length) { return length > 0 && may_follow(text, length); };
  if (const auto n = guid_length(text); is_whole(n)) {
    return match(LiteralKind::Guid, text.substr(0, n));
  }
  if (const auto n = date_time_offset_length(text); is_whole(n)) {
    return match(LiteralKind::DateTimeOffset, text.substr(0, n));
  }
  if (const auto n = date_length(text); is_whole(n)) {
    return match(LiteralKind::Date, text.substr(0, n));
  }
  if (const auto n = time_of_day_length(text); is_whole(n)) {
    return match(LiteralKind::TimeOfDay, text.substr(0, n));
  }
  if (const auto n = number_length(text); is_whole(n)) {
    return match(kind_of_number(text.substr(0, n)), text.substr(0, n));
  }
  return std::nullopt;
}

// What stands between the quotes of prefix'...', by the prefix; nothing when it does not fit.
std::optional<LiteralMatch> quoted_at(std::string_view text, size_t prefix_length) {
  const auto prefix = base::lower_case(text.substr(0, prefix_length));
  const auto value = text.substr(prefix_length + 1);
  size_t length = 0;
  LiteralKind kind;
  if (prefix == "duration") {
    kind = LiteralKind::Duration;
    length = duration_length(value);
    if (length == 0) return std::nullopt;
  } else if (prefix == "binary") {
    kind = LiteralKind::Binary;
    length = base64_length(value);
  } else if (prefix == "geography" || prefix == "geometry") {
    kind = LiteralKind::Geography;
    length = geo_length(value);
    if (length == 0) return std::nullopt;
  } else if (prefix.find('.') != std::string_view::npos) {
    kind = LiteralKind::Enum;
    length = enum_members_length(value);
    if (length == 0) return std::nullopt;
  } else {
    return std::nullopt;
  }
  if (length >= value.size() || value[length] != '\'') return std::nullopt;
  auto found = match(kind, text.substr(0, prefix_length + length + 2));
  if (kind != LiteralKind::Enum) found.literal.text.replace(0, prefix_length, prefix);
  return found;
}

}  // namespace

bool is_identifier_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_identifier_character(char c) {
  return is_identifier_start(c) || is_digit(c);
}

size_t identifier_length(std::string_view text) {
  if (text.empty() || !is_identifier_start(text[0])) return 0;
  constexpr size_t kMaxCharacters = 128;
  size_t characters = 0;
  size_t length = 0;
  while (length < text.size() && is_identifier_character(text[length])) {
    const bool continues = (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80;
    if (!continues && ++characters > kMaxCharacters) return 0;
    ++length;
  }
  return length;
}

size_t qualified_name_length(std::string_view text) {
  size_t length = identifier_length(text);
  while (length > 0 && length < text.size() && text[length] == '.') {
    const auto next = identifier_length(text.substr(length + 1));
    if (next == 0) break;
    length += 1 + next;
  }
  return length;
}

size_t guid_length(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() < kForm.size()) return 0;
  for (size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == 'x' ? !is_hex_digit(text[i]) : text[i] != '-') return 0;
  }
  return kForm.size();
}

size_t date_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_date(scanner), scanner);
}

size_t time_of_day_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_time(scanner), scanner);
}

size_t date_time_offset_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_date_time(scanner), scanner);
}

size_t duration_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_duration(scanner), scanner);
}

size_t number_length(std::string_view text) {
  for (const std::string_view word : {"INF", "-INF", "NaN"}) {
    if (text.starts_with(word)) return word.size();
  }
  Scanner scanner(text);
  scanner.take_any("+-");
  if (scanner.digits().empty()) return 0;
  Scanner longer = scanner;
  if (longer.take('.') && !longer.digits().empty()) scanner = longer;
  longer = scanner;
  if (longer.take_any("eE")) {
    longer.take_any("+-");
    if (!longer.digits().empty()) scanner = longer;
  }
  return scanner.position();
}

size_t base64_length(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_base64);
  const auto length = static_cast<size_t>(end - text.begin());
  // The bits that a last group does not use are zero.
  constexpr std::string_view kOneByte = "AQgw";
  constexpr std::string_view kTwoBytes = "AEIMQUYcgkosw048";
  const auto ends_in = [&](std::string_view set) {
    return set.find(text[length - 1]) != std::string_view::npos;
  };
  const auto padded = [&](std::string_view padding) {
    return length + (text.substr(length).starts_with(padding) ? padding.size() : 0);
  };
  if (length % 4 == 2 && ends_in(kOneByte)) return padded("==");
  if (length % 4 == 3 && ends_in(kTwoBytes)) return padded("=");
  return length - length % 4;
}

size_t enum_members_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_enum_members(scanner), scanner);
}

size_t geo_length(std::string_view text) {
  Scanner scanner(text);
  return length_if(take_geo(scanner), scanner);
}

std::optional<LiteralMatch> literal_at(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text[0] == '\'') return string_at(text);
  if (auto plain = plain_at(text)) return plain;
  const auto length = qualified_name_length(text);
  if (length == 0) return std::nullopt;
  if (length < text.size() && text[length] == '\'') return quoted_at(text, length);
  const auto word = text.substr(0, length);
  if (word == "null") return match(LiteralKind::Null, word);
  for (const std::string_view boolean : {"true", "false"}) {
    if (base::equals_ignoring_case(word, boolean)) return match(LiteralKind::Boolean, boolean);
  }
  return std::nullopt;
}

}  // namespace graphmock::odata
