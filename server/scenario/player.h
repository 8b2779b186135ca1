// One tenant's position in its scenarios: which are active, how often each rule was met, and so
// what becomes of the next request.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/script.h"
#include "scenario/script_reader.h"

namespace graphmock::scenario {

// What of a request the rules look at.
struct Facts {
  std::string_view method;
  std::string_view version;
  std::vector<std::string> segments;  // odata::plain_segments
  std::string_view operation;         // qualified name; empty when none is addressed
};

bool matches(const RequestPattern& pattern, const Facts& facts);

struct Verdict {
  ScriptPtr script;                            // keeps `response` alive
  const ScriptedResponse* response = nullptr;  // null: the request goes on to the store
  std::chrono::milliseconds delay{0};
};

struct Activation {
  ScriptPtr script;
  std::vector<uint64_t> calls;  // by rule
};

// From any thread.
class Player {
 public:
  // `canned` answers what no active scenario does; null for nothing.
  Player(const Scripts& scripts, ScriptPtr canned);

  // False when there is no such scenario.
  bool activate(std::string_view name);
  void define_and_activate(ScriptPtr script);
  // False when there is no such scenario; one that is not active stays so.
  bool deactivate(std::string_view name);

  // `for_this_request`: a scenario that acts as if active, its calls counted on; empty for none.
  // Throws http::Error (400) when there is no scenario of that name.
  Verdict judge(const Facts& facts, std::string_view for_this_request);

  // Active ones, in the order in which they were activated.
  std::vector<Activation> active() const;
  ScriptPtr find(std::string_view name) const;  // null when there is none

 private:
  ScriptPtr find_locked(std::string_view name) const;
  void restart_locked(ScriptPtr script);
  Activation& position_locked(const ScriptPtr& script, std::vector<Activation>& positions);

  const Scripts& scripts_;
  const ScriptPtr canned_;
  mutable std::mutex mutex_;
  Scripts own_scripts_;  // defined in this tenant; they hide shared ones of the same name
  std::vector<Activation> active_;
  std::vector<Activation> by_header_;  // acted for single requests
  Activation canned_position_;
};

}  // namespace graphmock::scenario
