// Whether the token of a request lets it through, where one is asked for. Handlers are called
// behind that.
#pragma once

#include "auth/permissions.h"
#include "graph/call.h"

namespace graphmock::graph {

// Both do nothing where any token will do.
void check_token(const Call& call, const Context& context);  // throws http::Error (401)
// Of a call that has a target, and a good token. Throws http::Error: 403; for /me 400 with an
// application's token, and 404 where its user is no longer there.
void check_access(const Call& call, const Context& context);

// What the list of permissions says of a call that has a target; null for nothing.
const auth::Listed* listed(const auth::Permissions& permissions, const Call& call);

}  // namespace graphmock::graph
