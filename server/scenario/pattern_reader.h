// Reads the `request` of a rule, which is also what the control plane is asked to find.
#pragma once

#include "scenario/fields.h"
#include "scenario/request_pattern.h"

namespace graphmock::scenario {

// Problems go to `fields`; with any, what comes back is not to be used.
RequestPattern read_pattern(const boost::json::value& value, const std::string& pointer,
                            Fields& fields);

}  // namespace graphmock::scenario
