#include "scenario/script_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "scenario/pattern_reader.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;
namespace fs = std::filesystem;

constexpr int64_t kMostNumber = std::numeric_limits<int64_t>::max();
constexpr int64_t kLongestMilliseconds = int64_t{1000} * 60 * 60 * 24 * 365;
constexpr size_t kMostRules = 1'000;
constexpr size_t kMostFileBytes = 64 * 1024 * 1024;

class ScriptReader {
 public:
  ScriptReader(const BodyFiles& files, Fields& fields) : files_(files), fields_(fields) {}

  void read(const json::value& root, Script& script) {
    bool has_rules = false;
    fields_.read(root, "",
                 {{"description",
                   [&](const auto& field, const auto& place) {
                     script.description = fields_.string(field, place);
                   }},
                  {"rules", [&](const auto& field, const auto& place) {
                     has_rules = true;
                     read_rules(field, place, script);
                   }}});
    if (root.is_object() && !has_rules) {
      fields_.problem("", "a scenario needs 'rules', an array");
    }
    std::stable_sort(script.rules.begin(), script.rules.end(),
                     [](const Rule& a, const Rule& b) { return a.priority < b.priority; });
  }

 private:
  void read_rules(const json::value& value, const std::string& pointer, Script& script) {
    const auto* rules = value.if_array();
    if (!rules) return fields_.problem(pointer, "expected an array of rules");
    if (rules->size() > kMostRules) {
      return fields_.problem(pointer, "a scenario has " + std::to_string(kMostRules) +
                                          " rules at most, not " + std::to_string(rules->size()));
    }
    for (size_t i = 0; i < rules->size(); ++i) {
      const auto number = std::to_string(i);
      script.rules.push_back(read_rule((*rules)[i], base::pointer_child(pointer, number)));
      if (script.rules.back().name.empty()) {
        script.rules.back().name = "rule " + std::to_string(i + 1);
      }
    }
  }

  Rule read_rule(const json::value& value, const std::string& pointer) {
    Rule rule;
    const auto before = fields_.problem_count();
    fields_.read(
        value, pointer,
        {{"name",
          [&](const auto& field, const auto& place) { rule.name = fields_.string(field, place); }},
         {"priority",
          [&](const auto& field, const auto& place) {
            rule.priority = static_cast<int>(fields_.integer(field, place, -1000000, 1000000));
          }},
         {"request",
          [&](const auto& field, const auto& place) {
            rule.request = read_pattern(field, place, fields_);
          }},
         {"requiredScenarioState",
          [&](const auto& field, const auto& place) {
            rule.required_state = fields_.string(field, place);
          }},
         {"newScenarioState",
          [&](const auto& field, const auto& place) {
            rule.new_state = fields_.string(field, place);
          }},
         {"calls",
          [&](const auto& field, const auto& place) { rule.calls = read_calls(field, place); }},
         {"probability",
          [&](const auto& field, const auto& place) {
            rule.probability = fields_.number(field, place, 0, 1);
          }},
         {"phase",
          [&](const auto& field, const auto& place) { rule.phase = read_phase(field, place); }},
         {"response",
          [&](const auto& field, const auto& place) { add_response(field, place, rule); }},
         {"responses",
          [&](const auto& field, const auto& place) { read_responses(field, place, rule); }},
         {"rateLimit", [&](const auto& field,
                           const auto& place) { rule.rate_limit = read_rate_limit(field, place); }},
         {"consistencyLag",
          [&](const auto& field, const auto& place) { rule.lag = read_lag(field, place); }}});
    if (fields_.problem_count() == before) check(value.get_object(), pointer, rule);
    return rule;
  }

