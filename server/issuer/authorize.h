// The authorization endpoint (RFC 6749 3.1): where a browser would ask the user. Nobody is asked
// here; the user that the request hints at has consented already.
#pragma once

#include "http/message.h"
#include "issuer/call.h"

namespace graphmock::issuer {

// Sends the browser back to where the client wants it, with a code, or with what is wrong. Throws
// OAuthError where there is no such place.
http::Response authorize(const Call& call);
// Ends a session that there is none of.
http::Response logout(const Call& call);

}  // namespace graphmock::issuer
