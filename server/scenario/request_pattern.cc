#include "scenario/request_pattern.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "http/secret_header.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

// "{id}" is any text, as are the braces in "getActivity(period='{period}')".
bool segment_matches(std::string_view pattern, std::string_view segment) {
  constexpr auto kNone = std::string_view::npos;
  // Where to go on from when what follows the last placeholder does not fit.
  size_t behind_placeholder = kNone, tried = 0;
  size_t i = 0, j = 0;
  while (j < segment.size()) {
    const auto close = i < pattern.size() && pattern[i] == '{' ? pattern.find('}', i) : kNone;
    if (close != kNone) {
      i = behind_placeholder = close + 1;
      tried = ++j;
    } else if (i < pattern.size() &&
               base::equals_ignoring_case(pattern.substr(i, 1), segment.substr(j, 1))) {
      ++i, ++j;
    } else if (behind_placeholder != kNone) {
      i = behind_placeholder;
      j = ++tried;
    } else {
      return false;
    }
  }
  return i == pattern.size();
}

bool path_matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "**") return true;
    if (i >= path.size()) return false;
    if (!segment_matches(pattern[i], path[i])) return false;
  }
  return path.size() == pattern.size();
}

std::string joined(const std::vector<std::string>& parts, std::string_view before,
                   std::string_view between) {
  std::string text;
  for (const auto& part : parts) text += std::string(text.empty() ? before : between) + part;
  return text;
}

// Only a pattern that names it is about a batch: its requests are looked at one by one.
constexpr std::string_view kBatch = "$batch";

bool is_batch(const std::vector<std::string>& segments) {
  return segments.size() == 1 && base::equals_ignoring_case(segments[0], kBatch);
}

bool is_of_type(const Facts& facts, std::string_view name) {
  for (const auto* type : facts.types) {
    for (; type; type = type->base) {
      if (base::equals_ignoring_case(type->name, name)) return true;
    }
  }
  return false;
}

std::string_view without_dollar(std::string_view name) {
  if (name.starts_with('$')) name.remove_prefix(1);
  return name;
}

// The values of a name; none where the request does not have it.
std::vector<json::value> query_values(const Facts& facts, std::string_view name) {
  std::vector<json::value> values;
  if (!facts.query) return values;
  for (const auto& option : *facts.query) {
    if (base::equals_ignoring_case(without_dollar(option.name), without_dollar(name)))
      values.emplace_back(option.value);
  }
  return values;
}

std::vector<json::value> header_values(const Facts& facts, std::string_view name) {
  std::vector<json::value> values;
  for (const auto& [field, value] : facts.request->headers) {
    if (base::equals_ignoring_case(field, name)) {
      values.emplace_back(value);
    }
  }
  return values;
}

std::vector<const json::value*> body_values(const Facts& facts, std::string_view pointer) {
  if (facts.request->body.empty()) return {};
  const auto* value = base::at_pointer(facts.body(), pointer);
  return value ? std::vector<const json::value*>{value} : std::vector<const json::value*>{};
}

// Goes through a pattern and says of each part whether the request has it so. With `why` all parts
// are looked at, without it the first that does not hold ends it.
class Comparison {
 public:
  Comparison(const RequestPattern& pattern, const Facts& facts, std::vector<std::string>* why)
      : pattern_(pattern), facts_(facts), why_(why) {}

  bool run() {
    const auto& methods = pattern_.methods;
    const auto method = facts_.request->method;
    return demand(!is_batch(facts_.segments) || (pattern_.path && is_batch(*pattern_.path)),
                  [] { return std::string("path: a batch is meant by '/$batch' alone"); }) &&
           demand(methods.empty() ||
                      std::find(methods.begin(), methods.end(), method) != methods.end(),
                  [&] { return expected("method", joined(methods, "", " or "), method); }) &&
           demand(pattern_.version.empty() || pattern_.version == facts_.version,
                  [&] { return expected("version", pattern_.version, facts_.version); }) &&
           demand(!pattern_.path || path_matches(*pattern_.path, facts_.segments),
                  [&] {
                    return expected("path", joined(*pattern_.path, "/", "/"),
                                    joined(facts_.segments, "/", "/"));
                  }) &&
           demand(pattern_.type.empty() || is_of_type(facts_, pattern_.type),
                  [&] {
                    return expected("type", pattern_.type,
                                    facts_.types.empty() ? "none" : facts_.types[0]->name);
                  }) &&
           demand(pattern_.operation.empty() ||
                      base::equals_ignoring_case(pattern_.operation, facts_.operation),
                  [&] {
                    return expected("operation", pattern_.operation,
                                    facts_.operation.empty() ? "none" : facts_.operation);
                  }) &&
           values("query option", pattern_.query, query_values) &&
           values("header", pattern_.headers, header_values) &&
           values("body", pattern_.body, body_values) && (!why_ || why_->empty());
  }

 private:
  static std::string expected(std::string_view what, std::string_view wanted,
                              std::string_view found) {
    return std::string(what) + ": expected " + std::string(wanted) + ", was " + std::string(found);
  }

  // Whether to go on.
  template <typename Explain>
  bool demand(bool holds, Explain explain) {
    if (holds) return true;
    if (!why_) return false;
    why_->push_back(explain());
    return true;
  }

  // `find` gives what the request has of a name: values of its own, or pointers to them.
  template <typename Value>
  bool values(std::string_view what, const std::vector<std::pair<std::string, Matcher>>& matchers,
              std::vector<Value> (*find)(const Facts&, std::string_view)) {
    for (const auto& one : matchers) {
      const auto& name = one.first;
      const auto& matcher = one.second;
      const auto found = find(facts_, name);
      const bool holds = found.empty()
                             ? matcher.accepts(nullptr)
                             : std::any_of(found.begin(), found.end(), [&](const Value& value) {
                                 return matcher.accepts(pointer_to(value));
                               });
      const auto explain = [&] {
        if (is_secret(what, name)) {
          return std::string(what) + " '" + name + "': its value is another (it is not shown)";
        }
        return expected(std::string(what) + " '" + name + "'", "one " + to_string(matcher),
                        found.empty() ? "absent" : shown(*pointer_to(found[0])));
      };
      if (!demand(holds, explain)) return false;
    }
    return true;
  }

  static bool is_secret(std::string_view what, const std::string& name) {
    if (what == "header") return http::is_secret_header(name);
    if (what == "query option") return http::is_secret_parameter(name);
    return http::is_secret_member(std::string_view(name).substr(name.rfind('/') + 1));
  }

  static const json::value* pointer_to(const json::value& value) { return &value; }
  static const json::value* pointer_to(const json::value* value) { return value; }

  static std::string shown(const json::value& value) {
    constexpr size_t kMostShown = 200;
    auto text = base::to_json(value);
    if (text.size() <= kMostShown) return text;
    text.resize(base::beginning_of(text, kMostShown).size());
    return text + "...";
  }

  const RequestPattern& pattern_;
  const Facts& facts_;
  std::vector<std::string>* const why_;
};

}  // namespace

const json::value& Facts::body() const {
  if (!body_) {
    try {
      body_ = base::parse_json(request->body);
    } catch (const base::JsonError&) {
      body_ = json::value(base::replace_invalid_utf8(request->body));
    }
  }
  return *body_;
}

bool matches(const RequestPattern& pattern, const Facts& facts) {
  return Comparison(pattern, facts, nullptr).run();
}

std::vector<std::string> mismatches(const RequestPattern& pattern, const Facts& facts) {
  std::vector<std::string> why;
  Comparison(pattern, facts, &why).run();
  return why;
}

}  // namespace graphmock::scenario