  // Of fields that are each right by themselves.
  void check(const json::object& object, const std::string& pointer, const Rule& rule) {
    std::vector<std::string> kinds;
    for (const auto* kind : {"response", "responses", "rateLimit", "consistencyLag"}) {
      if (object.contains(kind)) kinds.emplace_back(kind);
    }
    if (kinds.empty() && rule.new_state.empty()) {
      fields_.problem(pointer,
                      "the rule does nothing: give it a 'response', 'responses', a 'rateLimit', a "
                      "'consistencyLag' or a 'newScenarioState'");
    }
    if (kinds.size() > 1) {
      fields_.problem(pointer, "a rule is of one kind, not both '" + kinds[0] + "' and '" +
                                   kinds[1] + "'; two rules do both");
    }
    if (object.contains("phase") && rule.responses.empty()) {
      fields_.problem(pointer, "a 'phase' says when a 'response' comes; the rule has none");
    }
    const auto& methods = rule.request.methods;
    const bool reads_alone =
        !methods.empty() &&
        std::all_of(methods.begin(), methods.end(), [](const auto& one) { return is_read(one); });
    if (rule.lag && reads_alone) {
      fields_.problem(pointer,
                      "a 'consistencyLag' is about writes, whose effect all reads see late; its "
                      "'request' names methods that read");
    }
  }

  Phase read_phase(const json::value& value, const std::string& pointer) {
    const auto phase = fields_.string(value, pointer);
    if (base::is_string(value) && phase != "before" && phase != "after") {
      fields_.problem(pointer, "'" + phase + "' is neither 'before' nor 'after'");
    }
    return phase == "after" ? Phase::After : Phase::Before;
  }

  void add_response(const json::value& value, const std::string& pointer, Rule& rule) {
    rule.responses.push_back(
        std::make_shared<const ScriptedResponse>(read_response(value, pointer, files_, fields_)));
  }

  void read_responses(const json::value& value, const std::string& pointer, Rule& rule) {
    const auto* list = value.if_array();
    if (!list || list->empty()) {
      return fields_.problem(pointer, "expected an array of at least one response");
    }
    for (size_t i = 0; i < list->size(); ++i) {
      add_response((*list)[i], base::pointer_child(pointer, std::to_string(i)), rule);
    }
  }

  CallRange read_calls(const json::value& value, const std::string& pointer) {
    CallRange calls;
    const auto number = [&](uint64_t& to) {
      return [&](const json::value& field, const std::string& place) {
        to = static_cast<uint64_t>(fields_.integer(field, place, 1, kMostNumber));
      };
    };
    const auto before = fields_.problem_count();
    fields_.read(
        value, pointer,
        {{"from", number(calls.from)}, {"to", number(calls.to)}, {"every", number(calls.every)}});
    if (fields_.problem_count() == before && calls.to < calls.from) {
      fields_.problem(pointer, "'to' lies before 'from'");
    }
    return calls;
  }

