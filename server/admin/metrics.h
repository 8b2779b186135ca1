// What the server has done so far, for Prometheus.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"
#include "tenant/tenants.h"

namespace graphmock::admin {

// From any thread, without a lock.
class Metrics {
 public:
  // A request of the data plane; `took` is what it took to make its answer.
  void count(std::string_view method, const http::Response& response,
             std::chrono::nanoseconds took);

  // In the text format of Prometheus, 0.0.4.
  std::string text(const tenant::Tenants& tenants) const;

 private:
  static constexpr std::array<std::string_view, 7> kMethods = {"GET",    "POST", "PATCH", "PUT",
                                                               "DELETE", "HEAD", "other"};
  static constexpr size_t kStatuses = 600;
  // Upper bounds in microseconds; what takes longer is counted in the sum alone.
  static constexpr std::array<uint64_t, 9> kBounds = {50,     100,     250,     1'000,    5'000,
                                                      25'000, 100'000, 500'000, 2'500'000};
  static constexpr size_t kFaults = 6;
  using Counter = std::atomic<uint64_t>;

  std::array<std::array<Counter, kStatuses>, kMethods.size()> requests_{};
  std::array<Counter, kBounds.size()> durations_{};
  std::array<Counter, kFaults> faults_{};
  Counter count_{0};
  Counter nanoseconds_{0};
  Counter delayed_{0};
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace graphmock::admin
