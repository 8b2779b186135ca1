// Which header fields tell who somebody is, so that nothing that is shown may repeat them.
#pragma once

#include <string>
#include <string_view>

namespace graphmock::http {

bool is_secret_header(std::string_view name);
// What of a secret header's value may be shown: "Bearer ***".
std::string masked(std::string_view value);

}  // namespace graphmock::http
