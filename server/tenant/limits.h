// How much a server keeps for its clients.
#pragma once

#include <cstddef>
#include <cstdint>

namespace graphmock::tenant {

struct Limits {
  size_t tenants = 10'000;
  // In all, about. A quarter of it is for journals, which never hold up a write: they forget.
  uint64_t bytes = uint64_t{2} << 30;

  uint64_t stored() const { return bytes - bytes / 4; }
  // No tenant takes more of that, so that others can go on.
  uint64_t stored_by_one() const { return bytes / 2; }
  uint64_t journals() const { return bytes / 4; }
};

}  // namespace graphmock::tenant
