#include "base/json.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "base/work_budget.h"

namespace graphmock::base {
namespace {

// Begins the json::string that holds a number's text: no UTF-8 text holds this byte, and the
// parser refuses what is not UTF-8, so it cannot be mistaken for a string.
constexpr char kNumberMark = '\xFF';

json::string marked_number(std::string_view text) {
  json::string marked;
  marked.reserve(text.size() + 1);
  marked.push_back(kNumberMark);
  marked.append(text);
  return marked;
}

constexpr uint64_t kOnes = 0x0101010101010101;

// Not 0 when a byte of the word is.
constexpr uint64_t zero_bytes(uint64_t word) {
  return (word - kOnes) & ~word & (kOnes << 7);
}

// How much of the text's beginning needs no escape, by eight bytes at a time.
size_t plain_run(std::string_view text) {
  size_t i = 0;
  for (; i + sizeof(uint64_t) <= text.size(); i += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    const uint64_t controls = zero_bytes(word & (kOnes * 0xE0));
    if ((controls | zero_bytes(word ^ (kOnes * '"')) | zero_bytes(word ^ (kOnes * '\\'))) != 0)
      break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != '"' &&
         text[i] != '\\') {
    ++i;
  }
  return i;
}

std::string double_text(double number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, end};
}

}  // namespace

bool is_number(const json::value& value) {
  if (value.is_number()) return true;
  const auto* text = value.if_string();
  return text && !text->empty() && text->front() == kNumberMark;
}

bool is_string(const json::value& value) {
  return value.is_string() && !is_number(value);
}

std::string text_of(const json::value* value) {
  if (!value || !is_string(*value)) return {};
  return std::string(std::string_view(value->get_string()));
}

std::string number_text(const json::value& value) {
  if (const auto* integer = value.if_int64()) return std::to_string(*integer);
  if (const auto* integer = value.if_uint64()) return std::to_string(*integer);
  if (const auto* number = value.if_double()) return double_text(*number);
  return std::string(std::string_view(value.get_string()).substr(1));
}

std::optional<double> number_as_double(const json::value& value) {
  if (const auto* integer = value.if_int64()) return static_cast<double>(*integer);
  if (const auto* integer = value.if_uint64()) return static_cast<double>(*integer);
  if (const auto* number = value.if_double()) return *number;
  const auto text = std::string_view(value.get_string()).substr(1);
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc()) return number;
  // Out of range is what is too large, and what is too small to differ from 0.
  number = std::strtod(std::string(text).c_str(), nullptr);
  if (std::isinf(number)) return std::nullopt;
  return number;
}

json::value make_number(std::string_view text) {
  const auto end = text.data() + text.size();
  int64_t integer = 0;
  if (const auto result = std::from_chars(text.data(), end, integer);
      result.ec == std::errc() && result.ptr == end && std::to_string(integer) == text) {
    return integer;
  }
  // Read here and not by Boost.JSON, which in 1.81 does not round correctly.
  double number = 0;
  if (const auto result = std::from_chars(text.data(), end, number);
      result.ec == std::errc() && double_text(number) == text) {
    return number;
  }
  return marked_number(text);
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  assert(is_valid_utf8(text));
  out += '"';
  for (;;) {
    const size_t plain = plain_run(text);
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    const char c = text[plain];
    text.remove_prefix(plain + 1);
    out += '\\';
    switch (c) {
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      case '\b':
        out += 'b';
        break;
      case '\f':
        out += 'f';
        break;
      case '"':
      case '\\':
        out += c;
        break;
      default:
        out += "u00";
        out += kDigits[c >> 4];
        out += kDigits[c & 15];
    }
  }
  out += '"';
}

void append_json(std::string& out, const json::value& value) {
  constexpr uint64_t kWorkOfItem = 10;
  if (const auto* object = value.if_object()) {
    charge(object->size() * kWorkOfItem);
    out += '{';
    bool is_first = true;
    for (const auto& member : *object) {
      if (!is_first) out += ',';
      is_first = false;
      append_json_string(out, {member.key().data(), member.key().size()});
      out += ':';
      append_json(out, member.value());
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    charge(array->size() * kWorkOfItem);
    out += '[';
    bool is_first = true;
    for (const auto& item : *array) {
      if (!is_first) out += ',';
      is_first = false;
      append_json(out, item);
    }
    out += ']';
  } else if (value.is_null()) {
    out += "null";
  } else if (const auto* boolean = value.if_bool()) {
    out += *boolean ? "true" : "false";
  } else if (is_number(value)) {
    out += number_text(value);
  } else {
    charge_copy(value.get_string().size());
    append_json_string(out, value.get_string());
  }
}

std::string to_json(const json::value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string_view kind_name(const json::value& value) {
  if (is_number(value)) return "number";
  switch (value.kind()) {
    case json::kind::object:
      return "object";
    case json::kind::array:
      return "array";
    case json::kind::string:
      return "string";
    case json::kind::bool_:
      return "Boolean";
    default:
      return "null";
  }
}

const json::value* at_pointer(const json::value& root, std::string_view pointer) {
  boost::system::error_code code;
  return root.find_pointer(pointer, code);
}

std::string pointer_child(std::string_view pointer, std::string_view name) {
  std::string child(pointer);
  child += '/';
  for (const char c : name) {
    if (c == '~') {
      child += "~0";
    } else if (c == '/') {
      child += "~1";
    } else {
      child += c;
    }
  }
  return child;
}

}  // namespace graphmock::base
