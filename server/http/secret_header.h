// Which header fields tell who somebody is, so that nothing that is shown may repeat them.
#pragma once

#include <string>
#include <string_view>

namespace graphmock::http {

bool is_secret_header(std::string_view name);
// The value, or of a secret header what it may show of it: "Bearer ***".
std::string masked(std::string_view name, std::string_view value);

}  // namespace graphmock::http
