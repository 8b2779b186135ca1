// One value out of many: what an aggregate expression is worth for the rows of a group (OData Data
// Aggregation 3.2.1).
#pragma once

#include <string>
#include <unordered_set>

#include "graph/apply/plan.h"
#include "graph/apply/work.h"

namespace graphmock::graph {

class Accumulator {
 public:
  explicit Accumulator(const Aggregate& aggregate) : aggregate_(aggregate) {}

  // Throws http::Error (400) for values that cannot be aggregated so, and for a sum of integers
  // that 64 bits do not hold.
  void add(Work& work, const Row& row);
  // Null where there was nothing to aggregate.
  odata::ComputedProperty result() const;

 private:
  // Each entity that a path leads to counts once.
  void add_entities(Work& work, const Row& row);
  void take_all(Work& work, const odata::Value& value);
  void take(Work& work, const odata::Value& value);
  void add_up(const odata::Value& value);
  void choose(Work& work, const odata::Value& value);

  const Aggregate& aggregate_;
  odata::Value value_;
  size_t longest_ = 0;  // of the texts that `value_` was
  int64_t count_ = 0;
  std::unordered_set<std::string> seen_;      // entities
  std::unordered_set<std::string> distinct_;  // values
};

}  // namespace graphmock::graph
