// What all connections together may hold of requests that have not come whole and of answers that
// are not read: each is bounded, and ten thousand times that is more than a machine has.
#pragma once

#include <atomic>
#include <cstddef>

namespace graphmock::http {

// From any thread.
class Budget {
 public:
  explicit Budget(size_t most_bytes) : most_(most_bytes) {}

  // Moves what is `charged` for one place to `bytes`; false, and nothing moves, where that would be
  // too much for all. Less is always possible, and what stays as it is costs nothing.
  bool charge(size_t& charged, size_t bytes) {
    if (bytes > charged) {
      const size_t more = bytes - charged;
      if (used_.fetch_add(more, std::memory_order_relaxed) + more > most_) {
        used_.fetch_sub(more, std::memory_order_relaxed);
        return false;
      }
    } else if (bytes < charged) {
      used_.fetch_sub(charged - bytes, std::memory_order_relaxed);
    }
    charged = bytes;
    return true;
  }

 private:
  const size_t most_;
  std::atomic<size_t> used_{0};
};

}  // namespace graphmock::http
