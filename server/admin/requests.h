// The control plane's look at the journal.
#pragma once

#include "admin/call.h"

namespace graphmock::admin {

http::Response list_requests(const AdminCall& call);  // ?limit=N, ?unmatched=true
http::Response clear_requests(const AdminCall& call);
// Of "?limit="; SIZE_MAX where it is not given. Throws http::Error (400).
size_t limit_of(const AdminCall& call);
// The body is as a rule's "request"; throws http::Error (400) with every problem of it.
http::Response count_requests(const AdminCall& call);
http::Response find_requests(const AdminCall& call);

}  // namespace graphmock::admin
