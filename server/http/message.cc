#include "http/message.h"

#include "base/text.h"

namespace graphmock::http {

void Headers::add(std::string_view name, std::string_view value) {
  if (!base::is_valid_utf8(value)) {
    value = from_latin1_.emplace_back(base::latin1_to_utf8(value));
  }
  fields_.emplace_back(name, value);
}

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

std::string root_of(const Request& request) {
  return origin_of(request) + std::string(request.target.prefix());
}

}  // namespace graphmock::http
