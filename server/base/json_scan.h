// Finds single members in the text of a JSON object without parsing the rest of it: for texts that
// are known to be right and have no white space, as append_json() writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace graphmock::base {

// The text of the value; nothing when the object has no member of that name, which is as it stands
// in the text: one that JSON writes with an escape is not found by its plain spelling.
std::optional<std::string_view> member_text(std::string_view object, std::string_view name);

// The characters between the quotes of a string that has no escapes; nothing for any other text.
std::optional<std::string_view> plain_string(std::string_view json_text);
// What the text of a string says, escapes undone.
std::string string_in(std::string_view json_text);

}  // namespace graphmock::base
