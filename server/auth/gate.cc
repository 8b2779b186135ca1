#include "auth/gate.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>

#include "auth/token_claims.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::auth {
namespace {

using std::chrono::seconds;

[[noreturn]] void refuse(const std::string& origin, const std::string& message,
                         std::string_view reason = "") {
  http::Error error(401, "InvalidAuthenticationToken", message);
  std::string challenge = "Bearer realm=\"\", authorization_uri=\"" + origin +
                          "/common/oauth2/v2.0/authorize\", client_id=\"" + std::string(kGraphApp) +
                          "\"";
  if (!reason.empty()) challenge += ", error=\"" + std::string(reason) + "\"";
  error.headers.add("WWW-Authenticate", challenge);
  throw error;
}

// A client sends the same token with each of its requests, and checking takes as long as answering.
bool is_signed(const std::shared_ptr<const SigningKey>& key, std::string_view token) {
  thread_local std::string last_token;
  thread_local std::shared_ptr<const SigningKey> last_key;
  if (token == last_token && last_key == key) return true;
  if (!key->verify(token)) return false;
  last_token = token;
  last_key = key;
  return true;
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

bool is_graph(std::string_view audience) {
  // Of the national clouds, too.
  constexpr std::array<std::string_view, 5> kResources = {
      kGraphResource, kGraphApp, "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
      "https://microsoftgraph.chinacloudapi.cn"};
  if (audience.ends_with('/')) audience.remove_suffix(1);
  return std::any_of(kResources.begin(), kResources.end(), [&](std::string_view resource) {
    return base::equals_ignoring_case(audience, resource);
  });
}

Gate::Gate() : Gate(false, std::make_shared<SigningKey>(), {}) {}
Gate::Gate(bool is_token_required, std::shared_ptr<const SigningKey> key, Permissions permissions)
    : is_token_required_(is_token_required),
      key_(std::move(key)),
      permissions_(std::move(permissions)) {}

void Gate::check_token(const http::Request& request, base::Instant now) const {
  const auto origin = http::origin_of(request);
  const auto header = request.headers.find("Authorization");
  if (!header) {
    refuse(origin, "Access token is empty. Expected the header 'Authorization: Bearer TOKEN'.");
  }
  const auto token = bearer_token(request);
  if (token.empty()) {
    refuse(origin,
           "The Authorization header holds no bearer token. Expected 'Authorization: Bearer "
           "TOKEN'.");
  }
  constexpr std::string_view kInvalid = "invalid_token";
  if (base::split(token, '.').size() != 3) {
    refuse(origin, "The access token is not well formed: a JWT has three parts with dots between.",
           kInvalid);
  }
  if (!is_signed(key_, token)) {
    refuse(origin,
           "Access token validation failure. The signature is not one of this server's: tokens are "
           "to be had at " +
               origin + "/{tenant}/oauth2/v2.0/token.",
           kInvalid);
  }
  const auto claims = claims_of(request);
  if (!is_graph(claims->audience)) {
    refuse(origin,
           "Access token validation failure. Invalid audience: '" + claims->audience +
               "'. Expected '" + std::string(kGraphResource) + "'.",
           kInvalid);
  }
  const auto time = std::chrono::floor<seconds>(now).time_since_epoch().count();
  if (time >= claims->expires) {
    refuse(origin,
           "Lifetime validation failed, the token is expired: it was good until " +
               base::to_iso8601(base::Instant(seconds(claims->expires))) + ", and it is " +
               base::to_iso8601(now) + ".",
           kInvalid);
  }
  if (time < claims->not_before) {
    refuse(origin,
           "Lifetime validation failed, the token is not good before " +
               base::to_iso8601(base::Instant(seconds(claims->not_before))) + ".",
           kInvalid);
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