  RateLimit read_rate_limit(const json::value& value, const std::string& pointer) {
    RateLimit limit;
    bool has_limit = false;
    fields_.read(
        value, pointer,
        {{"limit",
          [&](const auto& field, const auto& place) {
            has_limit = true;
            limit.limit = static_cast<uint64_t>(fields_.integer(field, place, 0, kMostNumber));
          }},
         {"windowSeconds",
          [&](const auto& field, const auto& place) {
            const auto seconds = fields_.number(field, place, 0.001, 86400.0 * 365);
            limit.window = std::chrono::milliseconds(std::llround(seconds * 1000));
          }},
         {"cost",
          [&](const auto& field, const auto& place) {
            limit.cost = static_cast<uint64_t>(fields_.integer(field, place, 1, 1'000'000'000));
          }},
         {"by", [&](const auto& field, const auto& place) { read_by(field, place, limit); }}});
    if (value.is_object() && (!has_limit || limit.window.count() == 0)) {
      fields_.problem(pointer, "a rate limit needs a 'limit' and 'windowSeconds'");
    } else if (limit.limit > 0 && limit.cost > limit.limit) {
      fields_.problem(pointer, "no request could ever pass: its 'cost' is over the 'limit'");
    }
    return limit;
  }

  void read_by(const json::value& value, const std::string& pointer, RateLimit& limit) {
    const auto* list = value.if_array();
    if (!list) return fields_.problem(pointer, "expected an array of 'tenant', 'app', 'path'");
    for (size_t i = 0; i < list->size(); ++i) {
      const auto place = base::pointer_child(pointer, std::to_string(i));
      const auto name = fields_.string((*list)[i], place);
      limit.by_app |= name == "app";
      limit.by_path |= name == "path";
      if (base::is_string((*list)[i]) && name != "app" && name != "path" && name != "tenant") {
        fields_.problem(place, "'" + name + "' is none of tenant, app, path");
      }
    }
  }

  ConsistencyLag read_lag(const json::value& value, const std::string& pointer) {
    ConsistencyLag lag;
    const auto before = fields_.problem_count();
    fields_.read(
        value, pointer,
        {{"milliseconds",
          [&](const auto& field, const auto& place) {
            lag.time =
                std::chrono::milliseconds(fields_.integer(field, place, 0, kLongestMilliseconds));
          }},
         {"reads", [&](const auto& field, const auto& place) {
            lag.reads = static_cast<uint64_t>(fields_.integer(field, place, 0, kMostNumber));
          }}});
    if (fields_.problem_count() == before && lag.time.count() == 0 && lag.reads == 0) {
      fields_.problem(pointer, "a lag lasts some 'milliseconds' or some 'reads'");
    }
    return lag;
  }

  const BodyFiles& files_;
  Fields& fields_;
};

// Reads a text and gives its root to `read`; false when there were problems.
template <typename Read>
bool read_document(const std::string& file, std::string_view text, base::LoadErrors& errors,
                   Read read) {
  const size_t before = errors.size();
  try {
    const auto root = base::parse_json(text, base::JsonSyntax::Relaxed);
    Fields fields(file, text, errors);
    read(root, fields);
  } catch (const base::JsonError& error) {
    errors.push_back({file, error.line, error.what()});
  }
  return errors.size() == before;
}

struct LibraryFile {
  fs::path path;
  std::string name;  // within the folder
  bool is_script = false;
};

// Whether it is in the folder, wherever links lead.
bool is_within(const fs::path& file, const fs::path& folder) {
  std::error_code code;
  const auto inner = fs::canonical(file, code), outer = fs::canonical(folder, code);
  return !code && *inner.lexically_relative(outer).begin() != "..";
}

std::vector<LibraryFile> files_in(const fs::path& folder, base::LoadErrors& errors) {
  std::vector<LibraryFile> files;
  std::error_code code;
  for (auto entry = fs::recursive_directory_iterator(folder, code);
       !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    std::error_code unreadable;  // a link to itself, say
    if (!entry->is_regular_file(unreadable)) continue;
    const auto relative = entry->path().lexically_relative(folder);
    const bool is_script = relative.parent_path().empty() && relative.extension() == ".json";
    if (!is_script && !is_within(entry->path(), folder)) continue;
    files.push_back({entry->path(), relative.generic_string(), is_script});
  }
  if (code) errors.push_back({folder.string(), 0, "cannot be read: " + code.message()});
  std::sort(files.begin(), files.end(),
            [](const LibraryFile& a, const LibraryFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace

ScriptPtr read_script(std::string name, const std::string& file, std::string_view text,
                      const BodyFiles& files, base::LoadErrors& errors) {
  auto script = std::make_shared<Script>();
  script->name = std::move(name);
  const bool is_right =
      read_document(file, text, errors, [&](const json::value& root, Fields& fields) {
        ScriptReader(files, fields).read(root, *script);
      });
  return is_right ? script : nullptr;
}

Library load_library(const fs::path& folder, base::LoadErrors& errors) {
  Library library;
  std::vector<std::pair<LibraryFile, std::string>> scripts;  // with their texts
  size_t bytes = 0;
  for (auto& file : files_in(folder, errors)) {
    auto text = base::read_file(file.path, errors);
    if (!text) continue;
    if (file.is_script) {
      scripts.emplace_back(std::move(file), *std::move(text));
      continue;
    }
    bytes += text->size();
    if (bytes > kMostFileBytes) {
      errors.push_back(
          {file.path.string(), 0, "the files beside the scenarios take more than 64 MiB"});
      break;
    }
    library.files.emplace(file.name, std::make_shared<const std::string>(*std::move(text)));
  }
  for (const auto& [file, text] : scripts) {
    auto script =
        read_script(file.path.stem().string(), file.path.string(), text, library.files, errors);
    if (script) library.scripts.emplace(script->name, std::move(script));
  }
  return library;
}

std::optional<RequestPattern> read_request_pattern(const std::string& file, std::string_view text,
                                                   base::LoadErrors& errors) {
  std::optional<RequestPattern> pattern;
  const bool is_right = read_document(
      file, text, errors,
      [&](const json::value& root, Fields& fields) { pattern = read_pattern(root, "", fields); });
  return is_right ? pattern : std::nullopt;
}

}  // namespace graphmock::scenario
