// What is left of a rate limit: for each key so many requests in a window of time, as the service
// counts them (RateLimit-* and x-ms-throttle-* of Graph's throttling guidance).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "scenario/script.h"

namespace graphmock::scenario {

// One limit's windows, by key. A copy is a position of its own.
class Quotas {
 public:
  struct Outcome {
    bool is_exceeded = false;
    std::chrono::milliseconds until_reset{0};
    std::vector<std::pair<std::string, std::string>> headers;  // for whatever the answer is
  };

  // Takes one request's cost, or refuses it; what is refused costs nothing and does not move the
  // window, so that who comes back after Retry-After is served, and who comes sooner is not.
  uint64_t bytes() const;  // that they take, about

  Outcome take(const RateLimit& limit, const std::string& key, base::Instant now);

 private:
  struct Window {
    base::Instant ends;
    uint64_t used = 0;
  };
  static constexpr size_t kMostKeys = 10'000;

  Window& window(const RateLimit& limit, const std::string& key, base::Instant now);

  std::map<std::string, Window> windows_;
};

}  // namespace graphmock::scenario
