// One call of a canonical function, as those see it who implement it: none of the arguments is
// null.
#pragma once

#include <string>
#include <string_view>

#include "odata/pattern.h"
#include "odata/rules.h"
#include "odata/value.h"

namespace graphmock::odata {

struct FunctionCall {
  std::string_view name;  // for messages
  const Values& arguments;
  const Rules& rules;
  Patterns& patterns;

  const Value& at(size_t i) const { return arguments[i]; }
  // Each throws http::Error (400) for an argument of another type.
  const std::string& text(size_t i) const;
  std::string folded(size_t i) const;  // as it is compared
  int64_t whole(size_t i) const;
  // A date is the midnight that it begins with; a text is read.
  Moment moment(size_t i) const;
  // Nanoseconds since midnight, in the value's own offset.
  int64_t time_of_day(size_t i) const;
  CivilDate date(size_t i) const;
  int64_t duration(size_t i) const;  // nanoseconds

  bool is_equal(const Value& a, const Value& b) const;
  [[noreturn]] void wrong(std::string_view expected) const;
};

}  // namespace graphmock::odata
