#include "base/work_budget.h"

#include <algorithm>

namespace graphmock::base {

constinit thread_local WorkBudget* WorkBudget::current_ = nullptr;

WorkBudget::WorkBudget(const Limits& limits, Refuse refuse)
    : limits_(limits), refuse_(refuse), is_outermost_(current_ == nullptr) {
  begin_slice(kFirstSlice);
  if (is_outermost_) current_ = this;
}

WorkBudget::~WorkBudget() {
  if (is_outermost_) current_ = nullptr;
}

void WorkBudget::begin_slice(uint64_t size) {
  slice_ = left_of_slice_ = std::min(size, limits_.work - used_ + 1);
}

void WorkBudget::end_slice(uint64_t work) {
  if (!is_spent_) {
    used_ += slice_ - left_of_slice_ + work;
    const auto now = limits_.now();
    if (!began_) began_ = now;
    // What is charged at once is still to be done, and will take that long.
    is_spent_ =
        used_ > limits_.work || now - *began_ + std::chrono::nanoseconds(work) > limits_.time;
  }
  if (!is_spent_) return begin_slice(kSlice);
  slice_ = left_of_slice_ = 0;
  refuse_();
}

}  // namespace graphmock::base
