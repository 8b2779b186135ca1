// What is handed out: access tokens in the form that the service has them for Graph, ID tokens,
// refresh tokens, codes. All are signed by the one key; what one is for stands in its header
// ("typ") and its audience, so that none can be taken for another.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "issuer/directory.h"

namespace graphmock::issuer {

inline constexpr int64_t kAccessSeconds = 3599;
inline constexpr int64_t kCodeSeconds = 600;

// What a client asks for.
struct Scopes {
  std::vector<std::string> asked;  // as they were asked for
  std::vector<std::string> names;  // of the resource's permissions, without the resource
  std::string resource;            // "https://graph.microsoft.com"
  bool is_default = false;         // "RESOURCE/.default": whatever has been granted
  bool wants_id = false;           // "openid"
  bool wants_refresh = false;      // "offline_access"

  // Whether a permission of the resource is asked for by its name.
  bool are_of_resource() const;
  std::string text() const;  // as answers repeat it
};

// Throws OAuthError for scopes of more than one resource.
Scopes read_scopes(std::string_view text);

// What somebody has been let in for.
struct SignIn {
  App app;
  std::optional<User> user;  // none: the application signs in for itself
  Scopes scopes;
  std::string nonce;
  // In place of those that were asked for or granted.
  std::optional<std::vector<std::string>> permissions;
};

std::string access_token(const Call& call, const SignIn& sign_in,
                         int64_t lifetime = kAccessSeconds);
// The answer of the token endpoint.
boost::json::object token_answer(const Call& call, const SignIn& sign_in);
std::string id_token(const Call& call, const SignIn& sign_in);
// Which account that is, as MSAL wants to know it.
std::string client_info(const Call& call, const User& user);

enum class Ticket { Code, Refresh, Device };

// A ticket that can be exchanged for tokens, with further claims of its own and its number, "jti".
std::string make_ticket(const Call& call, Ticket kind, const SignIn& sign_in, int64_t lifetime,
                        boost::json::object claims);
// Its claims, if it is one of that kind and still good; nothing otherwise.
struct ReadTicket {
  boost::json::object claims;
  bool is_expired = false;
};
std::optional<ReadTicket> read_ticket(const Call& call, Ticket kind, const std::string& text);

}  // namespace graphmock::issuer
