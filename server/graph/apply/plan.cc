#include "graph/apply/plan.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "graph/ordering.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

using model::Primitive;
using odata::AggregationMethod;
using odata::TransformationKind;

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "", std::move(message));
}

bool is_number(const model::TypeRef& type) {
  return !type.structured && !type.enumeration && model::is_number(type.primitive);
}

model::TypeRef primitive(Primitive primitive) {
  model::TypeRef type;
  type.primitive = primitive;
  return type;
}

// The type of the result (3.1.3); Untyped where that of the values is not known.
model::TypeRef type_of(AggregationMethod method, model::TypeRef value) {
  value.is_collection = false;
  switch (method) {
    case AggregationMethod::Count:
    case AggregationMethod::CountDistinct:
      return primitive(Primitive::Decimal);
    case AggregationMethod::Min:
    case AggregationMethod::Max:
      return value;
    case AggregationMethod::Sum:
      return model::is_integer(value.primitive)     ? primitive(Primitive::Int64)
             : value.primitive == Primitive::Single ? primitive(Primitive::Double)
                                                    : value;
    case AggregationMethod::Average:
      return model::is_integer(value.primitive) || value.primitive == Primitive::Single
                 ? primitive(Primitive::Double)
                 : value;
  }
  return {};
}

std::string quoted(const odata::Expr& expression) {
  return "'" + odata::to_string(expression) + "'";
}

// Whether values of the type may be aggregated so.
void check_method(const odata::AggregateItem& item, const PropertyPath& path) {
  const auto& type = path.type;
  const bool is_untyped = type.is(Primitive::Untyped);
  if (is_untyped || item.method == AggregationMethod::Count ||
      item.method == AggregationMethod::CountDistinct) {
    return;
  }
  const bool is_sum =
      item.method == AggregationMethod::Sum || item.method == AggregationMethod::Average;
  if (is_sum && !is_number(type) && !type.is(Primitive::Duration)) {
    refuse(quoted(*item.expression) + " is of type " + type.name() +
           ", and 'sum' and 'average' take numbers and durations.");
  }
  if (type.structured) {
    refuse(quoted(*item.expression) + " is of type " + type.name() +
           ", and 'min' and 'max' take values that have an order.");
  }
}

// Of topcount and bottomcount.
uint64_t limit_of(const odata::Transformation& step, const odata::Query& query) {
  auto limit = step.limit;
  if (limit->kind == odata::ExprKind::Alias) {
    const auto value = query.aliases.find(limit->name);
    if (value != query.aliases.end()) limit = value->second;
  }
  if (limit->kind != odata::ExprKind::Literal) {
    throw http::not_implemented("the number " + quoted(*step.limit) +
                                ", which is no literal, in '$apply'");
  }
  uint64_t number = 0;
  const auto& text = limit->literal.text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = limit->literal.kind == odata::LiteralKind::Integer &&
                        error == std::errc() && end == text.data() + text.size() && number > 0;
  if (!is_whole) {
    refuse("'topcount' and 'bottomcount' take a whole number of at least 1, and " +
           quoted(*step.limit) + " is none.");
  }
  return number;
}

void put(std::vector<Grouping>& to, const PropertyPath& path, size_t depth, size_t expression) {
  const auto& segment = path.segments[depth];
  auto found = std::find_if(to.begin(), to.end(),
                            [&](const Grouping& one) { return one.name == segment.name; });
  const bool is_new = found == to.end();
  if (is_new) {
    Grouping grouping;
    grouping.name = segment.name;
    grouping.is_declared = segment.is_declared;
    found = to.insert(to.end(), std::move(grouping));
  }
  if (depth + 1 == path.segments.size()) {
    found->type = path.type;
    found->expression = expression;
    found->below.clear();  // all of it is there
    return;
  }
  if (!is_new && found->below.empty()) return;
  found->owner = segment.type;
  found->is_navigation = segment.is_navigation;
  put(found->below, path, depth + 1, expression);
}

// What an order need not keep, for what follows takes the first ones alone.
void bound_orders(Steps& steps) {
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i].kind != TransformationKind::OrderBy) continue;
    size_t next = i + 1;
    uint64_t skipped = 0;
    if (steps[next].kind == TransformationKind::Skip) skipped = steps[next++].number;
    if (next == steps.size() || steps[next].kind != TransformationKind::Top) continue;
    steps[i].most = sum(skipped, steps[next].number);
  }
}

}  // namespace

size_t parts_of(const Steps& steps) {
  size_t parts = 1;
  for (const auto& step : steps) {
    parts += 1 + step.aggregates.size();
    // Those within a groupby are made for each of its groups.
    if (step.kind != TransformationKind::Concat) continue;
    for (const auto& inner : step.inner) parts += 1 + parts_of(inner);
  }
  return parts;
}

