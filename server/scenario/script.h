// A scenario as its file has it: rules that say which requests they are about and what becomes of
// them. Immutable once read, shared by all tenants; where a tenant stands in it, Player knows.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/message.h"
#include "scenario/request_pattern.h"

namespace graphmock::scenario {

// The state that every scenario begins in.
inline constexpr std::string_view kStarted = "Started";

// Which of the matching calls, counted from 1.
struct CallRange {
  uint64_t from = 1;
  uint64_t to = UINT64_MAX;
  uint64_t every = 1;

  bool contains(uint64_t call) const {
    return call >= from && call <= to && (call - from) % every == 0;
  }
};

struct ScriptedError {
  std::string code;  // empty: the one that the addressed type's family has for the status
  std::string message;
};

// Of each delay that a rule asks for.
inline constexpr int64_t kLongestDelayMs = 3'600'000;

// How long a delay is, in milliseconds; drawn anew for each request.
struct DelayDistribution {
  enum class Kind { Fixed, Uniform, Lognormal };
  Kind kind = Kind::Fixed;
  double lower = 0;                 // Fixed: the delay
  double upper = 0;                 // Uniform
  double median = 0, sigma = 0;     // Lognormal
  std::optional<double> max_value;  // Lognormal: longer ones are cut to it
};

struct ScriptedResponse {
  std::optional<int> status;  // with none of the next four the real answer is given
  std::optional<ScriptedError> error;
  std::shared_ptr<const std::string> body;  // of "body", "jsonBody" as its text, "bodyFileName"
  bool is_json = false;                     // that body
  std::string serve;  // resource path without version, whose GET is the answer
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds delay{0};
  std::optional<DelayDistribution> distribution;  // beside `delay`
  http::Dribble dribble;
  http::Fault fault = http::Fault::None;

  // Whether it says what the answer is, or leaves that to the store.
  bool answers() const { return status || error || body || !serve.empty(); }
  // Whether nothing of an answer gets through, so that there need not be one.
  bool is_loss() const { return http::loses_answer(fault); }
};

using ResponsePtr = std::shared_ptr<const ScriptedResponse>;

// So many requests in a window of time, which begins with the first of them.
struct RateLimit {
  uint64_t limit = 0;
  std::chrono::milliseconds window{0};
  uint64_t cost = 1;                     // of each request
  bool by_app = false, by_path = false;  // each has a quota of its own; by tenant always
};

// By its method: a lag is about the others.
constexpr bool is_read(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

// How late reads see what a write has made or changed: when both have passed.
struct ConsistencyLag {
  std::chrono::milliseconds time{0};
  uint64_t reads = 0;  // that would have seen it
};

enum class Phase {
  Before,  // the rule's answer comes in place of the store's
  After,   // the store has done what was asked, and its answer is lost
};

struct Rule {
  std::string name;
  int priority = 5;  // the lowest number is asked first
  RequestPattern request;
  std::string required_state;  // empty: any
  std::string new_state;       // empty: as it was
  CallRange calls;
  double probability = 1;
  Phase phase = Phase::Before;
  std::vector<ResponsePtr> responses;  // in turn, the last one kept; empty for the other kinds
  std::optional<RateLimit> rate_limit;
  std::optional<ConsistencyLag> lag;
};

struct Script {
  std::string name;
  std::string description;
  std::vector<Rule> rules;  // by priority, then as in the file
};

using ScriptPtr = std::shared_ptr<const Script>;

}  // namespace graphmock::scenario
