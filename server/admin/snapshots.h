// The control plane's snapshots of a tenant.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

http::Response list_snapshots(const AdminCall& call);
http::Response get_snapshot(const AdminCall& call);
http::Response put_snapshot(const AdminCall& call);
http::Response restore_snapshot(const AdminCall& call);
http::Response delete_snapshot(const AdminCall& call);

}  // namespace graphmock::admin
