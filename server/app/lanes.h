// Which requests the wire lets go ahead of others: those of the control plane, whatever tenant they
// name, and before all of them the question whether the server is well.
#pragma once

#include "http/lane.h"

namespace graphmock::app {

// Of a request that nobody has checked yet: who may not ask is refused as quickly.
http::Lane lane_of(const http::Request& request);

}  // namespace graphmock::app
