#include "tenant/tenant_clock.h"

namespace graphmock::tenant {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

constexpr base::Instant kFirst = sys_days(year(1) / 1 / 1);
constexpr base::Instant kEnd = sys_days(year(10000) / 1 / 1);

}  // namespace

base::Instant TenantClock::now_locked() const {
  return setting_.frozen ? *setting_.frozen : server_.now() + setting_.ahead;
}

base::Instant TenantClock::now() const {
  const std::lock_guard lock(mutex_);
  return now_locked();
}

ClockSetting TenantClock::setting() const {
  const std::lock_guard lock(mutex_);
  return setting_;
}

bool TenantClock::is_set() const {
  const auto now = setting();
  return now.frozen || now.ahead.count() != 0;
}

bool TenantClock::change(const Change& change) {
  const std::lock_guard lock(mutex_);
  auto time = change.now.value_or(now_locked());
  // Neither sum runs over: both are within some thousands of years.
  if (change.advance) {
    if (*change.advance > kEnd - kFirst || *change.advance < kFirst - kEnd) return false;
    time += *change.advance;
  }
  if (time < kFirst || time >= kEnd) return false;
  const bool is_frozen = change.frozen.value_or(setting_.frozen.has_value());
  if (is_frozen) {
    setting_.frozen = time;
  } else if (setting_.frozen || change.now || change.advance) {
    setting_ = {time - server_.now(), std::nullopt};
  }
  return true;
}

}  // namespace graphmock::tenant
