// Which codes have been exchanged for tokens: each is good once (RFC 6749 4.1.2).
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>

namespace graphmock::issuer {

// From any thread. It knows the last thousands, which is more than are good at a time.
class Redeemed {
 public:
  static constexpr size_t kMost = 10'000;

  // False: it was before.
  bool add(const std::string& id) {
    const std::lock_guard lock(mutex_);
    if (!known_.insert(id).second) return false;
    order_.push_back(id);
    if (order_.size() > kMost) {
      known_.erase(order_.front());
      order_.pop_front();
    }
    return true;
  }

 private:
  std::mutex mutex_;
  std::unordered_set<std::string> known_;
  std::deque<std::string> order_;
};

}  // namespace graphmock::issuer
