// Resource paths that a request which found nothing may have meant.
#pragma once

#include <string>
#include <vector>

#include "graph/call.h"
#include "tenant/tenant.h"

namespace graphmock::admin {

struct NearPath {
  std::string path;  // with its version
  std::string why;   // it is not what was asked for, or what keeps it from being answered
};

std::vector<NearPath> near_paths(tenant::Tenant& tenant, const graph::Call& call,
                                 const tenant::Exchange& exchange);

}  // namespace graphmock::admin
