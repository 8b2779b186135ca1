// When how much of an answer is to be sent: all at once, or in pieces of its body that are evenly
// spread over a time, the head with the first of them. For Worker; it does no input or output.
#pragma once

#include <chrono>
#include <cstddef>

#include "http/message.h"

namespace graphmock::http {

class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  Pace() = default;  // all at once
  // Of `pieces` the last is due when the whole time has passed, as with WireMock's
  // chunkedDribbleDelay. There are no more pieces than bytes of the body, or than milliseconds; an
  // answer without a body comes at once.
  Pace(const Dribble& dribble, size_t head_bytes, size_t body_bytes, Clock::time_point begin);

  bool is_at_once() const { return pieces_ == 0; }
  // Counted from the answer's beginning. For what does not come at once.
  size_t due_bytes(Clock::time_point now) const;
  // When more than that will be due; the time of the last piece when all is.
  Clock::time_point next_time(Clock::time_point now) const;

 private:
  size_t due_pieces(Clock::time_point now) const;

  size_t pieces_ = 0;
  size_t head_bytes_ = 0;
  size_t body_bytes_ = 0;
  Clock::time_point begin_;
  Clock::duration interval_{};
  Clock::time_point end_;
};

}  // namespace graphmock::http
