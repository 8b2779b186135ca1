// The names that the outside gives to tenants, snapshots and scenarios.
#pragma once

#include <string_view>

namespace graphmock::tenant {

// Throws http::Error (400) for what is none: 1 to 64 of A-Z a-z 0-9 . _ - (CONTRACT, Tenants).
// `what` is "tenant", for the message.
void check_name(std::string_view what, std::string_view name);

}  // namespace graphmock::tenant
