#include "graph/ordering.h"

#include "base/work_budget.h"
#include "http/error.h"
#include "odata/compare.h"

namespace graphmock::graph {
namespace {

int rank_of(const odata::Value& value) {
  const auto* number = value.get<double>();
  const bool is_nan = number && *number != *number;
  return value.is_null() ? 0 : is_nan ? 1 : 2;
}

// Keys stand in the links of pages: longer texts are ordered by their beginnings.
void shorten(std::string& text) {
  constexpr size_t kLongest = 256;
  if (text.size() <= kLongest) return;
  size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
}

}  // namespace

int order_of(const odata::Value& a, const odata::Value& b) {
  if (rank_of(a) != 2 || rank_of(b) != 2) return rank_of(a) - rank_of(b);
  const auto order = odata::compare(a, b, true);
  if (!order) return a.data.index() < b.data.index() ? -1 : 1;
  return *order < 0 ? -1 : *order > 0 ? 1 : 0;
}

odata::Value order_key(odata::Value value) {
  if (auto* text = std::get_if<odata::Text>(&value.data)) shorten(text->text);
  if (!value.get<odata::Item>() && !value.list() && !value.object_literal()) return value;
  throw http::Error(400, "",
                    "'$orderby' takes single primitive values; one of its expressions "
                    "gives an entity, a complex value or a collection.");
}

odata::Values order_keys(odata::Evaluator& evaluator, const std::vector<odata::OrderItem>& orderby,
                         const odata::Item& item, const odata::Item* it) {
  odata::Values keys;
  keys.reserve(orderby.size());
  for (const auto& order : orderby) {
    keys.push_back(order_key(evaluator.value(*order.expression, item, it)));
  }
  return keys;
}

int compare_keys(const std::vector<odata::OrderItem>& orderby, const odata::Values& a,
                 const odata::Values& b) {
  for (size_t i = 0; i < orderby.size(); ++i) {
    base::charge(1);
    const int order = order_of(a[i], b[i]);
    if (order != 0) return orderby[i].is_descending ? -order : order;
  }
  return 0;
}

uint64_t sum(uint64_t a, uint64_t b) {
  return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

}  // namespace graphmock::graph
