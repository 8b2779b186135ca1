#include "graph/date_time_time_zone.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

struct MovedRow {
  std::string_view name;
  std::string_view stored;
  std::string_view zone;
  std::string_view moved;  // dateTime alone; empty: nothing has changed
};

class DateTimeTimeZone : public testing::TestWithParam<MovedRow> {};

TEST_P(DateTimeTimeZone, IsSaidInAnotherZone) {
  auto value = base::parse_json(GetParam().stored);
  const auto before = value;
  move_to(value.get_object(), *base::TimeZone::named(GetParam().zone), GetParam().zone);
  if (GetParam().moved.empty()) {
    EXPECT_EQ(value, before);
    return;
  }
  EXPECT_EQ(base::text_of(base::at_pointer(value, "/dateTime")), GetParam().moved);
  EXPECT_EQ(base::text_of(base::at_pointer(value, "/timeZone")), GetParam().zone);
}

constexpr MovedRow kMoved[] = {
    {"FromUtc", R"({"dateTime":"2017-04-15T12:00:00","timeZone":"UTC"})", "Pacific Standard Time",
     "2017-04-15T05:00:00.0000000"},
    {"FromNoZone", R"({"dateTime":"2017-04-15T12:00:00"})", "Europe/Berlin",
     "2017-04-15T14:00:00.0000000"},
    {"BetweenZones",
     R"({"dateTime":"2017-12-31T20:30:15.1234567","timeZone":"Pacific Standard Time"})",
     "Tokyo Standard Time", "2018-01-01T13:30:15.1234567"},
    {"ToTheSameZone", R"({"dateTime":"2017-04-15T12:00","timeZone":"America/Los_Angeles"})",
     "Pacific Standard Time", "2017-04-15T12:00:00.0000000"},
    {"WithAnOffset", R"({"dateTime":"2017-04-15T12:00:00+02:00","timeZone":"UTC"})", "UTC",
     "2017-04-15T10:00:00.0000000"},
    {"ADateAlone", R"({"dateTime":"2017-04-15","timeZone":"UTC"})", "Asia/Kolkata",
     "2017-04-15T05:30:00.0000000"},
    {"FromAZoneThatIsNotKnown", R"({"dateTime":"2017-04-15T12:00:00","timeZone":"Mars"})", "UTC",
     ""},
    {"NoTime", R"({"dateTime":"noon","timeZone":"UTC"})", "UTC", ""},
    {"NoText", R"({"dateTime":null,"timeZone":"UTC"})", "UTC", ""},
};

INSTANTIATE_TEST_SUITE_P(Moments, DateTimeTimeZone, testing::ValuesIn(kMoved), support::RowName());

}  // namespace
}  // namespace graphmock::graph
