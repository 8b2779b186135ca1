// Which codes have been exchanged for tokens: each is good once (RFC 6749 4.1.2). They are numbered
// in the order in which they are given out.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>

namespace graphmock::issuer {

// From any thread. It knows the last thousands; what is older than one that it no longer knows is
// taken for used, so that none is good twice however many others are redeemed meanwhile.
class Redeemed {
 public:
  static constexpr size_t kMost = 10'000;

  uint64_t next_number() {
    const std::lock_guard lock(mutex_);
    return ++last_;
  }

  // False: it was before.
  bool add(uint64_t number) {
    const std::lock_guard lock(mutex_);
    if (number <= forgotten_ || !known_.insert(number).second) return false;
    if (known_.size() > kMost) {
      forgotten_ = *known_.begin();
      known_.erase(known_.begin());
    }
    return true;
  }

 private:
  std::mutex mutex_;
  uint64_t last_ = 0;
  uint64_t forgotten_ = 0;  // the highest that is no longer known
  std::set<uint64_t> known_;
};

}  // namespace graphmock::issuer
