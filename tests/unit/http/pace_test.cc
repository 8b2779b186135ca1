#include "http/pace.h"

#include <gtest/gtest.h>

#include <vector>

namespace graphmock::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr Pace::Clock::time_point kBegin{std::chrono::hours(1)};
constexpr size_t kHeadBytes = 50;

// How much is due at each time at which something becomes due, and that time.
std::vector<std::pair<int64_t, size_t>> steps_of(const Pace& pace) {
  std::vector<std::pair<int64_t, size_t>> steps;
  auto time = kBegin - nanoseconds(1);
  while (pace.next_time(time) > time) {
    time = pace.next_time(time);
    steps.emplace_back(std::chrono::duration_cast<milliseconds>(time - kBegin).count(),
                       pace.due_bytes(time));
  }
  return steps;
}

using Steps = std::vector<std::pair<int64_t, size_t>>;

TEST(Pace, IsAtOnceUnlessThereAreSeveralPiecesAndATimeForThem) {
  EXPECT_TRUE(Pace().is_at_once());
  EXPECT_TRUE(Pace({0, milliseconds(100)}, kHeadBytes, 10, kBegin).is_at_once());
  EXPECT_TRUE(Pace({5, milliseconds(0)}, kHeadBytes, 10, kBegin).is_at_once());
  EXPECT_TRUE(Pace({5, milliseconds(-1)}, kHeadBytes, 10, kBegin).is_at_once());
  EXPECT_TRUE(Pace({5, milliseconds(100)}, kHeadBytes, 0, kBegin).is_at_once());
  EXPECT_FALSE(Pace({1, milliseconds(100)}, kHeadBytes, 10, kBegin).is_at_once());
}

TEST(Pace, SpreadsTheBodyEvenlyWithTheHeadInFront) {
  const Pace pace({4, milliseconds(100)}, kHeadBytes, 10, kBegin);
  EXPECT_EQ(steps_of(pace), (Steps{{25, 53}, {50, 56}, {75, 58}, {100, 60}}));
}

TEST(Pace, HasNothingDueBeforeThePieceIs) {
  const Pace pace({4, milliseconds(100)}, kHeadBytes, 8, kBegin);
  EXPECT_EQ(pace.due_bytes(kBegin - std::chrono::hours(1)), 0u);
  EXPECT_EQ(pace.due_bytes(kBegin + milliseconds(25) - nanoseconds(1)), 0u);
  EXPECT_EQ(pace.due_bytes(kBegin + milliseconds(25)), 52u);
  EXPECT_EQ(pace.due_bytes(kBegin + milliseconds(50) - nanoseconds(1)), 52u);
  EXPECT_EQ(pace.due_bytes(kBegin + milliseconds(100) - nanoseconds(1)), 56u);
  EXPECT_EQ(pace.due_bytes(kBegin + std::chrono::hours(1)), 58u);
}

TEST(Pace, EndsWhenTheWholeTimeHasPassedAlsoWhereItDoesNotDivide) {
  const Pace pace({3, milliseconds(100)}, kHeadBytes, 3, kBegin);
  EXPECT_EQ(steps_of(pace), (Steps{{33, 51}, {66, 52}, {100, 53}}));
  EXPECT_EQ(pace.due_bytes(kBegin + milliseconds(100) - nanoseconds(1)), 52u);
}

TEST(Pace, HasNoMorePiecesThanBytes) {
  EXPECT_EQ(steps_of(Pace({UINT32_MAX, milliseconds(100)}, kHeadBytes, 2, kBegin)),
            (Steps{{50, 51}, {100, 52}}));
}

TEST(Pace, HasNoMorePiecesThanMilliseconds) {
  EXPECT_EQ(steps_of(Pace({UINT32_MAX, milliseconds(2)}, kHeadBytes, size_t{1} << 40, kBegin)),
            (Steps{{1, kHeadBytes + (size_t{1} << 39)}, {2, kHeadBytes + (size_t{1} << 40)}}));
}

TEST(Pace, DoesNotRunOverWithTheLargestNumbersThereAre) {
  const size_t body = SIZE_MAX / 2;
  const Pace pace({UINT32_MAX, milliseconds::max()}, kHeadBytes, body, kBegin);
  const auto second = pace.next_time(pace.next_time(kBegin));
  EXPECT_GT(second, kBegin);
  EXPECT_EQ(pace.due_bytes(second), kHeadBytes + 2 * (body / UINT32_MAX) + 2);
  EXPECT_EQ(pace.due_bytes(Pace::Clock::time_point::max()), kHeadBytes + body);
}

}  // namespace
}  // namespace graphmock::http
