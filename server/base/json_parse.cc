#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <unordered_set>
#include <vector>

#include "base/json.h"
#include "base/work_budget.h"

namespace graphmock::base {
namespace {

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
  json::storage_ptr memory;
  unsigned char buffer[4096];  // for the stack to begin in
  json::value_stack stack{{}, buffer, sizeof buffer};
  size_t key_count = 0;

  explicit ValueHandler(json::storage_ptr wanted) : memory(std::move(wanted)) {}

  bool on_document_begin(Code&) {
    stack.reset(memory);
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
    if (number == 0) return push_number(text);  // "-0" is not 0
    stack.push_int64(number);
    return true;
  }
  bool on_uint64(uint64_t number, json::string_view, Code&) {
    stack.push_uint64(number);
    return true;
  }
  bool on_double(double, json::string_view text, Code&) { return push_number(text); }
  bool on_bool(bool value, Code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack.push_null();
    return true;
  }

 private:
  // The whole text is in one buffer, so that no number comes in parts.
  bool push_number(json::string_view text) {
    const auto number = make_number(text);
    if (const auto* integer = number.if_int64()) {
      stack.push_int64(*integer);
    } else if (const auto* floating = number.if_double()) {
      stack.push_double(*floating);
    } else {
      stack.push_string(number.get_string());
    }
    return true;
  }
};

// Follows where in a document the parser is, as a JSON pointer.
struct PathHandler : SilentHandler {
  struct Level {
    bool is_array;
    size_t index = 0;
    std::string key;
    std::unordered_set<std::string> keys;  // seen so far, when duplicates are looked for
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
    if (!level.keys.insert(level.key).second) {
      duplicate = level.key;
      code = boost::system::errc::make_error_code(boost::system::errc::interrupted);
      return false;
    }
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

// A document, a member of it and the "value" of that around an entity.
constexpr size_t kLevelsOfFile = 4;

json::parse_options options_for(JsonSyntax syntax) {
  json::parse_options options;
  const bool is_relaxed = syntax == JsonSyntax::Relaxed;
  options.max_depth = kMaxJsonDepth + (is_relaxed ? kLevelsOfFile : 0);
  options.allow_comments = is_relaxed;
  options.allow_trailing_commas = is_relaxed;
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

json::value parse_json(std::string_view text, JsonSyntax syntax, json::storage_ptr memory) {
  constexpr uint64_t kWork = 100;
  constexpr uint64_t kWorkOfByte = 4;
  charge(kWork + text.size() * kWorkOfByte);
  json::basic_parser<ValueHandler> parser(options_for(syntax), std::move(memory));
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
