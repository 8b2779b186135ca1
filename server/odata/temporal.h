// Dates, times and durations as numbers, so that they can be compared and reckoned with, and back
// (OData ABNF 7). Nanoseconds are the finest that the service keeps and more.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace graphmock::odata {

// A point in time: whole seconds since 1970 in UTC, nanoseconds after them, and the offset that it
// was written with, which does not matter when two are compared.
struct Moment {
  int64_t seconds = 0;
  int32_t nanoseconds = 0;
  int32_t offset_minutes = 0;

  std::strong_ordering operator<=>(const Moment& other) const {
    if (const auto order = seconds <=> other.seconds; order != 0) return order;
    return nanoseconds <=> other.nanoseconds;
  }
  bool operator==(const Moment& other) const { return (*this <=> other) == 0; }
};

struct CivilDate {
  int64_t year;
  int month, day;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar, and back.
int64_t days_of(const CivilDate& date);
CivilDate date_of(int64_t days);

// Nothing when the text is none. A date alone is no moment.
std::optional<Moment> parse_moment(std::string_view text);
std::optional<int64_t> parse_date(std::string_view text);         // days
std::optional<int64_t> parse_time_of_day(std::string_view text);  // nanoseconds since midnight
std::optional<int64_t> parse_duration(std::string_view text);     // nanoseconds; at most 292 years

std::string format_moment(const Moment& moment);
std::string format_date(int64_t days);
std::string format_time_of_day(int64_t nanoseconds);
std::string format_duration(int64_t nanoseconds);

}  // namespace graphmock::odata
