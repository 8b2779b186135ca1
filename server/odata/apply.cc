#include "odata/apply.h"

#include <algorithm>

namespace graphmock::odata {
namespace {

std::string_view name_of(AggregationMethod method) {
  switch (method) {
    case AggregationMethod::Sum:
      return "sum";
    case AggregationMethod::Min:
      return "min";
    case AggregationMethod::Max:
      return "max";
    case AggregationMethod::Average:
      return "average";
    case AggregationMethod::CountDistinct:
      return "countdistinct";
    case AggregationMethod::Count:
      break;
  }
  return "$count";
}

std::string printed(const AggregateItem& item) {
  std::string text = item.expression ? to_string(*item.expression) : "";
  if (item.method == AggregationMethod::Count) {
    text += item.expression ? "/$count" : "$count";
  } else {
    text += " with " + std::string(name_of(item.method));
  }
  return text + " as " + item.name;
}

std::string printed(const ComputeItem& item) {
  return to_string(*item.expression) + " as " + item.name;
}

std::string printed(const OrderItem& item) {
  return to_string(*item.expression) + (item.is_descending ? " desc" : "");
}

std::string printed(const ExprPtr& path) {
  return to_string(*path);
}

std::string printed(const SequencePtr& sequence) {
  return to_string(*sequence);
}

template <typename Items>
std::string joined(const Items& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ",") + printed(item);
  return text;
}

std::string counted(std::string_view name, const Transformation& step) {
  return std::string(name) + "(" + to_string(*step.limit) + "," + to_string(*step.expression) + ")";
}

std::string printed(const Transformation& step) {
  switch (step.kind) {
    case TransformationKind::Aggregate:
      return "aggregate(" + joined(step.aggregates) + ")";
    case TransformationKind::BottomCount:
      return counted("bottomcount", step);
    case TransformationKind::TopCount:
      return counted("topcount", step);
    case TransformationKind::Compute:
      return "compute(" + joined(step.compute) + ")";
    case TransformationKind::Concat:
      return "concat(" + joined(step.inner) + ")";
    case TransformationKind::Filter:
      return "filter(" + to_string(*step.expression) + ")";
    case TransformationKind::GroupBy:
      return "groupby((" + joined(step.groups) + ")" +
             (step.inner.empty() ? "" : "," + printed(step.inner[0])) + ")";
    case TransformationKind::Identity:
      return "identity";
    case TransformationKind::OrderBy:
      return "orderby(" + joined(step.orderby) + ")";
    case TransformationKind::Skip:
      return "skip(" + std::to_string(step.number) + ")";
    case TransformationKind::Top:
      return "top(" + std::to_string(step.number) + ")";
  }
  return {};
}

ExprPtr both(const ExprPtr& left, const ExprPtr& right) {
  Expr expr;
  expr.kind = ExprKind::Binary;
  expr.name = "and";
  expr.operands = {left, right};
  expr.position = left->position;
  expr.depth = std::max(left->depth, right->depth) + 1;
  return std::make_shared<const Expr>(std::move(expr));
}

}  // namespace

std::string to_string(const Sequence& sequence) {
  std::string text;
  for (const auto& step : sequence.steps) text += (text.empty() ? "" : "/") + printed(step);
  return text;
}

void fold_filters(Query& query) {
  if (!query.apply) return;
  ExprPtr all;
  const auto add = [&](const ExprPtr& condition) {
    all = all ? both(all, condition) : condition;
    // Deeper ones are left to a pass of their own.
    return all->depth <= kMaxDepth;
  };
  for (const auto& step : query.apply->steps) {
    if (step.kind == TransformationKind::Identity) continue;
    if (step.kind != TransformationKind::Filter || !add(step.expression)) return;
  }
  if (query.filter && !add(query.filter)) return;
  query.filter = all;
  query.apply = nullptr;
}

}  // namespace graphmock::odata
