// Frees what is large on a thread of its own, so that whoever is done with it need not wait, and
// gives the system back what the allocator would keep.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace graphmock::base {

// What was freed goes back to the system, which takes some milliseconds.
void trim_memory();

// From any thread. What is left is freed with the object.
class Disposal {
 public:
  Disposal() = default;
  ~Disposal();
  Disposal(const Disposal&) = delete;
  Disposal& operator=(const Disposal&) = delete;

  void take(std::shared_ptr<const void> rubbish);
  // Much has been freed, or is about to be: trims, once all that was taken is freed.
  void give_back_memory();
  // Nothing is taken any more, and all that was is freed.
  void end();

 private:
  void wake_locked();
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<const void>> rubbish_;
  bool has_to_trim_ = false;
  bool is_ending_ = false;
  std::thread thread_;  // from the first use on
};

}  // namespace graphmock::base
