#include "issuer/redeemed.h"

#include <gtest/gtest.h>

namespace graphmock::issuer {
namespace {

TEST(Redeemed, TakesEachOnce) {
  Redeemed redeemed;
  const auto first = redeemed.next_number(), second = redeemed.next_number();
  EXPECT_TRUE(redeemed.add(second));
  EXPECT_TRUE(redeemed.add(first));
  EXPECT_FALSE(redeemed.add(first));
  EXPECT_FALSE(redeemed.add(second));
}

TEST(Redeemed, TakesNoneTwiceHoweverManyOthersThereAre) {
  Redeemed redeemed;
  const auto unused = redeemed.next_number(), used = redeemed.next_number();
  EXPECT_TRUE(redeemed.add(used));
  for (size_t i = 0; i < 2 * Redeemed::kMost; ++i) {
    EXPECT_TRUE(redeemed.add(redeemed.next_number()));
  }
  EXPECT_FALSE(redeemed.add(used));
  // As old as that one, so that nobody can tell.
  EXPECT_FALSE(redeemed.add(unused));
  EXPECT_TRUE(redeemed.add(redeemed.next_number()));
}

}  // namespace
}  // namespace graphmock::issuer
