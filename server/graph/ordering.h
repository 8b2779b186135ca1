// The order of values, for $orderby and whatever else has to put entities one before the other
// (URL 5.1.4).
#pragma once

#include <vector>

#include "odata/eval.h"
#include "odata/query.h"

namespace graphmock::graph {

// Below 0, 0 or above. Null comes before every value, and NaN before all others. Strings are
// ordered without case, as the service does. Values of different kinds, which a dynamic property
// may have, stand apart.
int order_of(const odata::Value& a, const odata::Value& b);

// What the items of $orderby are worth for `item`; none of it points into that. `it` as for the
// evaluator. Throws http::Error (400) for what cannot be ordered by: an entity, a complex value, a
// collection.
odata::Values order_keys(odata::Evaluator& evaluator, const std::vector<odata::OrderItem>& orderby,
                         const odata::Item& item, const odata::Item* it = nullptr);
odata::Value order_key(odata::Value value);

// Below 0, 0 or above: the order of two rows of such keys.
int compare_keys(const std::vector<odata::OrderItem>& orderby, const odata::Values& a,
                 const odata::Values& b);

// Whether one stands before the other, by their `keys` and then by their `place`.
class Precedes {
 public:
  explicit Precedes(const std::vector<odata::OrderItem>& orderby) : orderby_(&orderby) {}

  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    const int order = compare_keys(*orderby_, a.keys, b.keys);
    return order != 0 ? order < 0 : a.place < b.place;
  }

 private:
  const std::vector<odata::OrderItem>* orderby_;
};

}  // namespace graphmock::graph
