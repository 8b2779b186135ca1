// Why requests were answered 404, 405 or 501: the rules that came closest to them and what each
// lacked, and the resource paths that may have been meant.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

http::Response near_misses(const AdminCall& call);  // ?limit=N requests, newest first

}  // namespace graphmock::admin
