// What a worker got from epoll beyond the one connection that it serves. Taking several at a time
// costs fewer system calls under load; so that a slow request holds none of them up, others may
// take them off it.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace graphmock::http {

// One a worker, each on cache lines of its own. From any thread, but for put().
class alignas(64) ReadyEvents {
 public:
  static constexpr size_t kMost = 3;
  static constexpr uint64_t kNone = ~uint64_t{0};

  // By the worker whose they are, when take() gave it nothing. `i` is below kMost. Whoever goes to
  // sleep after that either finds it or is seen to sleep (hence the order).
  void put(size_t i, uint64_t event) { events_[i].store(event, std::memory_order_seq_cst); }

  uint64_t take() {
    for (auto& event : events_) {
      if (event.load(std::memory_order_seq_cst) == kNone) continue;
      const auto taken = event.exchange(kNone, std::memory_order_acquire);
      if (taken != kNone) return taken;
    }
    return kNone;
  }
  bool empty() const {
    for (const auto& event : events_) {
      if (event.load(std::memory_order_relaxed) != kNone) return false;
    }
    return true;
  }

 private:
  std::array<std::atomic<uint64_t>, kMost> events_{kNone, kNone, kNone};
};

}  // namespace graphmock::http
