// Work on a thread of its own, beside what the caller does meanwhile.
#pragma once

#include <future>
#include <thread>
#include <type_traits>
#include <utility>

namespace graphmock::base {

template <typename Result>
class Beside {
 public:
  template <typename Work>
  explicit Beside(Work work)
      : task_(std::move(work)), result_(task_.get_future()), thread_([this] { task_(); }) {}
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  // Waits for what the work gives, or throws what it threw. To be called once at most; the
  // destructor waits as well.
  Result take() { return result_.get(); }

 private:
  std::packaged_task<Result()> task_;
  std::future<Result> result_;
  std::jthread thread_;
};

template <typename Work>
Beside(Work) -> Beside<std::invoke_result_t<Work>>;

}  // namespace graphmock::base
