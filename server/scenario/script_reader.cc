#include "scenario/script_reader.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "http/request_head.h"
#include "http/url.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

// What the format has and this version does not act on yet.
constexpr std::array<std::string_view, 15> kNotImplemented = {"type",
                                                              "query",
                                                              "body",
                                                              "headers",
                                                              "probability",
                                                              "phase",
                                                              "responses",
                                                              "bodyFileName",
                                                              "rateLimit",
                                                              "consistencyLag",
                                                              "fault",
                                                              "delayDistribution",
                                                              "chunkedDribbleDelay",
                                                              "requiredScenarioState",
                                                              "newScenarioState"};

// One JSON object being read: every field is asked for by name, what was not asked for is a
// problem at the end.
class Fields {
 public:
  Fields(const std::string& file, std::string_view text, base::LoadErrors& errors)
      : file_(file), text_(text), errors_(errors) {}

  size_t problem_count() const { return errors_.size(); }

  void problem(const std::string& pointer, std::string what) const {
    errors_.push_back({file_, base::line_of(text_, pointer), std::move(what)});
  }

  const json::object* object(const json::value& value, const std::string& pointer) const {
    if (!value.is_object()) problem(pointer, expected("an object", value));
    return value.if_object();
  }

  std::string string(const json::value& value, const std::string& pointer) const {
    if (base::is_string(value)) return std::string(std::string_view(value.get_string()));
    problem(pointer, expected("a string", value));
    return {};
  }

  int64_t integer(const json::value& value, const std::string& pointer, int64_t low,
                  int64_t high) const {
    const auto* number = value.if_int64();
    if (number && *number >= low && *number <= high) return *number;
    problem(pointer,
            "expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return low;
  }

  void unknown(const std::string& pointer, std::string_view name,
               const std::vector<std::string_view>& known) const {
    if (std::find(kNotImplemented.begin(), kNotImplemented.end(), name) != kNotImplemented.end()) {
      return problem(pointer, "'" + std::string(name) + "' is not implemented here yet");
    }
    auto what = "unknown field '" + std::string(name) + "'";
    if (const auto near = base::nearest(name, known)) {
      what += "; did you mean '" + std::string(*near) + "'?";
    }
    problem(pointer, std::move(what));
  }

 private:
  static std::string expected(std::string_view what, const json::value& value) {
    return "expected " + std::string(what) + ", found " + std::string(base::kind_name(value));
  }

  const std::string& file_;
  std::string_view text_;
  base::LoadErrors& errors_;
};

class ScriptReader {
 public:
  ScriptReader(const std::string& file, std::string_view text, base::LoadErrors& errors)
      : fields_(file, text, errors) {}

  void read(const json::value& root, Script& script) {
    const auto* object = fields_.object(root, "");
    if (!object) return;
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child("", name);
      if (name == "description") {
        script.description = fields_.string(member.value(), place);
      } else if (name == "rules") {
        read_rules(member.value(), place, script);
      } else {
        fields_.unknown(place, name, {"description", "rules"});
      }
    }
    if (!object->contains("rules")) fields_.problem("", "a scenario needs 'rules', an array");
    std::stable_sort(script.rules.begin(), script.rules.end(),
                     [](const Rule& a, const Rule& b) { return a.priority < b.priority; });
  }

 private:
  void read_rules(const json::value& value, const std::string& pointer, Script& script) {
    const auto* rules = value.if_array();
    if (!rules) return fields_.problem(pointer, "expected an array of rules");
    for (size_t i = 0; i < rules->size(); ++i) {
      script.rules.push_back(
          read_rule((*rules)[i], base::pointer_child(pointer, std::to_string(i))));
    }
  }

