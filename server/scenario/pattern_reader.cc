#include "scenario/pattern_reader.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>

#include "base/json.h"
#include "http/request_head.h"
#include "http/url.h"
#include "odata/path.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

// What compiling and running one takes at most.
constexpr int64_t kPatternBytes = 1 << 20;
constexpr size_t kMostMatchers = 100;

void read_methods(const json::value& value, const std::string& pointer, Fields& fields,
                  std::vector<std::string>& methods) {
  const auto add = [&](const json::value& method) {
    auto name = fields.string(method, pointer);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (base::is_string(method) && !http::is_token(name)) {
      fields.problem(pointer, "'" + name + "' cannot be a method");
    }
    methods.push_back(std::move(name));
  };
  // WireMock's word for what is absent here.
  if (base::is_string(value) && value.get_string() == "ANY") return;
  if (const auto* list = value.if_array()) {
    for (const auto& method : *list) add(method);
  } else {
    add(value);
  }
}

std::vector<std::string> read_path(const json::value& value, const std::string& pointer,
                                   Fields& fields) {
  const auto path = fields.string(value, pointer);
  if (base::is_string(value) && !path.starts_with('/')) {
    fields.problem(pointer, "a path begins with '/' and has no version before it");
  }
  std::vector<std::string> written;
  for (const auto segment : http::split_segments(path)) written.emplace_back(segment);
  if (!written.empty() && (written[0] == "v1.0" || written[0] == "beta")) {
    fields.problem(pointer, "a path has no version before it; 'version' says '" + written[0] + "'");
  }
  auto segments = odata::plain_segments(written);
  if (path.find('?') != std::string::npos) {
    fields.problem(pointer, "a path has no query in it; 'query' says what is asked of options");
  }
  const auto rest = std::find(segments.begin(), segments.end(), "**");
  if (rest != segments.end() && rest + 1 != segments.end()) {
    fields.problem(pointer, "'**' stands for the rest of a path, so nothing may follow it");
  }
  return segments;
}

std::shared_ptr<const re2::RE2> read_regex(const json::value& value, const std::string& pointer,
                                           Fields& fields) {
  const auto text = fields.string(value, pointer);
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kPatternBytes);
  auto regex = std::make_shared<const re2::RE2>(text, options);
  if (!regex->ok()) {
    fields.problem(pointer, "'" + text + "' is no regular expression of RE2: " + regex->error());
  }
  return regex;
}

json::value read_limit(const json::value& value, const std::string& pointer, Fields& fields) {
  if (!base::is_number(value) && !base::is_string(value)) {
    fields.problem(pointer, "expected a number, or a string to compare with");
  }
  return value;
}

Matcher read_matcher(const json::value& value, const std::string& pointer, Fields& fields) {
  Matcher matcher;
  if (!value.is_object()) {
    matcher.equals = value;
    return matcher;
  }
  fields.read(
      value, pointer,
      {{"equals", [&](const auto& operand, const auto&) { matcher.equals = operand; }},
       {"contains", [&](const auto& operand, const auto&) { matcher.contains = operand; }},
       {"matches",
        [&](const auto& operand, const auto& place) {
          matcher.matches = read_regex(operand, place, fields);
        }},
       {"absent", [&](const auto& operand,
                      const auto& place) { matcher.absent = fields.boolean(operand, place); }},
       {"greaterThan",
        [&](const auto& operand, const auto& place) {
          matcher.greater_than = read_limit(operand, place, fields);
        }},
       {"lessThan",
        [&](const auto& operand, const auto& place) {
          matcher.less_than = read_limit(operand, place, fields);
        }},
       {"caseInsensitive", [&](const auto& operand, const auto& place) {
          matcher.ignores_case = fields.boolean(operand, place);
        }}});
  const auto* regex = matcher.matches.get();
  if (matcher.ignores_case && regex && regex->ok()) {
    matcher.matches = read_regex(json::value("(?i)" + regex->pattern()), pointer, fields);
  }
  return matcher;
}

void read_matchers(const json::value& value, const std::string& pointer, Fields& fields,
                   std::vector<std::pair<std::string, Matcher>>& matchers) {
  const auto* object = fields.object(value, pointer);
  if (!object) return;
  if (object->size() > kMostMatchers) {
    return fields.problem(pointer, "at most " + std::to_string(kMostMatchers) +
                                       " values are looked at, not " +
                                       std::to_string(object->size()));
  }
  for (const auto& member : *object) {
    const auto place = base::pointer_child(pointer, member.key());
    matchers.emplace_back(member.key(), read_matcher(member.value(), place, fields));
  }
}

void read_body(const json::value& value, const std::string& pointer, Fields& fields,
               RequestPattern& pattern) {
  read_matchers(value, pointer, fields, pattern.body);
  for (const auto& [place, matcher] : pattern.body) {
    if (place.empty() || place.starts_with('/')) continue;
    fields.problem(base::pointer_child(pointer, place),
                   "'" + place + "' is no JSON pointer: they begin with '/', as '/" + place + "'");
  }
}

// Of a type or an operation: "microsoft.graph.user".
std::string read_qualified_name(const json::value& value, const std::string& pointer,
                                Fields& fields) {
  auto name = fields.string(value, pointer);
  if (name.starts_with('#')) name.erase(0, 1);
  if (base::is_string(value) && name.find('.') == std::string::npos) {
    fields.problem(pointer,
                   "'" + name + "' is no qualified name, such as 'microsoft.graph." + name + "'");
  }
  return name;
}

}  // namespace

RequestPattern read_pattern(const json::value& value, const std::string& pointer, Fields& fields) {
  RequestPattern pattern;
  fields.read(
      value, pointer,
      {{"method", [&](const auto& field,
                      const auto& place) { read_methods(field, place, fields, pattern.methods); }},
       {"version",
        [&](const auto& field, const auto& place) {
          pattern.version = fields.string(field, place);
          if (base::is_string(field) && pattern.version != "v1.0" && pattern.version != "beta") {
            fields.problem(place, "'" + pattern.version + "' is neither 'v1.0' nor 'beta'");
          }
        }},
       {"path", [&](const auto& field,
                    const auto& place) { pattern.path = read_path(field, place, fields); }},
       {"type",
        [&](const auto& field, const auto& place) {
          pattern.type = read_qualified_name(field, place, fields);
        }},
       {"operation",
        [&](const auto& field, const auto& place) {
          pattern.operation = read_qualified_name(field, place, fields);
        }},
       {"query", [&](const auto& field,
                     const auto& place) { read_matchers(field, place, fields, pattern.query); }},
       {"headers",
        [&](const auto& field, const auto& place) {
          read_matchers(field, place, fields, pattern.headers);
        }},
       {"body",
        [&](const auto& field, const auto& place) { read_body(field, place, fields, pattern); }}});
  return pattern;
}

}  // namespace graphmock::scenario
