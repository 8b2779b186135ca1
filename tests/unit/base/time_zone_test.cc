#include "base/time_zone.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "base/windows_zones.h"
#include "support/test_name.h"

namespace graphmock::base {
namespace {

constexpr int64_t kSummer = 1'500'000'000;  // 2017-07-14T02:40:00Z
constexpr int64_t kWinter = 1'485'000'000;  // 2017-01-21T12:00:00Z

struct ZoneRow {
  std::string_view name;
  std::string_view zone;
  int64_t summer_hours;
  int64_t winter_hours;
};

class KnownZone : public testing::TestWithParam<ZoneRow> {};

TEST_P(KnownZone, IsSoFarFromUtc) {
  const auto zone = TimeZone::named(GetParam().zone);
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->local_of(kSummer) - kSummer, GetParam().summer_hours * 3600);
  EXPECT_EQ(zone->local_of(kWinter) - kWinter, GetParam().winter_hours * 3600);
  EXPECT_EQ(zone->utc_of(zone->local_of(kSummer)), kSummer);
  EXPECT_EQ(zone->utc_of(zone->local_of(kWinter)), kWinter);
}

constexpr ZoneRow kZones[] = {
    {"Windows", "Pacific Standard Time", -7, -8},
    {"WindowsInAnotherCase", "pacific standard TIME", -7, -8},
    {"Iana", "America/Los_Angeles", -7, -8},
    {"OfTwoParts", "America/Argentina/Buenos_Aires", -3, -3},
    {"OfAnOffset", "Etc/GMT-5", 5, 5},
    {"TheSouth", "Australia/Sydney", 10, 11},
    {"Utc", "UTC", 0, 0},
    {"UtcOfTheDatabase", "Etc/UTC", 0, 0},
};

INSTANTIATE_TEST_SUITE_P(TimeZone, KnownZone, testing::ValuesIn(kZones), support::RowName());

TEST(TimeZone, IsNamedByNothingElse) {
  for (const std::string_view name :
       {"", "Nowhere", "Pacific", "america/los_angeles", "../../../etc/passwd", "/etc/passwd",
        "posix/Europe/Berlin", "Europe", "zone.tab", "leapseconds", "UTC+2", "Z"}) {
    EXPECT_FALSE(TimeZone::named(name)) << name;
  }
}

TEST(TimeZone, TakesAnHourThatIsSkippedForTheMomentOfTheChange) {
  // At 2017-03-12T02:00 the clocks of Los Angeles went to 03:00.
  const auto zone = TimeZone::named("America/Los_Angeles");
  const int64_t half_past_two = 1'489'285'800;  // as if it were UTC
  EXPECT_EQ(zone->utc_of(half_past_two), half_past_two - 1800 + 8 * 3600);
}

TEST(WindowsZones, AreSortedAndInTheDatabase) {
  std::string_view before;
  for (const auto& [windows, iana] : windows_zones()) {
    EXPECT_TRUE(less_ignoring_case(before, windows)) << windows;
    before = windows;
    EXPECT_TRUE(TimeZone::named(windows)) << windows << " is " << iana;
  }
}

}  // namespace
}  // namespace graphmock::base
