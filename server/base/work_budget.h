// How much work one request may make, and how long it may take by the real clock, for whatever
// loops over what clients have sent or stored. It is the thread's that serves the request, since
// what costs something lies in all layers, the JSON parser among them. Not a measure of memory, and
// nothing of it outlives the request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace graphmock::base {

// All that its thread charges while it lives goes to it, what it made before not. One that is made
// while there is another belongs to that: the parts of a batch share what the batch has.
class WorkBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Now = Time (*)();
  // Throws what a request is answered that takes more.
  using Refuse = void (*)();

  struct Limits {
    // About as many as nanoseconds on a machine of 2023. What stops a request that is too much is
    // this, mostly, so that it is stopped on every machine, and at the same place.
    uint64_t work;
    // For what took longer than its work tells.
    std::chrono::nanoseconds time;
    Now now = std::chrono::steady_clock::now;
  };

  WorkBudget(const Limits& limits, Refuse refuse);
  ~WorkBudget();
  WorkBudget(const WorkBudget&) = delete;
  WorkBudget& operator=(const WorkBudget&) = delete;

  uint64_t used() const { return used_ + slice_ - left_of_slice_; }

  // While one lives nothing is charged: for an answer that has to be put together however much the
  // request took, and for what is made once for all.
  class Pause {
   public:
    Pause() : paused_(current_) { current_ = nullptr; }
    ~Pause() { current_ = paused_; }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    WorkBudget* const paused_;
  };

 private:
  friend void charge(uint64_t work);

  // The clock is looked at once in so much work; small requests never do.
  static constexpr uint64_t kFirstSlice = 100'000;
  static constexpr uint64_t kSlice = 1'000'000;

  void take(uint64_t work) {
    if (work >= left_of_slice_) [[unlikely]]
      return end_slice(work);
    left_of_slice_ -= work;
  }
  void begin_slice(uint64_t size);
  void end_slice(uint64_t work);

  static constinit thread_local WorkBudget* current_;

  const Limits limits_;
  const Refuse refuse_;
  const bool is_outermost_;
  bool is_spent_ = false;
  uint64_t slice_ = 0;
  uint64_t left_of_slice_ = 0;
  uint64_t used_ = 0;          // by the slices before
  std::optional<Time> began_;  // when the first slice ended
};

// Before the work is done, or while it is. Throws what the budget's Refuse does when that is spent,
// and from then on each time; without a budget nothing. Not to be called by what must not throw, as
// a destructor, or what could not be left half done.
inline void charge(uint64_t work) {
  if (auto* budget = WorkBudget::current_) budget->take(work);
}

// Prices of what is done most, in the same units.
namespace work {
inline constexpr uint64_t kEntity = 50;  // to be looked at, for whatever reason
// Of bytes, so many of which make a unit.
inline constexpr uint64_t kBytesCopied = 4;
}  // namespace work

inline void charge_copy(uint64_t bytes) {
  charge(bytes / work::kBytesCopied);
}

}  // namespace graphmock::base
