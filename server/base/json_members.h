// The members of a JSON object as the texts that they are, without parsing it: for whoever copies
// some of them and leaves out others. The text has to be right and without white space between its
// parts, as base::to_json() writes it; it is not checked.
#pragma once

#include <string_view>

namespace graphmock::base {

struct JsonMember {
  std::string_view name;  // as it stands between its quotes, escapes and all
  std::string_view text;  // of the whole member: "name":value
};

// The first member of `rest`, which is then what stands behind it. `rest` begins as the object's
// text without its '{'; nothing is left when it is "}".
JsonMember next_member(std::string_view& rest);

// Whether next_member() finds another one.
inline bool has_member(std::string_view rest) {
  return rest.size() > 1;
}

}  // namespace graphmock::base
