// $orderby: the values that it goes by, and which of two rows of them comes first (URL 5.1.4).
#pragma once

#include <vector>

#include "odata/eval.h"
#include "odata/query.h"

namespace graphmock::graph {

// One for each item of $orderby, none of which points into its entity. Throws http::Error (400) for
// what has no order.
odata::Values order_keys(odata::Evaluator& evaluator, const std::vector<odata::OrderItem>& orderby,
                         const odata::Item& item, const odata::Item* it = nullptr);

// Below 0, 0 or above. Null comes before every value, NaN before all others, and values of
// different kinds, which a dynamic property may have, stand apart.
int compare_key(const odata::Value& a, const odata::Value& b);
// The same by all of them. Null comes first, or, where it descends, last. Strings are ordered
// without case, as the service does.
int compare_keys(const std::vector<odata::OrderItem>& orderby, const odata::Values& a,
                 const odata::Values& b);

}  // namespace graphmock::graph
