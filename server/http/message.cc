#include "http/message.h"

#include "base/text.h"

namespace graphmock::http {

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (base::equals_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

std::string origin_of(const Request& request) {
  return (request.is_secure ? "https://" : "http://") +
         std::string(request.headers.find("Host").value_or("localhost"));
}

}  // namespace graphmock::http
