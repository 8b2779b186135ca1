#include "http/pace.h"

#include <algorithm>

#include "http/connection.h"

namespace graphmock::http {

Pace::Pace(const Dribble& dribble, size_t head_bytes, size_t body_bytes, Clock::time_point begin) {
  using std::chrono::milliseconds;
  const auto total = std::min<milliseconds>(dribble.total, kLongestWait);
  if (total.count() <= 0 || body_bytes == 0) return;
  pieces_ = std::min(
      {static_cast<size_t>(dribble.chunks), body_bytes, static_cast<size_t>(total.count())});
  if (pieces_ == 0) return;
  head_bytes_ = head_bytes;
  body_bytes_ = body_bytes;
  begin_ = begin;
  interval_ = Clock::duration(total) / static_cast<Clock::rep>(pieces_);
  end_ = begin + total;
}

size_t Pace::due_pieces(Clock::time_point now) const {
  if (now >= end_) return pieces_;
  if (now < begin_) return 0;
  return std::min(static_cast<size_t>((now - begin_) / interval_), pieces_ - 1);
}

size_t Pace::due_bytes(Clock::time_point now) const {
  const size_t due = due_pieces(now);
  if (due == 0) return 0;
  // Where the body does not divide evenly the first pieces are the larger ones.
  return head_bytes_ + due * (body_bytes_ / pieces_) + std::min(due, body_bytes_ % pieces_);
}

Pace::Clock::time_point Pace::next_time(Clock::time_point now) const {
  const size_t next = due_pieces(now) + 1;
  if (next >= pieces_) return end_;
  return begin_ + interval_ * static_cast<Clock::rep>(next);
}

}  // namespace graphmock::http
