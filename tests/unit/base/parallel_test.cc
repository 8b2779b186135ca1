#include "base/parallel.h"

#include <gtest/gtest.h>

#include <vector>

namespace graphmock::base {
namespace {

TEST(InParallel, DoesEachThingOnce) {
  for (const size_t workers : {1, 2, 7}) {
    for (const size_t count : {0, 1, 5, 1000}) {
      std::vector<int> done(count, 0);
      std::vector<std::vector<size_t>> done_by(workers);  // unguarded: each is one thread's
      in_parallel(workers, count, [&](size_t worker, size_t i) {
        ++done[i];
        done_by[worker].push_back(i);
      });
      EXPECT_EQ(done, std::vector<int>(count, 1));
      size_t all = 0;
      for (const auto& one : done_by) all += one.size();
      EXPECT_EQ(all, count);
    }
  }
}

}  // namespace
}  // namespace graphmock::base
