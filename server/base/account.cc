#include "base/account.h"

namespace graphmock::base {

void Account::note_peak(uint64_t bytes) {
  if (on_large_drop_ && bytes > peak_.load(std::memory_order_relaxed)) {
    peak_.store(bytes, std::memory_order_relaxed);
  }
}

bool Account::charge(uint64_t bytes) {
  auto now = bytes_.load(std::memory_order_relaxed);
  do {
    if (bytes > limit_ || now > limit_ - bytes) return false;
  } while (!bytes_.compare_exchange_weak(now, now + bytes, std::memory_order_relaxed));
  if (whole_ && !whole_->charge(bytes)) {
    bytes_.fetch_sub(bytes, std::memory_order_relaxed);
    return false;
  }
  note_peak(now + bytes);
  return true;
}

void Account::charge_anyway(uint64_t bytes) {
  note_peak(bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes);
  if (whole_) whole_->charge_anyway(bytes);
}

void Account::give_back(uint64_t bytes) {
  const auto now = bytes_.fetch_sub(bytes, std::memory_order_relaxed) - bytes;
  if (whole_) whole_->give_back(bytes);
  if (!on_large_drop_) return;
  auto peak = peak_.load(std::memory_order_relaxed);
  if (peak < now || peak - now < kLargeDrop) return;
  if (peak_.compare_exchange_strong(peak, now, std::memory_order_relaxed)) on_large_drop_();
}

bool Charge::add(uint64_t bytes) {
  if (account_ && !account_->charge(bytes)) return false;
  bytes_ += bytes;
  return true;
}

void Charge::set(uint64_t bytes) {
  if (account_ && bytes > bytes_) account_->charge_anyway(bytes - bytes_);
  if (account_ && bytes < bytes_) account_->give_back(bytes_ - bytes);
  bytes_ = bytes;
}

}  // namespace graphmock::base
