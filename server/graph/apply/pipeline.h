// The transformations of a plan as stages that rows are pushed through one by one: none holds more
// than it has to, a group or the rows of an order.
#pragma once

#include <memory>
#include <vector>

#include "graph/apply/plan.h"
#include "graph/apply/work.h"

namespace graphmock::graph {

class Stage {
 public:
  virtual ~Stage() = default;
  // Whether it wants more; what it is given nevertheless it passes over. Throws http::Error (400).
  virtual bool take(Row row) = 0;
  // There are no more.
  virtual void end() = 0;
};

class Pipeline : public Stage {
 public:
  // All must outlive it. What leaves the last step goes to `sink`, and its end too.
  Pipeline(const Steps& steps, Work& work, Stage& sink);

  bool take(Row row) override { return first_->take(std::move(row)); }
  void end() override { first_->end(); }

 private:
  std::vector<std::unique_ptr<Stage>> stages_;  // from the last to the first
  Stage* first_;
};

}  // namespace graphmock::graph
