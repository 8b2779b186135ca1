#include "base/disposal.h"

#include <malloc.h>

#include <utility>

namespace graphmock::base {

void trim_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

Disposal::~Disposal() {
  end();
}

void Disposal::end() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  const auto left = std::exchange(rubbish_, {});
}

void Disposal::wake_locked() {
  if (!thread_.joinable() && !is_ending_) thread_ = std::thread([this] { run(); });
  changed_.notify_one();
}

void Disposal::take(std::shared_ptr<const void> rubbish) {
  if (!rubbish) return;
  const std::lock_guard lock(mutex_);
  rubbish_.push_back(std::move(rubbish));
  wake_locked();
}

void Disposal::give_back_memory() {
  const std::lock_guard lock(mutex_);
  has_to_trim_ = true;
  wake_locked();
}

void Disposal::run() {
  std::unique_lock lock(mutex_);
  while (!is_ending_) {
    changed_.wait(lock, [this] { return is_ending_ || !rubbish_.empty() || has_to_trim_; });
    auto taken = std::exchange(rubbish_, {});
    // What is taken next may be what the trim is about: it is freed first.
    const bool has_to_trim = taken.empty() && std::exchange(has_to_trim_, false);
    lock.unlock();
    taken.clear();
    if (has_to_trim) trim_memory();
    lock.lock();
  }
}

}  // namespace graphmock::base
