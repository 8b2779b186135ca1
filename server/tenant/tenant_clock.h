// A tenant's own time: the server's, moved or held still by the control plane.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "base/clock.h"

namespace graphmock::tenant {

struct ClockSetting {
  std::chrono::milliseconds ahead{0};   // of the server's
  std::optional<base::Instant> frozen;  // then `ahead` does not count
};

// From any thread.
class TenantClock : public base::Clock {
 public:
  explicit TenantClock(const base::Clock& server, ClockSetting setting = {})
      : server_(server), setting_(setting) {}

  base::Instant now() const override;
  ClockSetting setting() const;
  bool is_set() const;  // otherwise than the server's

  // Does all that is given, in this order, or nothing. False: the time would lie before the year 1
  // or after 9999.
  struct Change {
    std::optional<base::Instant> now;
    std::optional<std::chrono::milliseconds> advance;
    std::optional<bool> frozen;
  };
  bool change(const Change& change);

 private:
  base::Instant now_locked() const;

  const base::Clock& server_;
  mutable std::mutex mutex_;
  ClockSetting setting_;
};

}  // namespace graphmock::tenant
