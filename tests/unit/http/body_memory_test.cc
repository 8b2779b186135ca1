#include "http/body_memory.h"

#include <gtest/gtest.h>

namespace graphmock::http {
namespace {

TEST(BodyMemory, IsEmptyAndAsLargeAsWhatWasKept) {
  take_body_memory();
  keep_body_memory(std::string(3000, 'x'));
  keep_body_memory("a smaller one changes nothing");
  const auto memory = take_body_memory();
  EXPECT_EQ(memory, "");
  EXPECT_GE(memory.capacity(), 3000u);
  EXPECT_LT(take_body_memory().capacity(), 3000u) << "it is taken once";
}

TEST(BodyMemory, IsNotKeptOfLargeBodies) {
  take_body_memory();
  keep_body_memory(std::string(10 << 20, 'x'));
  EXPECT_LT(take_body_memory().capacity(), size_t{1} << 20);
}

}  // namespace
}  // namespace graphmock::http
