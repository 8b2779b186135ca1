#include "graph/equality.h"

namespace graphmock::graph {
namespace {

using odata::ExprKind;

std::optional<Equality> between(const odata::Expr& member, const odata::Expr& literal,
                                const model::StructuredType& type) {
  if (member.kind != ExprKind::Member || !member.operands.empty()) return std::nullopt;
  if (literal.kind != ExprKind::Literal || literal.literal.kind != odata::LiteralKind::String) {
    return std::nullopt;
  }
  const auto* property = type.property_ignoring_case(member.name);
  if (!property || property->type.is_collection || !property->type.is(model::Primitive::String)) {
    return std::nullopt;
  }
  return Equality{property->name, literal.literal.text};
}

}  // namespace

std::optional<Equality> equality_in(const odata::Expr& filter, const model::StructuredType& type) {
  if (filter.kind != ExprKind::Binary) return std::nullopt;
  const auto& left = *filter.operands[0];
  const auto& right = *filter.operands[1];
  if (filter.name == "and") {
    const auto found = equality_in(left, type);
    return found ? found : equality_in(right, type);
  }
  if (filter.name != "eq") return std::nullopt;
  const auto found = between(left, right, type);
  return found ? found : between(right, left, type);
}

}  // namespace graphmock::graph