  Rule read_rule(const json::value& value, const std::string& pointer) {
    Rule rule;
    const auto* object = fields_.object(value, pointer);
    if (!object) return rule;
    bool has_response = false;
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child(pointer, name);
      if (name == "name") {
        rule.name = fields_.string(member.value(), place);
      } else if (name == "priority") {
        rule.priority = static_cast<int>(fields_.integer(member.value(), place, -1000000, 1000000));
      } else if (name == "request") {
        read_request(member.value(), place, rule.request);
      } else if (name == "calls") {
        read_calls(member.value(), place, rule.calls);
      } else if (name == "response") {
        has_response = true;
        read_response(member.value(), place, rule.response);
      } else {
        fields_.unknown(place, name, {"name", "priority", "request", "calls", "response"});
      }
    }
    if (!has_response) fields_.problem(pointer, "the rule lacks a 'response'");
    return rule;
  }

  void read_request(const json::value& value, const std::string& pointer, RequestPattern& pattern) {
    const auto* object = fields_.object(value, pointer);
    if (!object) return;
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child(pointer, name);
      if (name == "method") {
        read_methods(member.value(), place, pattern);
      } else if (name == "version") {
        pattern.version = fields_.string(member.value(), place);
      } else if (name == "path") {
        const auto text = fields_.string(member.value(), place);
        if (base::is_string(member.value())) read_path(text, place, pattern);
      } else if (name == "operation") {
        pattern.operation = fields_.string(member.value(), place);
      } else {
        fields_.unknown(place, name, {"method", "version", "path", "operation"});
      }
    }
  }

  void read_methods(const json::value& value, const std::string& pointer, RequestPattern& pattern) {
    const auto add = [&](const json::value& method) {
      auto name = fields_.string(method, pointer);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      pattern.methods.push_back(std::move(name));
    };
    if (const auto* list = value.if_array()) {
      for (const auto& method : *list) add(method);
    } else {
      add(value);
    }
  }

  void read_path(const std::string& path, const std::string& pointer, RequestPattern& pattern) {
    if (!path.starts_with('/')) {
      return fields_.problem(pointer, "a path begins with '/' and has no version before it");
    }
    std::vector<std::string> segments;
    for (const auto segment : http::split_segments(path)) segments.emplace_back(segment);
    const auto rest = std::find(segments.begin(), segments.end(), "**");
    if (rest != segments.end() && rest + 1 != segments.end()) {
      fields_.problem(pointer, "'**' stands for the rest of a path, so nothing may follow it");
    }
    pattern.path = std::move(segments);
  }

  void read_calls(const json::value& value, const std::string& pointer, CallRange& calls) {
    const auto* object = fields_.object(value, pointer);
    if (!object) return;
    constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
    const size_t problems_before = fields_.problem_count();
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child(pointer, name);
      if (name == "from") {
        calls.from = static_cast<uint64_t>(fields_.integer(member.value(), place, 1, kMost));
      } else if (name == "to") {
        calls.to = static_cast<uint64_t>(fields_.integer(member.value(), place, 1, kMost));
      } else if (name == "every") {
        calls.every = static_cast<uint64_t>(fields_.integer(member.value(), place, 1, kMost));
      } else {
        fields_.unknown(place, name, {"from", "to", "every"});
      }
    }
    if (fields_.problem_count() > problems_before) return;
    if (calls.to < calls.from) fields_.problem(pointer, "'to' lies before 'from'");
  }

  void read_response(const json::value& value, const std::string& pointer,
                     ScriptedResponse& response) {
    constexpr int64_t kLongestDelay = 3'600'000;
    const size_t problems_before = fields_.problem_count();
    const auto* object = fields_.object(value, pointer);
    if (!object) return;
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child(pointer, name);
      if (name == "status") {
        response.status = static_cast<int>(fields_.integer(member.value(), place, 200, 599));
      } else if (name == "error") {
        read_error(member.value(), place, response);
      } else if (name == "jsonBody") {
        response.body = base::to_json(member.value());
        response.is_json = true;
      } else if (name == "body") {
        response.body = fields_.string(member.value(), place);
      } else if (name == "serve") {
        response.serve = fields_.string(member.value(), place);
      } else if (name == "headers") {
        read_headers(member.value(), place, response);
      } else if (name == "fixedDelayMilliseconds") {
        response.delay =
            std::chrono::milliseconds(fields_.integer(member.value(), place, 0, kLongestDelay));
      } else {
        fields_.unknown(
            place, name,
            {"status", "error", "jsonBody", "body", "serve", "headers", "fixedDelayMilliseconds"});
      }
    }
    if (fields_.problem_count() > problems_before) return;
    check_response(*object, pointer, response);
  }

  // Of fields that are each right by themselves.
  void check_response(const json::object& object, const std::string& pointer,
                      const ScriptedResponse& response) {
    int bodies = 0;
    for (const auto* name : {"error", "jsonBody", "body", "serve"}) {
      if (object.contains(name)) ++bodies;
    }
    if (bodies > 1) {
      fields_.problem(pointer,
                      "only one of 'error', 'jsonBody', 'body' and 'serve' can be the answer");
    }
    if (!response.answers() && (response.delay.count() == 0 || !response.headers.empty())) {
      fields_.problem(pointer,
                      "the response says nothing: give it a 'status', an 'error', a body, "
                      "'serve', or 'fixedDelayMilliseconds' alone");
    }
  }

  void read_error(const json::value& value, const std::string& pointer,
                  ScriptedResponse& response) {
    const auto* object = fields_.object(value, pointer);
    if (!object) return;
    ScriptedError error;
    for (const auto& member : *object) {
      const std::string_view name = member.key();
      const auto place = base::pointer_child(pointer, name);
      if (name == "code") {
        error.code = fields_.string(member.value(), place);
      } else if (name == "message") {
        error.message = fields_.string(member.value(), place);
      } else {
        fields_.unknown(place, name, {"code", "message"});
      }
    }
    if (error.code.empty()) fields_.problem(pointer, "an error needs a 'code'");
    response.error = std::move(error);
  }

  void read_headers(const json::value& value, const std::string& pointer,
                    ScriptedResponse& response) {
    const auto* object = fields_.object(value, pointer);
    if (!object) return;
    for (const auto& member : *object) {
      const auto place = base::pointer_child(pointer, member.key());
      const auto text = fields_.string(member.value(), place);
      if (!http::is_token(member.key())) {
        fields_.problem(place, "'" + std::string(member.key()) + "' cannot be a header's name");
      }
      if (text.find_first_of("\r\n") != std::string::npos) {
        fields_.problem(place, "a header's value is one line");
      }
      response.headers.emplace_back(member.key(), text);
    }
  }

  Fields fields_;
};

}  // namespace

ScriptPtr read_script(std::string name, const std::string& file, std::string_view text,
                      base::LoadErrors& errors) {
  auto script = std::make_shared<Script>();
  script->name = std::move(name);
  const size_t before = errors.size();
  try {
    const auto root = base::parse_json(text, base::JsonSyntax::Relaxed);
    ScriptReader(file, text, errors).read(root, *script);
  } catch (const base::JsonError& error) {
    errors.push_back({file, error.line, error.what()});
  }
  return errors.size() == before ? script : nullptr;
}

Scripts load_scripts(const std::filesystem::path& folder, base::LoadErrors& errors) {
  Scripts scripts;
  std::vector<std::filesystem::path> files;
  std::error_code code;
  for (auto entry = std::filesystem::directory_iterator(folder, code);
       !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  if (code) errors.push_back({folder.string(), 0, "cannot be read: " + code.message()});
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const auto text = base::read_file(file, errors);
    if (!text) continue;
    auto script = read_script(file.stem().string(), file.string(), *text, errors);
    if (script) scripts.emplace(script->name, std::move(script));
  }
  return scripts;
}

}  // namespace graphmock::scenario
