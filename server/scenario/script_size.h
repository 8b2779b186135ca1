// What a script takes in memory, about, for the account of who defines it.
#pragma once

#include <cstdint>

#include "scenario/script.h"

namespace graphmock::scenario {

// `written` is the size of the text that it was read from. Where a tenant stands in it is in it,
// too, but for what grows with the requests (Player::Positions).
uint64_t bytes_of(const Script& script, uint64_t written);

}  // namespace graphmock::scenario
