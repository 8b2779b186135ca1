// What the requests of the journal took of permissions, and what would have done.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

// GET permissions
http::Response report_permissions(const AdminCall& call);

}  // namespace graphmock::admin
