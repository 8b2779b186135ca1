#include "issuer/call.h"

#include "issuer/oauth_error.h"

namespace graphmock::issuer {

const std::string& Call::parameter(std::string_view name) const {
  static const std::string kNone;
  const auto found = parameters.find(name);
  return found == parameters.end() ? kNone : found->second;
}

const std::string& Call::required(std::string_view name) const {
  const auto& value = parameter(name);
  if (!value.empty()) return value;
  throw OAuthError(
      "invalid_request", 900144,
      "The request must contain the following parameter: '" + std::string(name) + "'.");
}

int64_t Call::seconds() const {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

}  // namespace graphmock::issuer
