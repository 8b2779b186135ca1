#include "auth/gate.h"

#include <chrono>

#include "auth/token_claims.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::auth {
namespace {

using std::chrono::seconds;

[[noreturn]] void refuse(const http::Request& request, const std::string& message,
                         std::string_view reason = "invalid_token") {
  http::Error error(401, "InvalidAuthenticationToken", message);
  std::string challenge = "Bearer realm=\"\", authorization_uri=\"" + http::origin_of(request) +
                          "/common/oauth2/v2.0/authorize\", client_id=\"" + std::string(kGraphApp) +
                          "\"";
  if (!reason.empty()) challenge += ", error=\"" + std::string(reason) + "\"";
  error.headers.add("WWW-Authenticate", challenge);
  throw error;
}

// Where two are sent, whoever reads the one and whoever reads the other would not agree on who
// asks.
std::string_view only_token(const http::Request& request) {
  size_t count = 0;
  for (const auto& [name, value] : request.headers) {
    if (base::equals_ignoring_case(name, "Authorization")) ++count;
  }
  if (count == 0) {
    refuse(request, "Access token is empty. Expected the header 'Authorization: Bearer TOKEN'.",
           "");
  }
  if (count > 1) {
    refuse(request, "The request has more than one Authorization header.", "invalid_request");
  }
  const auto token = bearer_token(request);
  if (!token.empty()) return token;
  refuse(request,
         "The Authorization header holds no bearer token. Expected 'Authorization: Bearer TOKEN'.",
         "");
}

// A client sends the same token with each of its requests, and checking takes as long as answering.
// What is kept is good for any request: the tenant and the time are asked for each.
const AccessToken& read_once(const std::shared_ptr<const SigningKey>& key, std::string_view token) {
  thread_local std::string last_token;
  thread_local std::shared_ptr<const SigningKey> last_key;
  thread_local AccessToken last;
  if (token == last_token && last_key == key) return last;
  last = read_access_token(token, *key);
  last_token = token;
  last_key = key;
  return last;
}

std::string names_of(const std::vector<Opening>& openings, bool is_delegated) {
  std::string names;
  for (const auto& opening : openings) {
    if (!opening.is_for(is_delegated)) continue;
    names += (names.empty() ? "" : ", ") + opening.permission;
  }
  return names;
}

}  // namespace

Gate::Gate() : Gate(false, std::make_shared<SigningKey>(), {}) {}
Gate::Gate(bool is_token_required, std::shared_ptr<const SigningKey> key, Permissions permissions)
    : is_token_required_(is_token_required),
      key_(std::move(key)),
      permissions_(std::move(permissions)) {}

void Gate::check_token(const http::Request& request, std::string_view tenant,
                       base::Instant now) const {
  const auto& token = read_once(key_, only_token(request));
  if (!token.problem.empty()) refuse(request, token.problem);
  if (token.tenant != tenant) {
    refuse(request,
           "Access token validation failure. Invalid tenant. The token is of the tenant '" +
               token.tenant + "', and '" + std::string(tenant) + "' is asked.");
  }
  // To the second: the clock that checks is the one by which the token was made.
  const auto time = std::chrono::floor<seconds>(now).time_since_epoch().count();
  if (time >= token.expires) {
    refuse(request, "Lifetime validation failed, the token is expired. It was good until " +
                        base::to_iso8601(base::Instant(seconds(token.expires))) + ", and it is " +
                        base::to_iso8601(now) + ".");
  }
  if (time < token.not_before) {
    refuse(request, "Access token has expired or is not yet valid. It is not good before " +
                        base::to_iso8601(base::Instant(seconds(token.not_before))) +
                        ", and it is " + base::to_iso8601(now) + ".");
  }
}

void Gate::check_permissions(const http::Request& request, const Listed* listed) const {
  const auto claims = claims_of(request);
  if (!listed || covers(claims->permissions, claims->is_delegated, listed->openings)) return;
  const auto names = names_of(listed->openings, claims->is_delegated);
  throw http::Error(403, "",
                    "Insufficient privileges to complete the operation. " +
                        (names.empty() ? std::string("No ") +
                                             (claims->is_delegated ? "delegated" : "application") +
                                             " permission opens it."
                                       : "One of these permissions is needed: " + names + "."));
}

}  // namespace graphmock::auth
