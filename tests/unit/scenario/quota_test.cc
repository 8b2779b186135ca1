#include "scenario/quota.h"

#include <gtest/gtest.h>

#include <string>

namespace graphmock::scenario {
namespace {

using namespace std::chrono_literals;

RateLimit limit(uint64_t requests, std::chrono::milliseconds window, uint64_t cost = 1) {
  return {.limit = requests, .window = window, .cost = cost};
}

// The value of a header; "-" for none.
std::string header(const Quotas::Outcome& outcome, std::string_view name) {
  for (const auto& [one, value] : outcome.headers) {
    if (one == name) return value;
  }
  return "-";
}

class Quota : public testing::Test {
 protected:
  // 'x' for each request that is served, '.' for each that is not.
  std::string take(const RateLimit& of, int count, const std::string& key = "") {
    std::string outcomes;
    for (int i = 0; i < count; ++i) outcomes += quotas.take(of, key, now).is_exceeded ? '.' : 'x';
    return outcomes;
  }

  Quotas quotas;
  base::Instant now{24h};
};

TEST_F(Quota, IsUsedUpByAsManyRequests) {
  EXPECT_EQ(take(limit(3, 60s), 5), "xxx..");
}

TEST_F(Quota, OfNothingServesNobody) {
  EXPECT_EQ(take(limit(0, 60s), 2), "..");
}

TEST_F(Quota, IsUsedUpByWhatRequestsCost) {
  EXPECT_EQ(take(limit(7, 60s, 3), 3), "xx.");
  EXPECT_EQ(take(limit(7, 60s, 1), 2), "x.") << "of which one is left";
}

TEST_F(Quota, SmallerThanTheCostServesNobody) {
  EXPECT_EQ(take(limit(2, 60s, 3), 2), "..");
}

TEST_F(Quota, OfAnySizeOverflowsNowhere) {
  EXPECT_EQ(take(limit(UINT64_MAX, 60s, UINT64_MAX), 2), "x.");
}

TEST_F(Quota, BeginsItsWindowWithTheFirstRequest) {
  const auto one = limit(1, 60s);
  take(one, 1);
  now += 59'999ms;
  EXPECT_EQ(take(one, 1), ".");
  now += 1ms;
  EXPECT_EQ(take(one, 2), "x.");
}

TEST_F(Quota, IsNotHeldUpByRequestsThatComeTooSoon) {
  const auto one = limit(1, 10s);
  take(one, 1);
  for (int i = 0; i < 9; ++i) {
    now += 1s;
    EXPECT_EQ(take(one, 1), ".");
  }
  now += 1s;
  EXPECT_EQ(take(one, 1), "x");
}

TEST_F(Quota, ServesWhoComesAfterRetryAfterAndNobodySooner) {
  const auto one = limit(1, 2500ms);
  take(one, 1);
  now += 200ms;
  const auto refused = quotas.take(one, "", now);
  ASSERT_EQ(header(refused, "Retry-After"), "3");
  EXPECT_EQ(header(refused, "RateLimit-Reset"), "3");
  now += 2s;
  EXPECT_EQ(take(one, 1), ".");
  now += 1s;
  EXPECT_EQ(take(one, 1), "x");
}

TEST_F(Quota, IsEachKeysOwn) {
  const auto one = limit(1, 60s);
  EXPECT_EQ(take(one, 2, "a"), "x.");
  EXPECT_EQ(take(one, 2, "b"), "x.");
  EXPECT_EQ(take(one, 1, "a"), ".");
}

TEST_F(Quota, TellsWhatIsLeft) {
  const auto ten = limit(10, 60s, 2);
  auto outcome = quotas.take(ten, "", now);
  EXPECT_EQ(header(outcome, "RateLimit-Limit"), "10");
  EXPECT_EQ(header(outcome, "RateLimit-Remaining"), "8");
  EXPECT_EQ(header(outcome, "RateLimit-Reset"), "60");
  EXPECT_EQ(header(outcome, "x-ms-resource-unit"), "2");
  EXPECT_EQ(header(outcome, "Retry-After"), "-");
  now += 30s;
  outcome = quotas.take(ten, "", now);
  EXPECT_EQ(header(outcome, "RateLimit-Remaining"), "6");
  EXPECT_EQ(header(outcome, "RateLimit-Reset"), "30");
}

TEST_F(Quota, WarnsFromFourFifthsOn) {
  const auto ten = limit(10, 60s);
  std::string told;
  for (int i = 0; i < 11; ++i) {
    told += header(quotas.take(ten, "", now), "x-ms-throttle-limit-percentage") + " ";
  }
  EXPECT_EQ(told, "- - - - - - - 0.80 0.90 1.00 1.10 ");
}

TEST_F(Quota, SaysWhatIsExceeded) {
  const auto refused = quotas.take(limit(0, 60s), "", now);
  EXPECT_TRUE(refused.is_exceeded);
  EXPECT_EQ(refused.until_reset, 60s);
  EXPECT_EQ(header(refused, "x-ms-throttle-information"), "ResourceUnitLimitExceeded");
  EXPECT_EQ(header(refused, "x-ms-throttle-limit-percentage"), "1.80");
  EXPECT_EQ(header(refused, "RateLimit-Remaining"), "0");
}

TEST_F(Quota, LastsNoLongerThanItsWindowWhenTheClockIsSetBack) {
  const auto one = limit(1, 60s);
  take(one, 1);
  now -= 23h;
  EXPECT_EQ(take(one, 2), "x.");
  now += 60s;
  EXPECT_EQ(take(one, 1), "x");
}

TEST_F(Quota, RemembersABoundedNumberOfKeys) {
  const auto one = limit(1, 60s);
  take(one, 1, "first");
  now += 1ms;
  for (int i = 0; i < 9'999; ++i) take(one, 1, std::to_string(i));
  EXPECT_EQ(take(one, 1, "first"), ".") << "all have their place";
  EXPECT_EQ(take(one, 1, "one more"), "x");
  EXPECT_EQ(take(one, 1, "one more"), ".");
  EXPECT_EQ(take(one, 1, "first"), "x") << "the oldest makes room";
}

TEST_F(Quota, IsForgottenOnceItsWindowIsOver) {
  const auto one = limit(1, 60s);
  for (int i = 0; i < 10'000; ++i) take(one, 1, std::to_string(i));
  now += 30s;
  take(one, 1, "young");  // in the place of an old one
  now += 30s;
  EXPECT_EQ(take(one, 1, "new"), "x");
  EXPECT_EQ(take(one, 1, "young"), ".") << "those alone make room whose time is over";
}

}  // namespace
}  // namespace graphmock::scenario
