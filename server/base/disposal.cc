#include "base/disposal.h"

#include <utility>

namespace graphmock::base {

Disposal::~Disposal() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Disposal::take(std::shared_ptr<const void> rubbish) {
  if (!rubbish) return;
  {
    const std::lock_guard lock(mutex_);
    rubbish_.push_back(std::move(rubbish));
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
}

void Disposal::run() {
  std::unique_lock lock(mutex_);
  while (!is_ending_) {
    changed_.wait(lock, [this] { return is_ending_ || !rubbish_.empty(); });
    auto taken = std::exchange(rubbish_, {});
    lock.unlock();
    taken.clear();
    lock.lock();
  }
}

}  // namespace graphmock::base
