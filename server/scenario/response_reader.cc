#include "scenario/response_reader.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "http/request_head.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

constexpr int64_t kMostChunks = 1'000'000;

constexpr std::array kFaults = {
    std::pair{std::string_view("CONNECTION_RESET_BY_PEER"), http::Fault::ConnectionReset},
    std::pair{std::string_view("EMPTY_RESPONSE"), http::Fault::EmptyResponse},
    std::pair{std::string_view("MALFORMED_RESPONSE_CHUNK"), http::Fault::MalformedChunk},
    std::pair{std::string_view("RANDOM_DATA_THEN_CLOSE"), http::Fault::RandomDataThenClose},
    std::pair{std::string_view("TRUNCATED_BODY"), http::Fault::TruncatedBody},
};

constexpr std::array kDistributions = {
    std::pair{std::string_view("fixed"), DelayDistribution::Kind::Fixed},
    std::pair{std::string_view("uniform"), DelayDistribution::Kind::Uniform},
    std::pair{std::string_view("lognormal"), DelayDistribution::Kind::Lognormal},
};

// One of a table's names.
template <typename Value, size_t N>
Value read_name(const json::value& value, const std::string& pointer, Fields& fields,
                const std::array<std::pair<std::string_view, Value>, N>& table) {
  const auto name = fields.string(value, pointer);
  std::string known;
  for (const auto& [one, meaning] : table) {
    if (one == name) return meaning;
    known += (known.empty() ? "" : ", ") + std::string(one);
  }
  if (base::is_string(value)) {
    fields.problem(pointer, "'" + name + "' is none of " + known);
  }
  return table[0].second;
}

ScriptedError read_error(const json::value& value, const std::string& pointer, Fields& fields) {
  ScriptedError error;
  fields.read(value, pointer,
              {{"code", [&](const auto& field,
                            const auto& place) { error.code = fields.string(field, place); }},
               {"message", [&](const auto& field, const auto& place) {
                  error.message = fields.string(field, place);
                }}});
  if (value.is_object() && error.code.empty()) fields.problem(pointer, "an error needs a 'code'");
  return error;
}

void read_headers(const json::value& value, const std::string& pointer, Fields& fields,
                  ScriptedResponse& response) {
  const auto* object = fields.object(value, pointer);
  if (!object) return;
  for (const auto& member : *object) {
    const auto place = base::pointer_child(pointer, member.key());
    const auto text = fields.string(member.value(), place);
    if (!http::is_token(member.key())) {
      fields.problem(place, "'" + std::string(member.key()) + "' cannot be a header's name");
    }
    // Another word on those would break the connection.
    if (http::is_framing_field(member.key())) {
      fields.problem(place, "'" + std::string(member.key()) +
                                "' is for the server to say; for answers that break off there is "
                                "'fault'");
    }
    if (text.find_first_of("\r\n") != std::string::npos) {
      fields.problem(place, "a header's value is one line");
    }
    response.headers.emplace_back(member.key(), text);
  }
}

DelayDistribution read_distribution(const json::value& value, const std::string& pointer,
                                    Fields& fields) {
  using Kind = DelayDistribution::Kind;
  DelayDistribution delay;
  const auto milliseconds = [&](double& to) {
    return [&](const json::value& field, const std::string& place) {
      to = fields.number(field, place, 0, kLongestDelayMs);
    };
  };
  const auto before = fields.problem_count();
  fields.read(
      value, pointer,
      {{"type",
        [&](const auto& field, const auto& place) {
          delay.kind = read_name(field, place, fields, kDistributions);
        }},
       {"milliseconds", milliseconds(delay.lower)},
       {"lower", milliseconds(delay.lower)},
       {"upper", milliseconds(delay.upper)},
       {"median", milliseconds(delay.median)},
       {"sigma", [&](const auto& field,
                     const auto& place) { delay.sigma = fields.number(field, place, 0, 10); }},
       {"maxValue", [&](const auto& field, const auto& place) {
          delay.max_value = fields.number(field, place, 0, kLongestDelayMs);
        }}});
  if (fields.problem_count() > before) return delay;
  const auto demand = [&](bool holds, const char* what) {
    if (!holds) fields.problem(pointer, what);
  };
  const auto& object = value.get_object();
  demand(object.contains("type"), "a distribution needs a 'type': fixed, uniform or lognormal");
  if (delay.kind == Kind::Fixed)
    demand(object.contains("milliseconds"), "'milliseconds' is missing");
  if (delay.kind == Kind::Uniform) {
    demand(object.contains("lower") && object.contains("upper") && delay.lower <= delay.upper,
           "a uniform delay lies between 'lower' and 'upper'");
  }
  if (delay.kind == Kind::Lognormal) {
    demand(object.contains("sigma") && delay.median > 0,
           "a lognormal delay needs a 'median' over 0 and a 'sigma'");
  }
  return delay;
}

