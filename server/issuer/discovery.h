// What clients ask about the token service before they use it.
#pragma once

#include "http/message.h"
#include "issuer/call.h"

namespace graphmock::issuer {

// OpenID Connect Discovery 1.0: where everything is.
http::Response configuration(const Call& call);
// The same for who takes access tokens, which are of version 1.0.
http::Response configuration_of_version_1(const Call& call);
// The keys that tokens are signed with (RFC 7517).
http::Response keys(const Call& call);
// Whether an authority is one, as MSAL asks it. All that lead here are.
http::Response instance(const Call& call);
// Whether a user's password is checked here, as MSAL asks it. It is.
http::Response user_realm(const Call& call);

}  // namespace graphmock::issuer
