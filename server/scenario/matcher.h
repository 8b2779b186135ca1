// What a rule demands of one value of a request: of a header, a query option, a place in the body.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace graphmock::scenario {

// All that is given has to hold (CONTRACT: "Matchers"). Texts that look like numbers count as
// numbers where a number is demanded, as headers and query options have nothing but texts. A null
// has no text that could contain or match anything.
struct Matcher {
  std::optional<boost::json::value> equals;
  std::optional<boost::json::value> contains;  // a part of a text, or an element of an array
  std::shared_ptr<const re2::RE2> matches;     // the whole value
  std::optional<bool> absent;
  std::optional<boost::json::value> greater_than;  // a number, or a text, as dates are compared
  std::optional<boost::json::value> less_than;
  bool ignores_case = false;

  // Null: the request has no such value.
  bool accepts(const boost::json::value* value) const;
};

// For messages: "contains "eq", ignoring case".
std::string to_string(const Matcher& matcher);

}  // namespace graphmock::scenario
