#include "graph/apply/pipeline.h"

#include <algorithm>

#include "graph/apply/accumulator.h"
#include "graph/apply/group_by.h"
#include "graph/ordering.h"

namespace graphmock::graph {
namespace {

using odata::TransformationKind;

class Filter : public Stage {
 public:
  Filter(const Step& step, Work& work, Stage& next) : step_(step), work_(work), next_(next) {}

  bool take(Row row) override {
    return work_.matches(*step_.filter, row) ? next_.take(std::move(row)) : true;
  }
  void end() override { next_.end(); }

 private:
  const Step& step_;
  Work& work_;
  Stage& next_;
};

class Compute : public Stage {
 public:
  Compute(const Step& step, Work& work, Stage& next) : step_(step), work_(work), next_(next) {}

  bool take(Row row) override {
    work_.compute(*step_.computation, row);
    return next_.take(std::move(row));
  }
  void end() override { next_.end(); }

 private:
  const Step& step_;
  Work& work_;
  Stage& next_;
};

class Skip : public Stage {
 public:
  Skip(const Step& step, Stage& next) : left_(step.number), next_(next) {}

  bool take(Row row) override {
    if (left_ == 0) return next_.take(std::move(row));
    --left_;
    return true;
  }
  void end() override { next_.end(); }

 private:
  uint64_t left_;
  Stage& next_;
};

class Top : public Stage {
 public:
  Top(const Step& step, Stage& next) : left_(step.number), next_(next) {}

  bool take(Row row) override {
    if (left_ == 0) return false;
    --left_;
    return next_.take(std::move(row)) && left_ > 0;
  }
  void end() override { next_.end(); }

 private:
  uint64_t left_;
  Stage& next_;
};

// orderby, topcount and bottomcount: keeps the first rows of an order. The latter two give them in
// the order in which they came.
class Ordered : public Stage {
 public:
  Ordered(const Step& step, Work& work, Stage& next)
      : step_(step),
        most_(step.kind == TransformationKind::OrderBy ? step.most : step.number),
        work_(work),
        next_(next),
        first_(Precedes(step.orderby), most_) {}

  bool take(Row row) override {
    if (most_ == 0) return false;
    Keyed keyed{{}, ++place_, {}};
    for (const auto& item : step_.orderby) {
      keyed.keys.push_back(order_key(work_.value(*item.expression, row)));
    }
    if (!first_.takes(keyed)) return true;
    if (!first_.is_full()) work_.keep(row, keyed.keys);
    keyed.row = std::move(row);
    first_.put(std::move(keyed));
    return true;
  }

  void end() override {
    auto rows = first_.in_order();
    if (step_.kind != TransformationKind::OrderBy) {
      std::sort(rows.begin(), rows.end(),
                [](const Keyed& a, const Keyed& b) { return a.place < b.place; });
    }
    for (auto& keyed : rows) {
      if (!next_.take(std::move(keyed.row))) break;
    }
    next_.end();
  }

 private:
  struct Keyed {
    odata::Values keys;
    uint64_t place;
    Row row;
  };

  const Step& step_;
  const uint64_t most_;
  Work& work_;
  Stage& next_;
  FirstRows<Keyed> first_;
  uint64_t place_ = 0;
};

class Aggregation : public Stage {
 public:
  Aggregation(const Step& step, Work& work, Stage& next) : work_(work), next_(next) {
    for (const auto& aggregate : step.aggregates) accumulators_.emplace_back(aggregate);
  }

  bool take(Row row) override {
    for (auto& accumulator : accumulators_) accumulator.add(work_, row);
    return true;
  }
  // One instance, even where there was none.
  void end() override {
    Row row;
    for (const auto& accumulator : accumulators_) {
      row.computed.properties.push_back(accumulator.result());
    }
    next_.take(std::move(row));
    next_.end();
  }

 private:
  Work& work_;
  Stage& next_;
  std::vector<Accumulator> accumulators_;
};

// Null for what changes nothing.
std::unique_ptr<Stage> stage_of(const Step& step, Work& work, Stage& next) {
  switch (step.kind) {
    case TransformationKind::Aggregate:
      return std::make_unique<Aggregation>(step, work, next);
    case TransformationKind::BottomCount:
    case TransformationKind::OrderBy:
    case TransformationKind::TopCount:
      return std::make_unique<Ordered>(step, work, next);
    case TransformationKind::Compute:
      return std::make_unique<Compute>(step, work, next);
    case TransformationKind::Concat:
      return concat_stage(step, work, next);
    case TransformationKind::Filter:
      return std::make_unique<Filter>(step, work, next);
    case TransformationKind::GroupBy:
      return group_by_stage(step, work, next);
    case TransformationKind::Skip:
      return std::make_unique<Skip>(step, next);
    case TransformationKind::Top:
      return std::make_unique<Top>(step, next);
    case TransformationKind::Identity:
      break;
  }
  return nullptr;
}

}  // namespace

Pipeline::Pipeline(const Steps& steps, Work& work, Stage& sink) : first_(&sink) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    auto stage = stage_of(*step, work, *first_);
    if (!stage) continue;
    stages_.push_back(std::move(stage));
    first_ = stages_.back().get();
  }
}

}  // namespace graphmock::graph
