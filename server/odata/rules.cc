#include "odata/rules.h"

#include "http/error.h"

namespace graphmock::odata {

void take_steps(uint64_t& steps, uint64_t cost) {
  constexpr uint64_t kMostSteps = 20'000'000;
  steps += cost;
  if (steps > kMostSteps) {
    throw http::Error(400, "", "The expression takes too long to evaluate over these entities.");
  }
}

EntityCost::~EntityCost() {
  constexpr uint64_t kFew = 200;
  if (steps_ - before_ <= kFew) steps_ = before_;
}

}  // namespace graphmock::odata
