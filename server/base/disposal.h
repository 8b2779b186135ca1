// Frees what is large on a thread of its own, so that whoever is done with it need not wait.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace graphmock::base {

// From any thread. What is left is freed with the object.
class Disposal {
 public:
  Disposal() = default;
  ~Disposal();
  Disposal(const Disposal&) = delete;
  Disposal& operator=(const Disposal&) = delete;

  void take(std::shared_ptr<const void> rubbish);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<const void>> rubbish_;
  bool is_ending_ = false;
  std::thread thread_;  // from the first use on
};

}  // namespace graphmock::base
