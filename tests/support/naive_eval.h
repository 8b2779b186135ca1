// A second evaluator, as plain as can be, to compare the real one with: recursion over the tree on
// JSON values. It knows the part of the language that random_expression.h makes, numbers as whole
// multiples of a quarter, and entities of one flat type. It shares no code with the real one.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "odata/expr.h"

namespace graphmock::support {

// "true", "false", "null", a number, a text in quotes, a list in brackets; "error" for an error.
std::string naive_value(const odata::Expr& expression, const boost::json::value& entity);

}  // namespace graphmock::support
