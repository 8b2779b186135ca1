#include "graph/advanced_query.h"

#include <algorithm>

#include "base/text.h"

namespace graphmock::graph {
namespace {

bool is_directory_object(const model::StructuredType& type) {
  return type.derives_from("microsoft.graph.directoryObject");
}

bool is_eventual(const Call& call) {
  const auto header = call.request.headers.find("ConsistencyLevel");
  return header && base::equals_ignoring_case(base::trim(*header), "eventual");
}

// The part of a filter that makes it an advanced one; null when none does.
const odata::Expr* advanced_part(const odata::Expr& expression) {
  using odata::ExprKind;
  const bool is_advanced = (expression.kind == ExprKind::Binary && expression.name == "ne") ||
                           (expression.kind == ExprKind::Unary && expression.name == "not") ||
                           (expression.kind == ExprKind::Call &&
                            (base::equals_ignoring_case(expression.name, "endswith") ||
                             base::equals_ignoring_case(expression.name, "contains"))) ||
                           (expression.kind == ExprKind::Count);
  if (is_advanced) return &expression;
  for (const auto& operand : expression.operands) {
    if (const auto* part = advanced_part(*operand)) return part;
  }
  return nullptr;
}

[[noreturn]] void unsupported(const std::string& what) {
  throw http::Error(400, "Request_UnsupportedQuery",
                    what +
                        " of directory objects needs the header 'ConsistencyLevel: eventual' and "
                        "the query option '$count=true'.");
}

}  // namespace

void check_advanced_query(const Call& call, const model::StructuredType& type) {
  if (!is_directory_object(type)) return;
  const auto& query = call.query;
  if (query.search && !is_eventual(call)) {
    throw http::Error(400, "Request_UnsupportedQuery",
                      "Request with $search query parameter only works through MSGraph with a "
                      "special request header: 'ConsistencyLevel: eventual'");
  }
  if (!query.filter || (is_eventual(call) && query.count.value_or(false))) return;
  if (const auto* part = advanced_part(*query.filter)) {
    unsupported("The filter '" + odata::to_string(*part) + "'");
  }
  if (!query.orderby.empty()) unsupported("'$filter' together with '$orderby'");
}

void check_advanced_count(const Call& call, const model::StructuredType& type) {
  if (!is_directory_object(type) || is_eventual(call)) return;
  throw http::Error(400, "Request_BadRequest",
                    "'$count' is not currently supported: a count of directory objects needs the "
                    "header 'ConsistencyLevel: eventual'.");
}

bool may_count(const Call& call, const model::StructuredType& type) {
  return !is_directory_object(type) || is_eventual(call);
}

}  // namespace graphmock::graph
