#include "graph/property_path.h"

#include <algorithm>

namespace graphmock::graph {
namespace {

using odata::ExprKind;
using odata::ExprPtr;

// From the first segment to the last; empty for what is no path.
std::vector<ExprPtr> chain_of(const ExprPtr& expression) {
  std::vector<ExprPtr> chain;
  auto at = expression;
  while (at) {
    if (at->kind == ExprKind::Variable && at->name == "$it") break;
    if (at->kind != ExprKind::Member && at->kind != ExprKind::Cast) return {};
    chain.push_back(at);
    at = at->operands.empty() ? nullptr : at->operands[0];
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

ExprPtr chain_from(const std::vector<ExprPtr>& chain, size_t begin) {
  ExprPtr path;
  for (size_t i = begin; i < chain.size(); ++i) {
    auto segment = *chain[i];
    segment.operands = path ? std::vector{path} : std::vector<ExprPtr>{};
    path = std::make_shared<const odata::Expr>(std::move(segment));
  }
  return path;
}

}  // namespace

std::optional<PropertyPath> property_path(const ExprPtr& expression,
                                          const model::StructuredType& type,
                                          const model::Model& model) {
  const auto chain = chain_of(expression);
  PropertyPath path;
  const auto* at = &type;
  size_t behind_entities = 0;
  for (size_t i = 0; i < chain.size(); ++i) {
    const auto& segment = *chain[i];
    if (segment.kind == ExprKind::Cast) {
      at = model.structured_type_ignoring_case(segment.name);
      if (behind_entities == i && i > 0) ++behind_entities;
      continue;
    }
    const auto* property = at ? at->property_ignoring_case(segment.name) : nullptr;
    const auto* navigation = at ? at->navigation_ignoring_case(segment.name) : nullptr;
    path.type = {};
    if (property) {
      path.type = property->type;
      path.segments.push_back({property->name, property->type.structured, false, true});
    } else if (navigation) {
      path.type.structured = navigation->type;
      path.type.is_collection = navigation->is_collection;
      path.segments.push_back({navigation->name, navigation->type, true, true});
      behind_entities = i + 1;
    } else {
      path.segments.push_back({segment.name, nullptr, false, false});
    }
    at = path.segments.back().type;
    path.is_collection = path.is_collection || path.type.is_collection;
  }
  if (path.segments.empty()) return std::nullopt;
  if (behind_entities > 0) path.to_entities = chain[behind_entities - 1];
  path.rest = chain_from(chain, behind_entities);
  return path;
}

}  // namespace graphmock::graph
