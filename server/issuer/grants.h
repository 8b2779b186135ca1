// The token endpoint: one way in for each "grant_type".
#pragma once

#include "http/message.h"
#include "issuer/call.h"

namespace graphmock::issuer {

// All throw OAuthError for what is refused.
http::Response token(const Call& call);        // POST oauth2/v2.0/token
http::Response device_code(const Call& call);  // POST oauth2/v2.0/devicecode
// Where the user of a device code would be asked.
http::Response device_page(const Call& call);

}  // namespace graphmock::issuer
