// Time as the rest of the server sees it: asked of an object, so that tests and tenants can move
// it by hand.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace graphmock::base {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;  // from any thread
};

class SystemClock : public Clock {
 public:
  Instant now() const override;
};

// Stands still until it is told to move.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override;
  void advance(std::chrono::milliseconds by);

 private:
  mutable std::mutex mutex_;
  Instant now_;
};

// "2021-05-18T19:03:10Z"; with milliseconds "2021-05-18T19:03:10.125Z" where there are any.
std::string to_iso8601(Instant instant);
// "2021-05-18T19:03:10", as Graph writes the date of an error.
std::string to_iso8601_seconds(Instant instant);
// "Tue, 18 May 2021 19:03:10 GMT" (RFC 9110, 5.6.7).
std::string to_http_date(Instant instant);

}  // namespace graphmock::base
