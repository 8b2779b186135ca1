// How many bytes are kept for somebody, within a limit and within a larger account: what clients
// store is charged to their tenant's, and that to the server's. Bytes are reckoned, not measured:
// texts by their size, what stands around them by a constant.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <utility>

namespace graphmock::base {

// From any thread, without a lock.
class Account {
 public:
  static constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();

  explicit Account(uint64_t limit = kNoLimit, std::shared_ptr<Account> whole = nullptr)
      : limit_(limit), whole_(std::move(whole)) {}
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  // False, and nothing is charged, where it would go beyond the limit, or that of the whole.
  bool charge(uint64_t bytes);
  // Beyond any limit, for what is there in any case.
  void charge_anyway(uint64_t bytes);
  void give_back(uint64_t bytes);
  // As things stand; its own limit alone.
  bool has_room(uint64_t more) const { return more <= limit_ && bytes() <= limit_ - more; }

  uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  uint64_t limit() const { return limit_; }

  // Called when so many bytes less are kept than once were; not by several threads at a time more
  // often than once for each drop. To be set before others use the account.
  static constexpr uint64_t kLargeDrop = uint64_t{64} << 20;
  void on_large_drop(std::function<void()> call) { on_large_drop_ = std::move(call); }

 private:
  void note_peak(uint64_t bytes);

  const uint64_t limit_;
  const std::shared_ptr<Account> whole_;
  std::atomic<uint64_t> bytes_{0};
  std::atomic<uint64_t> peak_{0};  // since the last large drop
  std::function<void()> on_large_drop_;
};

using AccountPtr = std::shared_ptr<Account>;

// Bytes that have been charged, given back with the object.
class Charge {
 public:
  Charge() = default;
  // Of bytes that the account has been charged with. It may be null, which keeps no account.
  Charge(AccountPtr account, uint64_t bytes) : account_(std::move(account)), bytes_(bytes) {}
  Charge(Charge&& other) noexcept
      : account_(std::move(other.account_)), bytes_(std::exchange(other.bytes_, 0)) {}
  Charge& operator=(Charge&& other) noexcept {
    std::swap(account_, other.account_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Charge() {
    if (account_) account_->give_back(bytes_);
  }

  uint64_t bytes() const { return bytes_; }
  // As Account::charge(); without an account always.
  bool add(uint64_t bytes);
  // From now on of so many, whatever the limit.
  void set(uint64_t bytes);

 private:
  AccountPtr account_;
  uint64_t bytes_ = 0;
};

// The same object; the charge goes with its last pointer.
template <typename T>
std::shared_ptr<T> charged(std::shared_ptr<T> object, Charge charge) {
  struct Held {
    Charge charge;
    std::shared_ptr<T> object;  // freed before that is given back
  };
  auto held = std::make_shared<Held>(Held{std::move(charge), std::move(object)});
  auto* const plain = held->object.get();
  return {std::move(held), plain};
}

}  // namespace graphmock::base
