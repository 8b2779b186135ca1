// The order of values, for $orderby and whatever else has to put entities one before the other
// (URL 5.1.4).
#pragma once

#include <vector>

#include "odata/query.h"
#include "odata/value.h"

namespace graphmock::graph {

// Below 0, 0 or above. Null comes before every value, and NaN before all others. Strings are
// ordered without case, as the service does. Values of different kinds, which a dynamic property
// may have, stand apart.
int order_of(const odata::Value& a, const odata::Value& b);

// Throws http::Error (400) for what cannot be ordered by: an entity, a complex value, a collection.
odata::Value order_key(odata::Value value);

// Whether one stands before the other, by their `keys` and then by their `place`.
class Precedes {
 public:
  explicit Precedes(const std::vector<odata::OrderItem>& orderby) : orderby_(&orderby) {}

  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    for (size_t i = 0; i < orderby_->size(); ++i) {
      const int order = order_of(a.keys[i], b.keys[i]);
      if (order != 0) return (*orderby_)[i].is_descending ? order > 0 : order < 0;
    }
    return a.place < b.place;
  }

 private:
  const std::vector<odata::OrderItem>* orderby_;
};

}  // namespace graphmock::graph
