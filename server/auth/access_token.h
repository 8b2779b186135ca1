// What a bearer token has to be to open Graph, but for what the request decides (the tenant, the
// time): an access token that this server has signed, and nothing else that it signs. For the gate,
// which asks once for each token. All claims and headers, and why each is looked at or not, are a
// table in tests/http/token_claims_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "auth/signing_key.h"

namespace graphmock::auth {

inline constexpr std::string_view kGraphApp = "00000003-0000-0000-c000-000000000000";
inline constexpr std::string_view kGraphResource = "https://graph.microsoft.com";

// Whether a token for that audience is one for Graph.
bool is_graph(std::string_view audience);

// "iss" of a tenant's access tokens, which are of version 1.0 as all are that the service has for
// Graph.
std::string issuer_of_access_tokens(std::string_view tenant);

struct AccessToken {
  std::string problem;  // what is wrong with it, in the service's words; empty: nothing
  std::string tenant;
  int64_t not_before = 0;  // seconds since 1970
  int64_t expires = 0;
};

AccessToken read_access_token(std::string_view token, const SigningKey& key);

}  // namespace graphmock::auth
