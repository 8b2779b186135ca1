#include "base/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <vector>

namespace graphmock::base {
namespace {

// Begins the json::string that holds a number's text: no UTF-8 text holds this byte, and the
// parser refuses what is not UTF-8, so it cannot be mistaken for a string.
constexpr char kNumberMark = '\xFF';

struct Position {
  size_t line;
  size_t column;
};

Position position_at(std::string_view text, size_t offset) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  const auto newline = before.rfind('\n');
  return {static_cast<size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          newline == std::string_view::npos ? before.size() + 1 : before.size() - newline};
}

json::string marked_number(std::string_view text) {
  json::string marked;
  marked.reserve(text.size() + 1);
  marked.push_back(kNumberMark);
  marked.append(text);
  return marked;
}

std::string double_text(double number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, end};
}

// What basic_parser asks of a handler, with nothing done; each reader below overrides what it
// wants to hear of.
struct SilentHandler {
  using Code = boost::system::error_code;
  static constexpr size_t max_object_size = size_t(-1);
  static constexpr size_t max_array_size = size_t(-1);
  static constexpr size_t max_key_size = size_t(-1);
  static constexpr size_t max_string_size = size_t(-1);
  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(size_t, Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(size_t, Code&) { return true; }
  bool on_key_part(json::string_view, size_t, Code&) { return true; }
  bool on_key(json::string_view, size_t, Code&) { return true; }
  bool on_string_part(json::string_view, size_t, Code&) { return true; }
  bool on_string(json::string_view, size_t, Code&) { return true; }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(int64_t, json::string_view, Code&) { return true; }
  bool on_uint64(uint64_t, json::string_view, Code&) { return true; }
  bool on_double(double, json::string_view, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }
};

struct ValueHandler : SilentHandler {
  json::value_stack stack;
  size_t key_count = 0;

  bool on_document_begin(Code&) {
    stack.reset();
    return true;
  }
  bool on_object_end(size_t size, Code&) {
    stack.push_object(size);
    return true;
  }
  bool on_array_end(size_t size, Code&) {
    stack.push_array(size);
    return true;
  }
  bool on_key_part(json::string_view part, size_t, Code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_key(json::string_view rest, size_t, Code&) {
    stack.push_key(rest);
    ++key_count;
    return true;
  }
  bool on_string_part(json::string_view part, size_t, Code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(json::string_view rest, size_t, Code&) {
    stack.push_string(rest);
    return true;
  }
  bool on_int64(int64_t number, json::string_view text, Code&) {
    if (number == 0 && text.size() > 1) {  // "-0"
      push_text(text);
    } else {
      stack.push_int64(number);
    }
    return true;
  }
  bool on_uint64(uint64_t number, json::string_view, Code&) {
    stack.push_uint64(number);
    return true;
  }
  // The text is read again: Boost.JSON 1.81 does not round correctly. The whole text is in one
  // buffer, so no number comes in parts.
  bool on_double(double, json::string_view text, Code&) {
    double number = 0;
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec == std::errc() &&
        double_text(number) == std::string_view(text.data(), text.size())) {
      stack.push_double(number);
    } else {
      push_text(text);
    }
    return true;
  }
  bool on_bool(bool value, Code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack.push_null();
    return true;
  }

 private:
  void push_text(json::string_view text) {
    stack.push_string(marked_number({text.data(), text.size()}));
  }
};

// Follows where in a document the parser is, as a JSON pointer.
struct PathHandler : SilentHandler {
  struct Level {
    bool is_array;
    size_t index = 0;
    std::string key;
    std::vector<std::string> keys;  // seen so far, when duplicates are looked for
  };
  std::vector<Level> levels;
  std::string key;
  bool track_keys = false;
  std::string duplicate;

  std::string pointer() const {
    std::string result;
    for (const auto& level : levels) {
      result = pointer_child(result, level.is_array ? std::to_string(level.index) : level.key);
    }
    return result;
  }
  bool begin(bool is_array) {
    levels.push_back({is_array, 0, {}, {}});
    return true;
  }
  bool end() {
    levels.pop_back();
    return value_done();
  }
  bool value_done() {
    if (!levels.empty() && levels.back().is_array) ++levels.back().index;
    return true;
  }
  bool on_key_part(json::string_view part, size_t, Code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view rest, size_t, Code& code) {
    key.append(rest.data(), rest.size());
    auto& level = levels.back();
    level.key = std::move(key);
    key.clear();
    if (!track_keys) return true;
    if (std::find(level.keys.begin(), level.keys.end(), level.key) != level.keys.end()) {
      duplicate = level.key;
      code = boost::system::errc::make_error_code(boost::system::errc::interrupted);
      return false;
    }
    level.keys.push_back(level.key);
    return true;
  }
};

struct DuplicateHandler : PathHandler {
  DuplicateHandler() { track_keys = true; }
  bool on_object_begin(Code&) { return begin(false); }
  bool on_array_begin(Code&) { return begin(true); }
  bool on_object_end(size_t, Code&) { return end(); }
  bool on_array_end(size_t, Code&) { return end(); }
};

struct LineHandler : PathHandler {
  std::string wanted;

