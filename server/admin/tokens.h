// Tokens made to order, for tests of what a token must not be.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

// POST tokens
http::Response make_token(const AdminCall& call);

}  // namespace graphmock::admin
