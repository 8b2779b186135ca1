#include "http/message.h"

#include "base/text.h"

namespace graphmock::http {

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (base::equals_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

void Response::set_header(std::string_view name, std::string value) {
  for (auto& [field, old] : headers) {
    if (base::equals_ignoring_case(field, name)) {
      old = std::move(value);
      return;
    }
  }
  headers.emplace_back(name, std::move(value));
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (base::equals_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

}  // namespace graphmock::http
