// The control plane's hand in a tenant's scenarios.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

http::Response list_scenarios(const AdminCall& call);
// With a body defines it first, in that tenant alone. Throws http::Error: 400 with every problem of
// a script, 404 when there is none of that name.
http::Response put_scenario(const AdminCall& call);
http::Response put_scenario_state(const AdminCall& call);
http::Response delete_scenario(const AdminCall& call);

}  // namespace graphmock::admin
