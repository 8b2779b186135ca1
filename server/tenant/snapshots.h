// A tenant's named snapshots: entities, scenario positions, clock and ids as they were. They last
// as long as the tenant is not dropped, resets or not.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "scenario/player.h"
#include "store/changes.h"
#include "store/snapshot.h"
#include "tenant/tenant_clock.h"

namespace graphmock::tenant {

// Immutable.
struct Snapshot {
  base::Instant taken_at;  // by the tenant's clock
  std::shared_ptr<const store::Snapshot> fixtures;
  store::Changes changes;
  uint64_t ids = 0;  // given out so far
  uint64_t request_ids = 0;
  scenario::Player::Positions positions;
  ClockSetting clock;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

// From any thread.
class Snapshots {
 public:
  static constexpr size_t kMost = 100;

  // True: there was none of that name. Throws http::Error: 400 for what is no name, 503 when there
  // are too many.
  bool put(std::string_view name, SnapshotPtr snapshot);
  // Throws http::Error (404), naming those there are.
  SnapshotPtr get(std::string_view name) const;
  bool remove(std::string_view name);  // false when there is none
  std::map<std::string, SnapshotPtr, std::less<>> all() const;
  bool is_empty() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, SnapshotPtr, std::less<>> snapshots_;
};

}  // namespace graphmock::tenant
