// The arithmetic operators over numbers, dates, times and durations (URL 5.1.1.2).
#pragma once

#include <string_view>

#include "odata/value.h"

namespace graphmock::odata {

// "add", "sub", "mul", "div", "divby", "mod" of two values that are not null. Throws http::Error
// (400): operands that do not go together, a result that is out of range, division by zero.
Value calculate(std::string_view name, const Value& a, const Value& b);
// "-" of a value that is not null; throws as calculate() does.
Value negated(const Value& value);

}  // namespace graphmock::odata
