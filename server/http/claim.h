// Who may touch a connection: one holder at a time, or nobody while it is parked. A holder parks
// it under a ticket; only who presents that ticket takes it, so an event that was meant for an
// earlier parking, or for an earlier connection in the same slot, finds nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

namespace graphmock::http {

class Claim {
 public:
  static constexpr uint32_t kMostTicket = 0x7FFFFFFF;

  // For the holder, who parks it under a fresh ticket. Between the two calls the ticket may already
  // be presented (epoll reports an event before epoll_ctl has returned to us), the connection stays
  // ours until leave().
  uint32_t prepare_to_leave() {
    const uint32_t ticket = (ticket_of(state_.load(std::memory_order_relaxed)) + 1) & kMostTicket;
    state_.store(state_of(ticket, kLeaving), std::memory_order_release);
    return ticket;
  }
  void leave() { state_.fetch_add(kParked - kLeaving, std::memory_order_release); }

  // For the holder, who parks it under the ticket with which it was taken. False: somebody has
  // presented that meanwhile, for whom the holder, which it still is, goes on.
  bool leave_again() {
    const uint32_t ticket = ticket_of(state_.load(std::memory_order_relaxed));
    uint64_t expected = state_of(ticket, kHeld);
    if (state_.compare_exchange_strong(expected, state_of(ticket, kParked),
                                       std::memory_order_release, std::memory_order_relaxed)) {
      return true;
    }
    state_.store(state_of(ticket, kHeld), std::memory_order_relaxed);
    return false;
  }

  // For everybody else: true makes the caller the holder. False: it is not this ticket's, or it is
  // held, and leave_again() will say that somebody came.
  bool take(uint32_t ticket) {
    uint64_t state = state_of(ticket, kParked);
    for (;;) {
      if (ticket_of(state) != ticket || stage_of(state) == kCalled) return false;
      if (stage_of(state) == kLeaving) {
        // The holder is one system call away from leaving; it may need our core for that.
        std::this_thread::yield();
        state = state_.load(std::memory_order_acquire);
        continue;
      }
      const bool is_parked = stage_of(state) == kParked;
      if (state_.compare_exchange_weak(state, state_of(ticket, is_parked ? kHeld : kCalled),
                                       std::memory_order_acq_rel, std::memory_order_acquire)) {
        return is_parked;
      }
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
  static constexpr uint64_t kCalled = 3;  // held, and somebody came

  static uint64_t state_of(uint32_t ticket, uint64_t stage) {
    return (uint64_t{ticket} << 2) | stage;
  }
  static uint32_t ticket_of(uint64_t state) { return static_cast<uint32_t>(state >> 2); }
  static uint64_t stage_of(uint64_t state) { return state & 3; }

  std::atomic<uint64_t> state_{0};
};

}  // namespace graphmock::http
