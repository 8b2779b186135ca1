// The canonical functions (URL 5.1.1.5 to 5.1.1.10), by name.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "odata/eval.h"
#include "odata/value.h"

namespace graphmock::odata {

bool is_function(std::string_view name);

// None of the arguments is null. Throws http::Error: 400 for arguments of the wrong number or
// type, 501 for a function that is not implemented.
Value call_function(std::string_view name, const Values& arguments, const Rules& rules);

// "add", "sub", "mul", "div", "divby", "mod" of two values that are not null (URL 5.1.1.2).
Value calculate(std::string_view name, const Value& a, const Value& b);

}  // namespace graphmock::odata
