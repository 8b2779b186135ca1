// Work on many things at once, on as many threads as there are cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace graphmock::base {

inline size_t cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

// Calls `work(worker, i)` once for each i below `count`, and returns when all is done. Workers are
// numbered from 0, the calling thread being that; each does one thing at a time. `work` must not
// throw.
template <typename Work>
void in_parallel(size_t workers, size_t count, const Work& work) {
  std::atomic<size_t> next{0};
  const auto run = [&](size_t worker) {
    for (size_t i = next++; i < count; i = next++) work(worker, i);
  };
  std::vector<std::jthread> others;
  for (size_t worker = 1; worker < std::min(workers, count); ++worker) {
    others.emplace_back(run, worker);
  }
  run(0);
}

}  // namespace graphmock::base
