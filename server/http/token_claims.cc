#include "http/token_claims.h"

#include "base/json.h"
#include "base/text.h"

namespace graphmock::http {
namespace {

TokenClaims read_claims(std::string_view header) {
  TokenClaims claims;
  const auto parts = base::split(header, '.');
  if (parts.size() != 3) return claims;
  const auto payload = base::base64url_decode(parts[1]);
  if (!payload) return claims;
  try {
    const auto read = base::parse_json(*payload);
    claims.tenant = base::text_of(base::at_pointer(read, "/tid"));
    claims.user = base::text_of(base::at_pointer(read, "/oid"));
    claims.app = base::text_of(base::at_pointer(read, "/appid"));
    if (claims.app.empty()) claims.app = base::text_of(base::at_pointer(read, "/azp"));
  } catch (const base::JsonError&) {
    return claims;
  }
  return claims;
}

}  // namespace

TokenClaims claims_of(const Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header) return {};
  // A client sends the same token with each of its requests.
  thread_local std::string last_header;
  thread_local TokenClaims last_claims;
  if (*header != last_header) {
    last_claims = read_claims(*header);
    last_header = *header;
  }
  return last_claims;
}

}  // namespace graphmock::http
