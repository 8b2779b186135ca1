#include "tenant/name.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::tenant {

void check_name(std::string_view what, std::string_view name) {
  const bool is_name =
      !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
      });
  if (is_name) return;
  throw http::Error(400, "InvalidName",
                    "'" + std::string(base::beginning_of(name, 100)) + "' is no " +
                        std::string(what) + "'s name. Expected 1 to 64 of A-Z a-z 0-9 . _ -");
}

}  // namespace graphmock::tenant
