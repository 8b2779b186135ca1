#include "model/primitive.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/json.h"

namespace graphmock::model {
namespace {

struct Row {
  Primitive primitive;
  std::string_view name;
  std::string_view example;
};

constexpr std::array kRows = {
    Row{Primitive::Binary, "Edm.Binary", "base64 text"},
    Row{Primitive::Boolean, "Edm.Boolean", "true or false"},
    Row{Primitive::Byte, "Edm.Byte", "a whole number from 0 to 255"},
    Row{Primitive::Date, "Edm.Date", "a date such as \"2026-01-31\""},
    Row{Primitive::DateTimeOffset, "Edm.DateTimeOffset",
        "a date and time with an offset, such as \"2026-01-31T12:00:00Z\""},
    Row{Primitive::Decimal, "Edm.Decimal", "a number"},
    Row{Primitive::Double, "Edm.Double", "a number, \"INF\", \"-INF\" or \"NaN\""},
    Row{Primitive::Duration, "Edm.Duration", "a duration such as \"P1DT12H30M\""},
    Row{Primitive::Geography, "Edm.Geography", "a GeoJSON object"},
    Row{Primitive::Guid, "Edm.Guid", "a GUID such as \"01234567-89ab-cdef-0123-456789abcdef\""},
    Row{Primitive::Int16, "Edm.Int16", "a whole number from -32768 to 32767"},
    Row{Primitive::Int32, "Edm.Int32", "a whole number from -2147483648 to 2147483647"},
    Row{Primitive::Int64, "Edm.Int64",
        "a whole number from -9223372036854775808 to 9223372036854775807"},
    Row{Primitive::SByte, "Edm.SByte", "a whole number from -128 to 127"},
    Row{Primitive::Single, "Edm.Single", "a number, \"INF\", \"-INF\" or \"NaN\""},
    Row{Primitive::Stream, "Edm.Stream", "a string"},
    Row{Primitive::String, "Edm.String", "a string"},
    Row{Primitive::TimeOfDay, "Edm.TimeOfDay", "a time such as \"08:30:00\""},
    Row{Primitive::Untyped, "Edm.Untyped", "any JSON"},
};

// Reads a text from left to right; each step says whether it was there.
struct Cursor {
  std::string_view rest;

  bool at_end() const { return rest.empty(); }
  bool take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view chars) {
    return !rest.empty() && chars.find(rest.front()) != std::string_view::npos &&
           take(rest.front());
  }
  size_t take_digits() {
    size_t count = 0;
    while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9') ++count;
    rest.remove_prefix(count);
    return count;
  }
  // Exactly `width` digits with a value from `low` to `high`.
  std::optional<int> number(size_t width, int low, int high) {
    int value = 0;
    for (size_t i = 0; i < width; ++i) {
      if (i >= rest.size() || rest[i] < '0' || rest[i] > '9') return std::nullopt;
      value = value * 10 + (rest[i] - '0');
    }
    if (value < low || value > high) return std::nullopt;
    rest.remove_prefix(width);
    return value;
  }
};

bool take_date(Cursor& cursor) {
  cursor.take('-');  // a year before 0 (ABNF: year)
  const auto year = cursor.number(4, 0, 9999);
  if (!year || !cursor.take('-')) return false;
  const auto month = cursor.number(2, 1, 12);
  if (!month || !cursor.take('-')) return false;
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
  const int last = *month == 2 && is_leap ? 29 : kDays[*month - 1];
  return cursor.number(2, 1, last).has_value();
}

bool take_time(Cursor& cursor) {
  if (!cursor.number(2, 0, 23) || !cursor.take(':') || !cursor.number(2, 0, 59)) return false;
  if (!cursor.take(':')) return true;
  if (!cursor.number(2, 0, 59)) return false;
  if (!cursor.take('.')) return true;
  const size_t digits = cursor.take_digits();
  return digits >= 1 && digits <= 12;
}

bool is_date(std::string_view text) {
  Cursor cursor{text};
  return take_date(cursor) && cursor.at_end();
}

bool is_time_of_day(std::string_view text) {
  Cursor cursor{text};
  return take_time(cursor) && cursor.at_end();
}

bool is_date_time_offset(std::string_view text) {
  Cursor cursor{text};
  if (!take_date(cursor) || !cursor.take_any("Tt") || !take_time(cursor)) return false;
  if (cursor.take_any("Zz")) return cursor.at_end();
  return cursor.take_any("+-") && cursor.number(2, 0, 14) && cursor.take(':') &&
         cursor.number(2, 0, 59) && cursor.at_end();
}

// OData has days, hours, minutes and seconds; Graph also takes years, months and weeks (Intune and
// governance policies: "P1Y", "P2W"), as ISO 8601 does.
bool is_duration(std::string_view text) {
  Cursor cursor{text};
  if (!cursor.take('-')) cursor.take('+');
  if (!cursor.take('P')) return false;
  bool has_part = false;
  const auto take_parts = [&](std::string_view units) {
    while (!cursor.at_end() && cursor.rest.front() != 'T') {
      if (cursor.take_digits() == 0) return false;
      const bool has_fraction = cursor.take('.');
      if (has_fraction && cursor.take_digits() == 0) return false;
      if (cursor.at_end()) return false;
      const auto unit = units.find(cursor.rest.front());
      if (unit == std::string_view::npos || (has_fraction && cursor.rest.front() != 'S'))
        return false;
      units.remove_prefix(unit + 1);  // each unit once, in this order
      cursor.rest.remove_prefix(1);
      has_part = true;
    }
    return true;
  };
  if (!take_parts("YMWD")) return false;
  if (cursor.take('T')) {
    has_part = false;  // a 'T' with nothing behind it is no duration
    if (!take_parts("HMS")) return false;
  }
  return has_part && cursor.at_end();
}

// Either alphabet (RFC 4648), padded or not, lines allowed.
bool is_base64(std::string_view text) {
  size_t digits = 0, padding = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const bool ok = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    c == '+' || c == '/' || c == '-' || c == '_';
    if (!ok || padding > 0) return false;
    ++digits;
  }
  return digits % 4 != 1 && (padding == 0 || (padding <= 2 && (digits + padding) % 4 == 0));
}

