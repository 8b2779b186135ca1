// Which of two values is the greater, and whether they are the same (URL 5.1.1.1).
#pragma once

#include <compare>
#include <optional>

#include "odata/value.h"

namespace graphmock::odata {

// The order of two values that are not null; nothing where they cannot be compared. Numbers are
// promoted (URL 5.1.1.18). A text is read as what it is compared with where it can be.
std::optional<std::partial_ordering> compare(const Value& a, const Value& b, bool ignore_case);

// Null is equal to null alone; values that cannot be compared are not equal.
bool is_equal(const Value& a, const Value& b, bool ignore_case);

}  // namespace graphmock::odata
