// How expressions are evaluated, beyond what they say themselves.
#pragma once

#include "base/clock.h"

namespace graphmock::odata {

struct Rules {
  bool ignore_case = false;  // of strings, as among directory objects
  base::Instant now;
};

}  // namespace graphmock::odata
