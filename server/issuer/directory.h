// Who signs in, as the tenant's own entities have them: users, and applications with what they have
// been granted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "issuer/call.h"

namespace graphmock::issuer {

struct User {
  std::string id;
  std::string name;            // displayName
  std::string principal_name;  // userPrincipalName
};

struct App {
  std::string id;         // "appId", which is what a client calls itself by
  std::string object_id;  // its service principal's
  bool is_known = false;  // the tenant has a service principal for it
};

// By id or userPrincipalName; without a hint the one that /me is. Throws OAuthError where there is
// none, or it is disabled.
User find_user(const Call& call, std::string_view hint);
// Throws OAuthError unless that is the password of a user whose password the fixtures tell; of one
// whose password they do not, any is.
void check_password(const Call& call, const User& user, std::string_view password);
// Which of the user's sessions there are: another text once they have been revoked
// (revokeSignInSessions).
std::string sessions_of(const Call& call, std::string_view user_id);

// One that the tenant does not know is taken on trust.
App find_app(const Call& call, std::string_view client_id);

// Whether a token for that audience is one for the application: it is called by its id, by
// "api://ID" or by one of its own URIs. Of one that the tenant does not know all but Graph's are
// taken on trust.
bool is_audience_of(const Call& call, const App& app, std::string_view audience);

// What the application may do at a resource: the application roles that are assigned to it, or what
// that user, or somebody for all, has granted it. An application that the tenant does not know may
// do all that Graph has.
std::vector<std::string> granted_roles(const Call& call, const App& app, std::string_view resource);
std::vector<std::string> granted_scopes(const Call& call, const App& app, const User& user,
                                        std::string_view resource);

}  // namespace graphmock::issuer