  bool visit(Code& code) {
    if (pointer() != wanted) return true;
    code = boost::system::errc::make_error_code(boost::system::errc::interrupted);
    return false;
  }
  bool on_object_begin(Code& code) { return visit(code) && begin(false); }
  bool on_array_begin(Code& code) { return visit(code) && begin(true); }
  bool on_object_end(size_t, Code&) { return end(); }
  bool on_array_end(size_t, Code&) { return end(); }
  bool on_string(json::string_view, size_t, Code& code) { return visit(code) && value_done(); }
  bool on_int64(int64_t, json::string_view, Code& code) { return visit(code) && value_done(); }
  bool on_uint64(uint64_t, json::string_view, Code& code) { return visit(code) && value_done(); }
  bool on_double(double, json::string_view, Code& code) { return visit(code) && value_done(); }
  bool on_bool(bool, Code& code) { return visit(code) && value_done(); }
  bool on_null(Code& code) { return visit(code) && value_done(); }
};

json::parse_options options_for(JsonSyntax syntax) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  options.allow_comments = syntax == JsonSyntax::kRelaxed;
  options.allow_trailing_commas = syntax == JsonSyntax::kRelaxed;
  return options;
}

// Gives the offset at which parsing ended.
template <typename Handler>
size_t run(json::basic_parser<Handler>& parser, std::string_view text,
           boost::system::error_code& code) {
  return parser.write_some(false, text.data(), text.size(), code);
}

size_t count_keys(const json::value& value) {
  size_t count = 0;
  if (const auto* object = value.if_object()) {
    count += object->size();
    for (const auto& member : *object) count += count_keys(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += count_keys(item);
  }
  return count;
}

[[noreturn]] void throw_duplicate(std::string_view text, JsonSyntax syntax) {
  json::basic_parser<DuplicateHandler> parser(options_for(syntax));
  boost::system::error_code code;
  const auto position = position_at(text, run(parser, text, code));
  throw JsonError("duplicate member '" + parser.handler().duplicate + "'", position.line,
                  position.column);
}

}  // namespace

json::value parse_json(std::string_view text, JsonSyntax syntax) {
  json::basic_parser<ValueHandler> parser(options_for(syntax));
  boost::system::error_code code;
  size_t read = run(parser, text, code);
  if (!code && read < text.size()) {
    const auto rest = text.find_first_not_of(" \t\r\n", read);
    if (rest != std::string_view::npos) code = json::make_error_code(json::error::extra_data);
    read = rest;
  }
  if (code) {
    const auto position = position_at(text, read);
    const bool is_empty = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    throw JsonError(is_empty ? "no JSON value, the text is empty" : code.message(), position.line,
                    position.column);
  }
  auto value = parser.handler().stack.release();
  // Boost.JSON keeps the last of several equal keys; that some were lost shows in the count.
  if (count_keys(value) != parser.handler().key_count) throw_duplicate(text, syntax);
  return value;
}

bool is_number(const json::value& value) {
  if (value.is_number()) return true;
  const auto* text = value.if_string();
  return text && !text->empty() && text->front() == kNumberMark;
}

bool is_string(const json::value& value) {
  return value.is_string() && !is_number(value);
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
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

json::value make_number(std::string_view text) {
  int64_t integer = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, integer);
  if (result.ec == std::errc() && result.ptr == end && std::to_string(integer) == text) {
    return integer;
  }
  return marked_number(text);
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  size_t plain = 0;  // start of the run that needs no escape
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
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
  out.append(text, plain, text.size() - plain);
  out += '"';
}

void append_json(std::string& out, const json::value& value) {
  if (const auto* object = value.if_object()) {
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

size_t line_of(std::string_view text, std::string_view pointer, JsonSyntax syntax) {
  std::string wanted(pointer);
  for (;;) {
    json::basic_parser<LineHandler> parser(options_for(syntax));
    parser.handler().wanted = wanted;
    boost::system::error_code code;
    const size_t offset = run(parser, text, code);
    if (code == boost::system::errc::interrupted || wanted.empty()) {
      return position_at(text, offset).line;
    }
    wanted.resize(wanted.rfind('/'));
  }
}

}  // namespace graphmock::base
