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

namespace graphmock::scenario {

// Which requests a rule is about; what is empty matches any.
struct RequestPattern {
  std::vector<std::string> methods;  // upper case
  std::string version;
  std::optional<std::vector<std::string>> path;  // segments; "{x}" is any one, "**" the rest
  std::string operation;                         // qualified name
};

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
  std::string code;
  std::string message;
};

struct ScriptedResponse {
  std::optional<int> status;  // with none of the next five the real answer is given, only later
  std::optional<ScriptedError> error;
  std::optional<std::string> body;  // of "body" as it stands, of "jsonBody" as its text
  bool is_json = false;
  std::string serve;  // resource path without version, whose GET is the answer
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds delay{0};

  bool answers() const { return status || error || body || !serve.empty(); }
};

struct Rule {
  std::string name;
  int priority = 5;  // the lowest number is asked first
  RequestPattern request;
  CallRange calls;
  ScriptedResponse response;
};

struct Script {
  std::string name;
  std::string description;
  std::vector<Rule> rules;  // by priority, then as in the file
};

using ScriptPtr = std::shared_ptr<const Script>;

}  // namespace graphmock::scenario
