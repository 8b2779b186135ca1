// Time zones by either of the names that Outlook takes, and the change between the time on their
// walls and UTC. The rules are those of the system's IANA database.
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace graphmock::base {

class TimeZone {
 public:
  // "Pacific Standard Time" (whatever its case) or "America/Los_Angeles"; nothing for a name that
  // is neither, or whose rules this system does not have.
  static std::optional<TimeZone> named(std::string_view name);

  // Both count seconds since 1970-01-01T00:00:00, on the zone's walls or in UTC. A time that the
  // walls skip is the moment at which they do, one that they show twice the first of the two.
  int64_t utc_of(int64_t local_seconds) const;
  int64_t local_of(int64_t utc_seconds) const;

 private:
  explicit TimeZone(absl::TimeZone zone) : zone_(zone) {}

  absl::TimeZone zone_;
};

}  // namespace graphmock::base
