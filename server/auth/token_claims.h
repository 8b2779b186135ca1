// What a bearer token says of itself, if it is a JWT (RFC 7519).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace graphmock::auth {

// Empty where the token has no such claim.
struct TokenClaims {
  std::string tenant;                    // "tid"
  std::string user;                      // "oid" of a user's token
  std::string app;                       // "appid", or "azp" in tokens of version 2.0
  std::vector<std::string> permissions;  // "scp" of a user's token, "roles" of an application's
  bool is_delegated = false;             // it is a user's: it has "scp"
};

using ClaimsPtr = std::shared_ptr<const TokenClaims>;

// The token of a header "Bearer TOKEN"; empty when it is no such header.
std::string_view bearer_token(const http::Request& request);

// Nobody checks the signature here: what the token says is believed. Never null.
ClaimsPtr claims_of(const http::Request& request);

}  // namespace graphmock::auth
