// The names that Windows, and with it Outlook, has for time zones, and those of the IANA database
// for the same. For TimeZone.
#pragma once

#include <span>
#include <string_view>

namespace graphmock::base {

struct WindowsZone {
  std::string_view windows;  // "Pacific Standard Time"
  std::string_view iana;     // "America/Los_Angeles"
};

// Sorted by the name in Windows, case aside.
std::span<const WindowsZone> windows_zones();

}  // namespace graphmock::base
