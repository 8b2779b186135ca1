#include "auth/token_claims.h"

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"

namespace graphmock::auth {
namespace {

namespace json = base::json;

constexpr std::string_view kScheme = "Bearer ";

void read_permissions(const json::value& claims, TokenClaims& read) {
  if (const auto* scopes = base::at_pointer(claims, "/scp")) {
    read.is_delegated = true;
    const auto text = base::text_of(scopes);
    for (const auto scope : base::split(text, ' ')) {
      if (!scope.empty()) read.permissions.emplace_back(scope);
    }
  } else if (const auto* roles = base::at_pointer(claims, "/roles"); roles && roles->is_array()) {
    for (const auto& role : roles->get_array()) read.permissions.push_back(base::text_of(&role));
  }
}

TokenClaims read_claims(std::string_view token) {
  TokenClaims read;
  const auto parts = base::split(token, '.');
  if (parts.size() != 3) return read;
  const auto payload = base::base64url_decode(parts[1]);
  if (!payload) return read;
  try {
    const auto claims = base::parse_json(*payload);
    const auto text = [&](std::string_view pointer) {
      return base::text_of(base::at_pointer(claims, pointer));
    };
    read.tenant = text("/tid");
    read.app = text("/appid");
    if (read.app.empty()) read.app = text("/azp");
    read_permissions(claims, read);
    // An application's is that of its service principal.
    const auto kind = text("/idtyp");
    const bool is_apps_own =
        kind.empty() ? !read.is_delegated && base::at_pointer(claims, "/roles") : kind == "app";
    if (!is_apps_own) read.user = text("/oid");
  } catch (const base::JsonError&) {
    return read;
  }
  return read;
}

}  // namespace

std::string_view bearer_token(const http::Request& request) {
  const auto header = request.headers.find("Authorization").value_or("");
  if (!base::starts_with_ignoring_case(header, kScheme)) return {};
  return base::trim(header.substr(kScheme.size()));
}

ClaimsPtr claims_of(const http::Request& request) {
  static const auto none = std::make_shared<const TokenClaims>();
  const auto token = bearer_token(request);
  if (token.empty()) return none;
  // A client sends the same token with each of its requests.
  thread_local std::string last_token;
  thread_local ClaimsPtr last_claims;
  if (token != last_token) {
    // Who asks is to be known of a request that is refused, too.
    const base::WorkBudget::Pause pause;
    last_claims = std::make_shared<const TokenClaims>(read_claims(token));
    last_token = token;
  }
  return last_claims;
}

}  // namespace graphmock::auth