Plan::Plan(const odata::Query& query, const model::Model& model, const model::StructuredType& type)
    : query_(query), model_(model), input_(type) {
  shape_.type = &type;
  steps_ = steps_of(*query.apply, shape_);
  if (!query.compute.empty()) {
    auto& step = steps_.emplace_back();
    step.kind = TransformationKind::Compute;
    add_computation(step, query.compute, shape_);
    // Like all that $compute adds it is listed where $select names it.
    for (size_t i = shape_.columns.size() - query.compute.size();
         shape_.has_entities && i < shape_.columns.size(); ++i) {
      shape_.columns[i].is_everywhere = false;
    }
  }
  if (query.filter) {
    auto& step = steps_.emplace_back();
    step.kind = TransformationKind::Filter;
    add_filter(step, query.filter, shape_);
  }
  if (!query.orderby.empty()) {
    auto& step = steps_.emplace_back();
    step.kind = TransformationKind::OrderBy;
    add_order(step, query.orderby, shape_);
  }
}

Steps Plan::steps_of(const odata::Sequence& sequence, Shape& shape) {
  Steps steps;
  for (const auto& transformation : sequence.steps) {
    steps.push_back(step_of(transformation, shape));
  }
  bound_orders(steps);
  return steps;
}

Step Plan::step_of(const odata::Transformation& transformation, Shape& shape) {
  Step step;
  step.transformation = &transformation;
  step.kind = transformation.kind;
  step.number = transformation.number;
  switch (transformation.kind) {
    case TransformationKind::Aggregate:
      add_aggregates(step, shape);
      break;
    case TransformationKind::BottomCount:
    case TransformationKind::TopCount:
      step.number = limit_of(transformation, query_);
      add_order(step, {{transformation.expression, step.kind == TransformationKind::TopCount}},
                shape);
      break;
    case TransformationKind::Compute:
      add_computation(step, transformation.compute, shape);
      break;
    case TransformationKind::Concat:
      add_branches(step, shape);
      break;
    case TransformationKind::Filter:
      add_filter(step, transformation.expression, shape);
      break;
    case TransformationKind::GroupBy:
      add_groups(step, shape);
      break;
    case TransformationKind::OrderBy:
      add_order(step, transformation.orderby, shape);
      break;
    case TransformationKind::Identity:
    case TransformationKind::Skip:
    case TransformationKind::Top:
      break;
  }
  return step;
}

void Plan::add_filter(Step& step, const odata::ExprPtr& condition, const Shape& shape) const {
  odata::check_filter(*condition, model_, *shape.type, scope());
  step.filter = condition;
}

void Plan::add_order(Step& step, const std::vector<odata::OrderItem>& items,
                     const Shape& shape) const {
  odata::check_orderby(items, model_, *shape.type, scope());
  step.orderby = items;
}

// Names must differ from those of the input type, from those that are there and from each other
// (3.1.1).
void Plan::refuse_name(std::string_view name, const Shape& shape) const {
  refuse_declared(name, input_);
  refuse_declared(name, *shape.type);
}

void Plan::add_computation(Step& step, const std::vector<odata::ComputeItem>& items, Shape& shape) {
  for (const auto& item : items) refuse_declared(item.name, input_);
  const auto checked = scope();
  step.computation = std::make_shared<const Computation>(items, model_, *shape.type, &checked);
  for (const auto& item : items) {
    Column column;
    column.name = item.name;
    column.type = step.computation->type().property(item.name)->type;
    shape.columns.push_back(std::move(column));
  }
  type_rows(shape);
}

Aggregate Plan::aggregate_of(const odata::AggregateItem& item, const Shape& shape) const {
  Aggregate aggregate{&item, std::nullopt, {}};
  if (!item.expression) {
    aggregate.type = type_of(item.method, {});
    return aggregate;
  }
  odata::check_expression(*item.expression, model_, *shape.type, scope());
  aggregate.path = property_path(item.expression, *shape.type, model_);
  if (item.method == AggregationMethod::Count && !aggregate.path) {
    refuse("'$count' counts what a path leads to, and " + quoted(*item.expression) + " is none.");
  }
  if (aggregate.path) check_method(item, *aggregate.path);
  aggregate.type = type_of(item.method, aggregate.path ? aggregate.path->type : model::TypeRef{});
  return aggregate;
}

void Plan::add_aggregates(Step& step, Shape& shape) {
  std::vector<Column> columns;
  for (const auto& item : step.transformation->aggregates) {
    refuse_name(item.name, shape);
    for (const auto& other : columns) {
      if (!base::equals_ignoring_case(other.name, item.name)) continue;
      refuse("The name '" + item.name + "' is given twice in 'aggregate'.");
    }
    step.aggregates.push_back(aggregate_of(item, shape));
    Column column;
    column.name = item.name;
    column.type = step.aggregates.back().type;
    columns.push_back(std::move(column));
  }
  shape = {false, true, std::move(columns), nullptr};
  type_rows(shape);
}

bool Plan::is_alias(std::string_view name, const Shape& shape) {
  return std::any_of(shape.columns.begin(), shape.columns.end(), [&](const Column& column) {
    return column.name == name && !column.is_declared;
  });
}

