// How one request fares with the rules of the scenarios that play: which of them act, and what
// that makes of it. For Player, which holds their positions.
#pragma once

#include <vector>

#include "scenario/player.h"

namespace graphmock::scenario {

// The rules' positions move. `playing` in the order in which they were activated; `canned` are
// rules that come behind all others, whatever their priority. Neither holds null.
Verdict judge(const std::vector<Activation*>& playing, Activation* canned, const Facts& facts,
              uint64_t seed, base::Instant now);

}  // namespace graphmock::scenario
