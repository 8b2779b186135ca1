// What a bearer token says of itself, if it is a JWT (RFC 7519).
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace graphmock::http {

// Empty where the token has no such claim.
struct TokenClaims {
  std::string tenant;  // "tid"
  std::string user;    // "oid"
  std::string app;     // "appid", or "azp" in tokens of version 2.0
};

// Nobody checks the signature: any token will do, and what it says is believed.
TokenClaims claims_of(const Request& request);

}  // namespace graphmock::http