void Plan::add_groups(Step& step, Shape& shape) {
  const auto& transformation = *step.transformation;
  for (size_t i = 0; i < transformation.groups.size(); ++i) {
    const auto& group = transformation.groups[i];
    odata::check_expression(*group, model_, *shape.type, scope());
    const auto path = property_path(group, *shape.type, model_);
    if (!path) refuse("'groupby' takes paths of properties, and " + quoted(*group) + " is none.");
    if (path->is_collection) {
      refuse("'groupby' takes single values, and " + quoted(*group) + " leads to a collection.");
    }
    if (path->leads_to_entities()) {
      throw http::not_implemented("'groupby' the entities that " + quoted(*group) + " leads to");
    }
    put(step.groupings, *path, 0, i);
  }
  for (auto& grouping : step.groupings) {
    grouping.is_declared = grouping.is_declared && !is_alias(grouping.name, shape);
  }
  Shape inner = shape;
  if (transformation.inner.empty()) {
    inner = {false, true, {}, nullptr};
  } else {
    step.inner.push_back(steps_of(*transformation.inner[0], inner));
  }
  if (inner.has_results) {
    auto columns = columns_of(step.groupings);
    merge(columns, inner.columns);
    inner.columns = std::move(columns);
  }
  shape = std::move(inner);
  type_rows(shape);
}

void Plan::add_branches(Step& step, Shape& shape) {
  std::optional<Shape> all;
  const auto has = [](const Shape& in, const Column& column) {
    const bool is_own = in.has_entities && !in.has_results && column.is_declared;
    return is_own || std::any_of(in.columns.begin(), in.columns.end(), [&](const Column& other) {
             return other.name == column.name && other.is_everywhere;
           });
  };
  for (const auto& sequence : step.transformation->inner) {
    Shape branch = shape;
    step.inner.push_back(steps_of(*sequence, branch));
    if (!all) {
      all = std::move(branch);
      continue;
    }
    for (auto& column : all->columns) {
      column.is_everywhere = column.is_everywhere && has(branch, column);
    }
    for (auto& column : branch.columns) {
      column.is_everywhere = column.is_everywhere && has(*all, column);
    }
    merge(all->columns, branch.columns);
    all->has_entities = all->has_entities || branch.has_entities;
    all->has_results = all->has_results || branch.has_results;
  }
  shape = *std::move(all);
  type_rows(shape);
}

std::vector<Plan::Column> Plan::columns_of(const std::vector<Grouping>& groupings) {
  std::vector<Column> columns;
  for (const auto& grouping : groupings) {
    Column column;
    column.name = grouping.name;
    column.type = grouping.type;
    column.is_declared = grouping.is_declared;
    column.owner = grouping.owner;
    column.is_navigation = grouping.is_navigation;
    column.below = columns_of(grouping.below);
    columns.push_back(std::move(column));
  }
  return columns;
}

void Plan::merge(std::vector<Column>& into, const std::vector<Column>& others) {
  for (const auto& other : others) {
    const auto found = std::find_if(into.begin(), into.end(),
                                    [&](const Column& one) { return one.name == other.name; });
    if (found == into.end()) {
      into.push_back(other);
    } else if (!found->below.empty()) {
      merge(found->below, other.below);
    }
  }
}

// The type that expressions see: of entities their own with more, of others just what they have.
void Plan::type_rows(Shape& shape) {
  if (shape.has_entities && shape.columns.empty()) {
    shape.type = &input_;
    return;
  }
  auto& type = types_.emplace_back();
  type.name = input_.name;
  type.is_entity = input_.is_entity;
  if (shape.has_entities) {
    type.base = &input_;
    type.is_open = input_.is_open;
    type.key = input_.key;
  }
  add_columns(type, shape.columns);
  shape.type = &type;
}

const model::StructuredType* Plan::nested_type(const Column& column) {
  auto& type = types_.emplace_back();
  if (column.owner) {
    type.name = column.owner->name;
    type.is_entity = column.owner->is_entity;
  }
  add_columns(type, column.below);
  return &type;
}

void Plan::add_columns(model::StructuredType& type, const std::vector<Column>& columns) {
  for (const auto& column : columns) {
    if (type.base && (type.base->property(column.name) || type.base->navigation(column.name))) {
      continue;
    }
    if (column.is_navigation && !column.below.empty()) {
      model::NavigationProperty navigation;
      navigation.name = column.name;
      navigation.type = nested_type(column);
      insert_by_name(type.navigations, navigation);
      continue;
    }
    model::Property property;
    property.name = column.name;
    property.type = column.type;
    if (!column.below.empty()) {
      property.type = {};
      property.type.structured = nested_type(column);
    }
    insert_by_name(type.properties, property);
  }
}

std::string Plan::listed(const std::vector<Column>& columns) {
  std::string text;
  for (const auto& column : columns) {
    if (!column.is_everywhere) continue;
    text += (text.empty() ? "" : ",") + std::string(column.name);
    if (!column.below.empty()) text += "(" + listed(column.below) + ")";
  }
  return text;
}

// Where rows have nothing in common, the standard has a term for that (3.1.1).
std::string Plan::properties() const {
  auto text = listed(shape_.columns);
  if (!shape_.has_results) return text.empty() ? "" : "*," + text;
  return text.empty() ? "@Core.AnyStructure" : text;
}

}  // namespace graphmock::graph