http::Dribble read_dribble(const json::value& value, const std::string& pointer, Fields& fields) {
  http::Dribble dribble;
  fields.read(value, pointer,
              {{"numberOfChunks",
                [&](const auto& field, const auto& place) {
                  dribble.chunks =
                      static_cast<uint32_t>(fields.integer(field, place, 1, kMostChunks));
                }},
               {"totalDuration", [&](const auto& field, const auto& place) {
                  dribble.total =
                      std::chrono::milliseconds(fields.integer(field, place, 0, kLongestDelayMs));
                }}});
  if (value.is_object() && dribble.chunks == 0) {
    fields.problem(pointer, "'numberOfChunks' is missing");
  }
  return dribble;
}

std::shared_ptr<const std::string> file_named(const std::string& name, const std::string& pointer,
                                              const BodyFiles& files, Fields& fields) {
  // WireMock keeps such files in a folder of that name.
  for (const auto& path : {name, "__files/" + name}) {
    if (const auto found = files.find(path); found != files.end()) return found->second;
  }
  std::vector<std::string_view> names;
  for (const auto& [known, text] : files) names.emplace_back(known);
  auto what = "there is no file '" + name + "' in the folder of scenarios";
  if (const auto near = base::nearest(name, names)) {
    what += "; did you mean '" + std::string(*near) + "'?";
  }
  fields.problem(pointer, std::move(what));
  return nullptr;
}

std::string read_served(const json::value& value, const std::string& pointer, Fields& fields) {
  auto path = fields.string(value, pointer);
  if (!base::is_string(value)) return path;
  const bool has_version = path.starts_with("/v1.0/") || path.starts_with("/beta/");
  if (!path.starts_with('/') || has_version || path.find('?') != std::string::npos) {
    fields.problem(pointer,
                   "'serve' is a resource path such as '/users': it begins with '/', and has no "
                   "version and no query");
  }
  return path;
}

// Of fields that are each right by themselves.
void check(const json::object& object, const std::string& pointer, Fields& fields,
           const ScriptedResponse& response) {
  int bodies = 0;
  for (const auto* name : {"error", "jsonBody", "body", "bodyFileName", "serve"}) {
    if (object.contains(name)) ++bodies;
  }
  if (bodies > 1) {
    fields.problem(pointer,
                   "only one of 'error', 'jsonBody', 'body', 'bodyFileName' and 'serve' can be the "
                   "answer");
  }
  if (bodies > 0 && (response.status == 204 || response.status == 304)) {
    fields.problem(base::pointer_child(pointer, "status"),
                   "an answer of status " + std::to_string(*response.status) +
                       " has no body; give it another status");
  }
  const bool is_delivered = response.delay.count() > 0 || response.distribution ||
                            response.dribble.chunks > 0 || response.fault != http::Fault::None;
  if (!response.answers() && !is_delivered && response.headers.empty()) {
    fields.problem(pointer,
                   "the response says nothing: give it a 'status', an 'error', a body, 'serve', "
                   "'headers', a delay or a 'fault'");
  }
}

}  // namespace

ScriptedResponse read_response(const json::value& value, const std::string& pointer,
                               const BodyFiles& files, Fields& fields) {
  ScriptedResponse response;
  const auto before = fields.problem_count();
  fields.read(
      value, pointer,
      {{"status",
        [&](const auto& field, const auto& place) {
          response.status = static_cast<int>(fields.integer(field, place, 200, 599));
        }},
       {"error", [&](const auto& field,
                     const auto& place) { response.error = read_error(field, place, fields); }},
       {"jsonBody",
        [&](const auto& field, const auto&) {
          response.body = std::make_shared<const std::string>(base::to_json(field));
          response.is_json = true;
        }},
       {"body",
        [&](const auto& field, const auto& place) {
          response.body = std::make_shared<const std::string>(fields.string(field, place));
        }},
       {"bodyFileName",
        [&](const auto& field, const auto& place) {
          const auto name = fields.string(field, place);
          if (base::is_string(field)) response.body = file_named(name, place, files, fields);
          response.is_json = name.ends_with(".json");
        }},
       {"serve", [&](const auto& field,
                     const auto& place) { response.serve = read_served(field, place, fields); }},
       {"headers", [&](const auto& field,
                       const auto& place) { read_headers(field, place, fields, response); }},
       {"fixedDelayMilliseconds",
        [&](const auto& field, const auto& place) {
          response.delay =
              std::chrono::milliseconds(fields.integer(field, place, 0, kLongestDelayMs));
        }},
       {"delayDistribution",
        [&](const auto& field, const auto& place) {
          response.distribution = read_distribution(field, place, fields);
        }},
       {"chunkedDribbleDelay",
        [&](const auto& field, const auto& place) {
          response.dribble = read_dribble(field, place, fields);
        }},
       {"fault", [&](const auto& field, const auto& place) {
          response.fault = read_name(field, place, fields, kFaults);
        }}});
  if (fields.problem_count() == before) check(value.get_object(), pointer, fields, response);
  return response;
}

std::string_view name_of(http::Fault fault) {
  for (const auto& [name, one] : kFaults) {
    if (one == fault) return name;
  }
  return {};
}

}  // namespace graphmock::scenario