// An integer in JSON is a number without fraction; "1.0" and "1E2" are refused as .NET does.
template <typename Integer>
bool is_integer_text(std::string_view text) {
  Integer value{};
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return !text.empty() && result.ec == std::errc() && result.ptr == end;
}

bool is_decimal(std::string_view text) {
  Cursor cursor{text};
  if (!cursor.take('-')) cursor.take('+');
  size_t digits = cursor.take_digits();
  if (cursor.take('.')) digits += cursor.take_digits();
  if (digits == 0) return false;
  if (cursor.take_any("eE")) {
    cursor.take_any("+-");
    if (cursor.take_digits() == 0) return false;
  }
  return cursor.at_end();
}

bool is_floating(const base::json::value& value, double limit) {
  if (base::is_number(value)) {
    const auto number = base::number_as_double(value);
    return number && std::abs(*number) <= limit;
  }
  if (!value.is_string()) return false;
  const auto& text = value.get_string();
  return text == "INF" || text == "-INF" || text == "NaN";
}

}  // namespace

bool is_integer(Primitive primitive) {
  return primitive == Primitive::Byte || primitive == Primitive::SByte ||
         primitive == Primitive::Int16 || primitive == Primitive::Int32 ||
         primitive == Primitive::Int64;
}

bool is_number(Primitive primitive) {
  return is_integer(primitive) || primitive == Primitive::Decimal ||
         primitive == Primitive::Double || primitive == Primitive::Single;
}

std::optional<Primitive> primitive_named(std::string_view qualified_name) {
  for (const auto& row : kRows) {
    if (row.name == qualified_name) return row.primitive;
  }
  if (qualified_name == "Edm.PrimitiveType" || qualified_name == "Edm.ComplexType" ||
      qualified_name == "Edm.EntityType") {
    return Primitive::Untyped;
  }
  if (qualified_name.starts_with("Edm.Geography") || qualified_name.starts_with("Edm.Geometry")) {
    return Primitive::Geography;
  }
  return std::nullopt;
}

std::string_view name_of(Primitive primitive) {
  return kRows[static_cast<size_t>(primitive)].name;
}

std::string_view example_of(Primitive primitive) {
  return kRows[static_cast<size_t>(primitive)].example;
}

bool is_guid(std::string_view text) {
  static constexpr std::string_view kForm = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
  // What may stand where the form has that; most keys are GUIDs, and each is asked.
  static constexpr auto kFits = [] {
    std::array<char, 256> fits{};
    for (const unsigned char c : std::string_view("0123456789abcdefABCDEF")) fits[c] = 'h';
    fits[static_cast<unsigned char>('-')] = '-';
    return fits;
  }();
  if (text.size() != kForm.size()) return false;
  bool is_guid = true;
  for (size_t i = 0; i < kForm.size(); ++i) {
    is_guid &= kFits[static_cast<unsigned char>(text[i])] == kForm[i];
  }
  return is_guid;
}

bool is_of(Primitive primitive, const base::json::value& value) {
  const bool is_number = base::is_number(value);
  const bool is_string = base::is_string(value);
  const std::string_view text =
      is_string ? std::string_view(value.get_string().data(), value.get_string().size())
                : std::string_view();
  switch (primitive) {
    case Primitive::Untyped:
      return true;
    case Primitive::Boolean:
      return value.is_bool();
    case Primitive::String:
      return is_string;
    case Primitive::Stream:  // text as it is, bytes in base64 (JSON 9)
      return is_string;
    case Primitive::Binary:
      return is_string && is_base64(text);
    case Primitive::Guid:
      return is_string && is_guid(text);
    case Primitive::Date:
      return is_string && is_date(text);
    case Primitive::TimeOfDay:
      return is_string && is_time_of_day(text);
    case Primitive::DateTimeOffset:
      return is_string && is_date_time_offset(text);
    case Primitive::Duration:
      return is_string && is_duration(text);
    case Primitive::Geography:
      return value.is_object();
    case Primitive::Byte:
      return is_number && is_integer_text<uint8_t>(base::number_text(value));
    case Primitive::SByte:
      return is_number && is_integer_text<int8_t>(base::number_text(value));
    case Primitive::Int16:
      return is_number && is_integer_text<int16_t>(base::number_text(value));
    case Primitive::Int32:
      return is_number && is_integer_text<int32_t>(base::number_text(value));
    case Primitive::Int64:
      return is_number ? is_integer_text<int64_t>(base::number_text(value))
                       : is_string && is_integer_text<int64_t>(text);
    case Primitive::Decimal:
      return is_number || (is_string && is_decimal(text));
    case Primitive::Double:
      return is_floating(value, std::numeric_limits<double>::max());
    case Primitive::Single:
      return is_floating(value, std::numeric_limits<float>::max());
  }
  return false;
}

}  // namespace graphmock::model
