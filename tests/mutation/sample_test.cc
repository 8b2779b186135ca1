#include "sample.h"

#include <gtest/gtest.h>

namespace graphmock::mutation_sample {
namespace {

TEST(Sample, IsSummedUp) {
  EXPECT_EQ(sum_from({1, 2, 3, 4}, 3), 7);
  EXPECT_EQ(sum_from({}, 3), 0);
}

TEST(Sample, HasALargerOne) {
  EXPECT_EQ(larger(1, 2), 2);
  EXPECT_EQ(larger(2, 1), 2);
}

}  // namespace
}  // namespace graphmock::mutation_sample
