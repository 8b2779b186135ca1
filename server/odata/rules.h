// How expressions are evaluated, beyond what they say themselves, and how long at most.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace graphmock::odata {

struct Rules {
  bool ignore_case = false;  // of strings, as among directory objects
  base::Instant now;
};

// Adds what something cost: a step is about what it takes to look at one value. Lambdas within
// lambdas over long collections would take for ever: throws http::Error (400) when the steps of a
// request are used up.
void take_steps(uint64_t& steps, uint64_t cost);

// Around what is evaluated for one of many entities: gives its steps back when they are few. What
// every entity costs is bounded by the query's length; what adds up is bounded by take_steps().
class EntityCost {
 public:
  explicit EntityCost(uint64_t& steps) : steps_(steps), before_(steps) {}
  ~EntityCost();
  EntityCost(const EntityCost&) = delete;
  EntityCost& operator=(const EntityCost&) = delete;

 private:
  uint64_t& steps_;
  const uint64_t before_;
};

}  // namespace graphmock::odata
