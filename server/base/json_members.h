// The members of a JSON object as the texts that they are, without parsing it: for whoever looks
// at some of them and not at others. The text has to be right and without white space between its
// parts, as base::to_json() writes it; it is not checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace graphmock::base {

struct JsonMember {
  std::string_view name;   // as it stands between its quotes, escapes and all
  std::string_view value;  // the text of it
  std::string_view text;   // of the whole member: "name":value
};

// The first member of `rest`, which is then what stands behind it. `rest` begins as the object's
// text without its '{'; nothing is left when it is "}".
JsonMember next_member(std::string_view& rest);

// Whether next_member() finds another one.
inline bool has_member(std::string_view rest) {
  return rest.size() > 1;
}

// The value of the member of that name; nothing when the object has none. A name that JSON writes
// with an escape is not found by its plain spelling.
std::optional<std::string_view> member_text(std::string_view object, std::string_view name);

// The characters between the quotes of a string that has no escapes; nothing for any other value.
std::optional<std::string_view> plain_string(std::string_view value);
// What the text of a string says, escapes undone.
std::string string_in(std::string_view value);

}  // namespace graphmock::base
