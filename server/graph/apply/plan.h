// What $apply is to do, checked against the type that it is asked of: each transformation with what
// it needs to know, and what its rows look like (OData Data Aggregation 3). With it go the options
// that apply to its result, $compute, $filter and $orderby, as if they were transformations more.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/computation.h"
#include "graph/extension_property.h"
#include "graph/property_path.h"
#include "model/model.h"
#include "odata/apply.h"
#include "odata/check.h"

namespace graphmock::graph {

struct Aggregate {
  const odata::AggregateItem* item;
  std::optional<PropertyPath> path;  // of what is aggregated, where that is one
  model::TypeRef type;               // of the result; Untyped: what the value is
};

// The tree of properties that a groupby shows: of "home/city" and "home/street" one with two in it.
struct Grouping {
  std::string_view name;
  model::TypeRef type;
  bool is_declared = true;
  size_t expression = 0;  // of a leaf: the place of its expression in the step's groups
  const model::StructuredType* owner = nullptr;  // of others: their type
  bool is_navigation = false;
  std::vector<Grouping> below;
};

struct Step {
  const odata::Transformation* transformation = nullptr;
  odata::TransformationKind kind{};
  uint64_t number = 0;                    // of Skip, Top, TopCount and BottomCount
  std::vector<odata::OrderItem> orderby;  // of OrderBy, TopCount and BottomCount
  uint64_t most = UINT64_MAX;             // of OrderBy: how many of the first matter
  odata::ExprPtr filter;
  std::shared_ptr<const Computation> computation;
  std::vector<Aggregate> aggregates;
  std::vector<Grouping> groupings;
  std::vector<std::vector<Step>> inner;
};
using Steps = std::vector<Step>;

// How many things a pipeline of these steps is made of, for the memory that each takes.
size_t parts_of(const Steps& steps);

class Plan {
 public:
  // All must outlive it. Throws http::Error: 400 for names that are wrong, 501 for what cannot be
  // done.
  Plan(const odata::Query& query, const model::Model& model, const model::StructuredType& type);

  const Steps& steps() const { return steps_; }  // of $apply, then those of the other options
  // What the other options and $select name.
  const model::StructuredType& type() const { return *shape_.type; }
  // Whether there are rows that are no entities.
  bool has_results() const { return shape_.has_results; }
  // What all rows have, as a context URL lists it: "jobTitle,Total", "*,Tax"; empty where that is
  // what the entities have.
  std::string properties() const;

 private:
  // A property that rows have, beside those of entities as they are.
  struct Column {
    std::string_view name;
    model::TypeRef type;
    bool is_declared = false;
    bool is_everywhere = true;
    const model::StructuredType* owner = nullptr;
    bool is_navigation = false;
    std::vector<Column> below;
  };
  struct Shape {
    bool has_entities = true;
    bool has_results = false;
    std::vector<Column> columns;
    const model::StructuredType* type = nullptr;
  };

  Steps steps_of(const odata::Sequence& sequence, Shape& shape);
  Step step_of(const odata::Transformation& transformation, Shape& shape);
  void add_filter(Step& step, const odata::ExprPtr& condition, const Shape& shape) const;
  void add_computation(Step& step, const std::vector<odata::ComputeItem>& items, Shape& shape);
  void add_order(Step& step, const std::vector<odata::OrderItem>& items, const Shape& shape) const;
  void add_limit(Step& step) const;
  void add_aggregates(Step& step, Shape& shape);
  Aggregate aggregate_of(const odata::AggregateItem& item, const Shape& shape) const;
  void add_groups(Step& step, Shape& shape);
  void add_branches(Step& step, Shape& shape);
  void refuse_name(std::string_view name, const Shape& shape) const;
  odata::CheckScope scope() const { return {&query_.aliases, nullptr, may_have}; }

  static bool is_alias(std::string_view name, const Shape& shape);
  void type_rows(Shape& shape);
  const model::StructuredType* nested_type(const Column& column);
  void add_columns(model::StructuredType& type, const std::vector<Column>& columns);
  static std::vector<Column> columns_of(const std::vector<Grouping>& groupings);
  static void merge(std::vector<Column>& into, const std::vector<Column>& others);
  static std::string listed(const std::vector<Column>& columns);

  const odata::Query& query_;
  const model::Model& model_;
  const model::StructuredType& input_;
  std::deque<model::StructuredType> types_;
  Shape shape_;
  Steps steps_;
};

}  // namespace graphmock::graph
