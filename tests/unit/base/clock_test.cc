#include "base/clock.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "support/test_name.h"

namespace graphmock::base {
namespace {

using namespace std::chrono_literals;

Instant at(int64_t seconds, int64_t milliseconds = 0) {
  return Instant(std::chrono::seconds(seconds) + std::chrono::milliseconds(milliseconds));
}

struct InstantRow {
  std::string_view name;
  int64_t seconds;  // since 1970
  std::string_view iso8601;
  std::string_view http_date;
};

class InstantText : public testing::TestWithParam<InstantRow> {};

TEST_P(InstantText, IsAsIso8601HasIt) {
  EXPECT_EQ(to_iso8601_seconds(at(GetParam().seconds)), GetParam().iso8601);
  EXPECT_EQ(to_iso8601(at(GetParam().seconds)), std::string(GetParam().iso8601) + "Z");
}

TEST_P(InstantText, IsAsHttpHasIt) {
  EXPECT_EQ(to_http_date(at(GetParam().seconds)), GetParam().http_date);
}

constexpr InstantRow kInstants[] = {
    {"Epoch", 0, "1970-01-01T00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"OfRfc9110", 784111777, "1994-11-06T08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT"},
    {"Ordinary", 1621364590, "2021-05-18T19:03:10", "Tue, 18 May 2021 19:03:10 GMT"},
    {"LeapDay", 1709208000, "2024-02-29T12:00:00", "Thu, 29 Feb 2024 12:00:00 GMT"},
    {"LastSecondOfAYear", 1798761599, "2026-12-31T23:59:59", "Thu, 31 Dec 2026 23:59:59 GMT"},
    {"Before1970", -1, "1969-12-31T23:59:59", "Wed, 31 Dec 1969 23:59:59 GMT"},
    {"CenturyThatIsLeap", 951782400, "2000-02-29T00:00:00", "Tue, 29 Feb 2000 00:00:00 GMT"},
};

INSTANTIATE_TEST_SUITE_P(Clock, InstantText, testing::ValuesIn(kInstants), support::RowName());

TEST(InstantTexts, HasMillisecondsWhereThereAreAny) {
  EXPECT_EQ(to_iso8601(at(1621364590, 125)), "2021-05-18T19:03:10.125Z");
  EXPECT_EQ(to_iso8601(at(1621364590, 7)), "2021-05-18T19:03:10.007Z");
  EXPECT_EQ(to_iso8601(at(0, -1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso8601_seconds(at(1621364590, 999)), "2021-05-18T19:03:10") << "cut, not rounded";
  EXPECT_EQ(to_http_date(at(1621364590, 999)), "Tue, 18 May 2021 19:03:10 GMT");
}

TEST(ManualClock, StandsStillUntilItIsMoved) {
  ManualClock clock(at(100));
  EXPECT_EQ(clock.now(), at(100));
  EXPECT_EQ(clock.now(), at(100));
  clock.advance(1500ms);
  EXPECT_EQ(clock.now(), at(101, 500));
}

TEST(ManualClock, LosesNoMoveOfSeveralThreads) {
  ManualClock clock(at(0));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&clock] {
      for (int k = 0; k < 1000; ++k) clock.advance(1ms);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(clock.now(), at(4));
}

TEST(SystemClock, IsTheMachines) {
  const auto before =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto now = SystemClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace graphmock::base
