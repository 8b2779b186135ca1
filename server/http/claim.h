// Who may touch a connection: one holder at a time, or nobody while it is parked. A holder parks
// it under a fresh ticket; only who presents that ticket takes it, so an event that was meant for
// an earlier parking, or for an earlier connection in the same slot, finds nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

namespace graphmock::http {

class Claim {
 public:
  // For the holder. Between the two calls the ticket may already be presented (epoll reports an
  // event before epoll_ctl has returned to us), the connection stays ours until leave().
  uint32_t prepare_to_leave() {
    const uint32_t ticket = ticket_of(state_.load(std::memory_order_relaxed)) + 1;
    state_.store(state_of(ticket, kLeaving), std::memory_order_release);
    return ticket;
  }
  void leave() { state_.fetch_add(kParked - kLeaving, std::memory_order_release); }

  // For everybody else: true makes the caller the holder.
  bool take(uint32_t ticket) {
    for (;;) {
      uint64_t expected = state_of(ticket, kParked);
      if (state_.compare_exchange_weak(expected, state_of(ticket, kHeld), std::memory_order_acq_rel,
                                       std::memory_order_acquire)) {
        return true;
      }
      if (ticket_of(expected) != ticket || stage_of(expected) == kHeld) return false;
      // The holder is one system call away from leaving; it may need our core for that.
      if (stage_of(expected) == kLeaving) std::this_thread::yield();
    }
  }

  // The ticket that would take it, when it is parked.
  std::optional<uint32_t> parked() const {
    const uint64_t state = state_.load(std::memory_order_acquire);
    if (stage_of(state) != kParked) return std::nullopt;
    return ticket_of(state);
  }

 private:
  static constexpr uint64_t kHeld = 0;
  static constexpr uint64_t kLeaving = 1;
  static constexpr uint64_t kParked = 2;

  static uint64_t state_of(uint32_t ticket, uint64_t stage) {
    return (uint64_t{ticket} << 2) | stage;
  }
  static uint32_t ticket_of(uint64_t state) { return static_cast<uint32_t>(state >> 2); }
  static uint64_t stage_of(uint64_t state) { return state & 3; }

  std::atomic<uint64_t> state_{0};
};

}  // namespace graphmock::http
