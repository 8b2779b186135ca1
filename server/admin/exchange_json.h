// One entry of the journal as the control plane shows it, in WireMock's words where it has them.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "tenant/journal.h"

namespace graphmock::admin {

boost::json::object exchange_json(const std::string& tenant, const tenant::Exchange& exchange);

}  // namespace graphmock::admin
