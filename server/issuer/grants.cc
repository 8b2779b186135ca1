#include "issuer/grants.h"

#include <openssl/evp.h>

#include <array>
#include <boost/json.hpp>

#include "base/ids.h"
#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "issuer/answer.h"
#include "issuer/directory.h"
#include "issuer/oauth_error.h"
#include "issuer/redeemed.h"
#include "issuer/tokens.h"

namespace graphmock::issuer {
namespace {

namespace json = base::json;

constexpr int64_t kDeviceSeconds = 900;
// The user of a device code is there at once, so that nobody has to wait long.
constexpr int kDeviceInterval = 1;
constexpr std::string_view kUserCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr size_t kUserCodeSize = 9;

// An application that can keep a secret has to show that it does (RFC 6749 3.2.1). Nobody knows
// which secret is the right one; one that is empty is none.
void check_client(const Call& call) {
  const bool has_secret = !call.parameter("client_secret").empty();
  if (has_secret || !call.parameter("client_assertion").empty()) return;
  throw OAuthError("invalid_client", 7000218,
                   "The request body must contain the following parameter: 'client_assertion' or "
                   "'client_secret'.");
}

const std::string& client_of(const Call& call) {
  return call.required("client_id");
}

std::string text(const json::object& claims, std::string_view name) {
  return base::text_of(claims.if_contains(name));
}

http::Response client_credentials(const Call& call) {
  const auto app = find_app(call, client_of(call));
  check_client(call);
  const auto scopes = read_scopes(call.required("scope"));
  // MSAL asks for "openid" and the like whoever signs in; an application gets nothing for it.
  if (!scopes.is_default || scopes.are_of_resource()) {
    throw OAuthError("invalid_scope", 1002012,
                     "The provided value for scope '" + call.parameter("scope") +
                         "' is not valid. Client credential flows must have a scope value with "
                         "/.default suffixed to the resource identifier (application ID URI).");
  }
  return answer(token_answer(call, {app, std::nullopt, scopes, "", {}}));
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

// RFC 7636 4.6; a verifier of nothing is refused as well (RFC 9700 2.1.1).
void check_verifier(const Call& call, const json::object& code) {
  const auto challenge = text(code, "challenge");
  const auto& verifier = call.parameter("code_verifier");
  if (challenge.empty() && verifier.empty()) return;
  const auto derived = text(code, "challenge_method") == "S256"
                           ? base::base64url_encode(sha256(verifier))
                           : verifier;
  if (!challenge.empty() && derived == challenge) return;
  throw OAuthError("invalid_grant", 50148,
                   "The code_verifier does not match the code_challenge supplied in the "
                   "authorization request.");
}

void check_ticket(const Call& call, const std::optional<ReadTicket>& ticket, int malformed,
                  int expired, const std::string& what) {
  if (!ticket) {
    throw OAuthError("invalid_grant", malformed, "The " + what + " is malformed or invalid.");
  }
  if (ticket->is_expired) {
    throw OAuthError("invalid_grant", expired, "The " + what + " has expired.");
  }
  if (text(ticket->claims, "client_id") == client_of(call)) return;
  throw OAuthError("invalid_grant", 700005,
                   "The " + what + " was issued to another client: '" +
                       text(ticket->claims, "client_id") + "'.");
}

// Who signed in for the ticket. What was given out before the user's sessions were revoked brings
// none back.
User user_of(const Call& call, const json::object& ticket) {
  auto user = find_user(call, text(ticket, "user"));
  if (text(ticket, "sessions") == sessions_of(call, user.id)) return user;
  throw OAuthError("invalid_grant", 50173,
                   "The provided grant has expired due to it being revoked, a fresh auth token is "
                   "needed.");
}

// False: it was before.
bool redeem(const Call& call, const json::object& ticket) {
  return call.redeemed.add(ticket.at("jti").to_number<uint64_t>());
}

// What was asked for when the ticket was made, unless other scopes are now.
Scopes scopes_of(const Call& call, const json::object& ticket) {
  const auto& asked = call.parameter("scope");
  return read_scopes(asked.empty() ? text(ticket, "scope") : asked);
}

http::Response authorization_code(const Call& call) {
  const auto code = read_ticket(call, Ticket::Code, call.required("code"));
  check_ticket(call, code, 9002313, 70008, "authorization code");
  if (text(code->claims, "redirect_uri") != call.parameter("redirect_uri")) {
    throw OAuthError("invalid_grant", 50011,
                     "The redirect URI '" + call.parameter("redirect_uri") +
                         "' is not the one of the authorization request.");
  }
  check_verifier(call, code->claims);
  const SignIn sign_in{find_app(call, client_of(call)),
                       user_of(call, code->claims),
                       scopes_of(call, code->claims),
                       text(code->claims, "nonce"),
                       {}};
  // Last, so that a request that is refused has not used it up.
  if (!redeem(call, code->claims)) {
    throw OAuthError("invalid_grant", 54005,
                     "OAuth2 Authorization code was already redeemed, please retry with a new "
                     "valid code or use an existing refresh token.");
  }
  return answer(token_answer(call, sign_in));
}

http::Response refresh_token(const Call& call) {
  const auto ticket = read_ticket(call, Ticket::Refresh, call.required("refresh_token"));
  check_ticket(call, ticket, 9002313, 700082, "refresh token");
  const auto user = user_of(call, ticket->claims);
  auto scopes = scopes_of(call, ticket->claims);
  scopes.wants_refresh = true;  // a new one comes with each
  return answer(
      token_answer(call, {find_app(call, client_of(call)), user, std::move(scopes), "", {}}));
}

http::Response password(const Call& call) {
  const auto user = find_user(call, call.required("username"));
  check_password(call, user, call.required("password"));
  return answer(token_answer(
      call, {find_app(call, client_of(call)), user, read_scopes(call.required("scope")), "", {}}));
}

http::Response poll_device_code(const Call& call) {
  const auto code = read_ticket(call, Ticket::Device, call.required("device_code"));
  if (code && code->is_expired) {
    throw OAuthError("expired_token", 70020, "The provided device code has expired.");
  }
  check_ticket(call, code, 9002313, 70020, "device code");
  const SignIn sign_in{find_app(call, client_of(call)),
                       user_of(call, code->claims),
                       read_scopes(text(code->claims, "scope")),
                       "",
                       {}};
  if (!redeem(call, code->claims)) {
    throw OAuthError("invalid_grant", 54005, "The device code was already redeemed.");
  }
  return answer(token_answer(call, sign_in));
}

// A service that was called with a user's token calls on as that user.
http::Response on_behalf_of(const Call& call) {
  check_client(call);
  const auto& assertion = call.required("assertion");
  const auto claims = call.tenant.world().gate->key().verify(assertion);
  if (!claims) {
    throw OAuthError("invalid_grant", 50013,
                     "Assertion failed signature validation: it is no token of this server's.");
  }
  if (text(*claims, "tid") != call.tenant_name || !claims->contains("scp")) {
    throw OAuthError(
        "invalid_grant", 50013,
        "The assertion is no access token of a user of the tenant '" + call.tenant_name + "'.");
  }
  if (claims->at("exp").as_int64() <= call.seconds()) {
    throw OAuthError("invalid_grant", 500133,
                     "Assertion is not within its valid time range. Ensure that the access token "
                     "is not expired before using it for user assertion.");
  }
  const auto app = find_app(call, client_of(call));
  if (!is_audience_of(call, app, text(*claims, "aud"))) {
    throw OAuthError("invalid_grant", 500131,
                     "Assertion audience does not match the Client app presenting the assertion. "
                     "The audience in the assertion was '" +
                         text(*claims, "aud") + "' and the expected audience is 'api://" + app.id +
                         "' or one of the Application Uris of this application with App ID '" +
                         app.id + "'.");
  }
  const auto user = find_user(call, text(*claims, "oid"));
  return answer(token_answer(call, {app, user, read_scopes(call.required("scope")), "", {}}));
}

struct GrantType {
  std::string_view name;
  http::Response (*exchange)(const Call& call);
};

constexpr std::array kGrantTypes = {
    GrantType{"client_credentials", client_credentials},
    GrantType{"authorization_code", authorization_code},
    GrantType{"refresh_token", refresh_token},
    GrantType{"password", password},
    GrantType{"urn:ietf:params:oauth:grant-type:device_code", poll_device_code},
    GrantType{"device_code", poll_device_code},
    GrantType{"urn:ietf:params:oauth:grant-type:jwt-bearer", on_behalf_of},
};

}  // namespace

http::Response token(const Call& call) {
  const auto& asked = call.required("grant_type");
  for (const auto& type : kGrantTypes) {
    if (type.name == asked) return type.exchange(call);
  }
  throw OAuthError("unsupported_grant_type", 70003,
                   "The app requested an unsupported grant type '" + asked + "'.");
}

http::Response device_page(const Call&) {
  http::Response response;
  response.body = "You are signed in already: graphmock asks nobody.\n";
  response.set_header("Content-Type", "text/plain; charset=utf-8");
  return response;
}

http::Response device_code(const Call& call) {
  const auto app = find_app(call, client_of(call));
  const auto user = find_user(call, call.parameter("login_hint"));
  const auto user_code =
      call.tenant.parts().request_ids->next_text(kUserCodeSize, kUserCodeLetters);
  const auto page = call.origin + "/common/oauth2/deviceauth";
  const SignIn sign_in{app, user, read_scopes(call.required("scope")), "", {}};
  return answer(
      json::object{{"user_code", user_code},
                   {"device_code", make_ticket(call, Ticket::Device, sign_in, kDeviceSeconds, {})},
                   {"verification_uri", page},
                   {"expires_in", kDeviceSeconds},
                   {"interval", kDeviceInterval},
                   {"message", "To sign in, use a web browser to open the page " + page +
                                   " and enter the code " + user_code +
                                   " to authenticate. (graphmock has signed in " +
                                   user.principal_name + " already.)"}});
}

}  // namespace graphmock::issuer
