#include "graph/ordering.h"

#include "http/error.h"

namespace graphmock::graph {
namespace {

bool is_nan(const odata::Value& value) {
  const auto* number = value.get<double>();
  return number && *number != *number;
}

int rank_of(const odata::Value& value) {
  return value.is_null() ? 0 : is_nan(value) ? 1 : 2;
}

}  // namespace

int order_of(const odata::Value& a, const odata::Value& b) {
  if (rank_of(a) != 2 || rank_of(b) != 2) return rank_of(a) - rank_of(b);
  const auto order = odata::compare(a, b, true);
  if (order && *order < 0) return -1;
  if (order && *order > 0) return 1;
  if (order) return 0;
  return a.data.index() < b.data.index() ? -1 : 1;
}

odata::Value order_key(odata::Value value) {
  if (!value.get<odata::Item>() && !value.list()) return value;
  throw http::Error(400, "",
                    "'$orderby' takes single primitive values; one of its expressions "
                    "gives an entity, a complex value or a collection.");
}

}  // namespace graphmock::graph
