// The control plane's hand on a tenant's clock.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

http::Response get_clock(const AdminCall& call);
// {"now": "2026-01-31T12:00:00Z", "advance": "PT1H", "frozen": true}, each of them optional; in
// that order.
http::Response put_clock(const AdminCall& call);

}  // namespace graphmock::admin
