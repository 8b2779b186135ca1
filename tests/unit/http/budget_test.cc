#include "http/budget.h"

#include <gtest/gtest.h>

namespace graphmock::http {
namespace {

constexpr size_t kMb = 1024 * 1024;

TEST(Budget, IsSharedByAllPlaces) {
  Budget budget(3 * kMb);
  size_t one = 0, other = 0;
  EXPECT_TRUE(budget.charge(one, 2 * kMb));
  EXPECT_FALSE(budget.charge(other, 2 * kMb));
  EXPECT_EQ(other, 0u);
  EXPECT_TRUE(budget.charge(other, kMb)) << "exactly what is left";
  EXPECT_EQ(other, kMb);
}

TEST(Budget, TakesBackWhatAPlaceNoLongerHolds) {
  Budget budget(2 * kMb);
  size_t one = 0, other = 0;
  budget.charge(one, 2 * kMb);
  EXPECT_TRUE(budget.charge(one, kMb));
  EXPECT_TRUE(budget.charge(other, kMb));
  budget.charge(one, 0);
  EXPECT_TRUE(budget.charge(other, 2 * kMb));
}

TEST(Budget, KeepsWhatWasChargedWhereMoreIsTooMuch) {
  Budget budget(2 * kMb);
  size_t one = 0, other = 0;
  budget.charge(one, kMb);
  EXPECT_FALSE(budget.charge(one, 3 * kMb));
  EXPECT_EQ(one, kMb);
  EXPECT_TRUE(budget.charge(other, kMb));
}

TEST(Budget, CountsWhatIsSmall) {
  Budget budget(100);
  size_t one = 0, other = 0;
  EXPECT_TRUE(budget.charge(one, 60));
  EXPECT_FALSE(budget.charge(other, 41));
  EXPECT_TRUE(budget.charge(other, 40));
}

}  // namespace
}  // namespace graphmock::http
