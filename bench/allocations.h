// Counts what the program allocates with operator new, for benchmarks that link it.
#pragma once

#include <cstdint>

namespace graphmock::bench {

uint64_t allocations();

}  // namespace graphmock::bench
