#include "base/clock.h"

#include <array>
#include <cstdio>

namespace graphmock::base {
namespace {

struct Fields {
  int year;
  unsigned month, day, weekday;
  int hour, minute, second, millisecond;
};

Fields fields_of(Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(instant - midnight);
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          std::chrono::weekday(midnight).c_encoding(),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count()),
          static_cast<int>(time.subseconds().count())};
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Instant ManualClock::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

void ManualClock::advance(std::chrono::milliseconds by) {
  const std::lock_guard lock(mutex_);
  now_ += by;
}

std::string to_iso8601_seconds(Instant instant) {
  const auto f = fields_of(instant);
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", f.year,
                                 f.month, f.day, f.hour, f.minute, f.second);
  return {text.data(), static_cast<size_t>(size)};
}

std::string to_iso8601(Instant instant) {
  auto text = to_iso8601_seconds(instant);
  if (const int millisecond = fields_of(instant).millisecond; millisecond != 0) {
    std::array<char, 16> fraction;
    std::snprintf(fraction.data(), fraction.size(), ".%03d", millisecond);
    text += fraction.data();
  }
  return text + "Z";
}

std::string to_http_date(Instant instant) {
  // Asked for with every answer, and mostly for the second that was asked for before.
  thread_local std::chrono::sys_seconds last_second{};
  thread_local std::string last_text;
  const auto second = std::chrono::floor<std::chrono::seconds>(instant);
  if (second == last_second && !last_text.empty()) return last_text;
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto f = fields_of(instant);
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                 kDays[f.weekday], f.day, kMonths[f.month - 1], f.year, f.hour,
                                 f.minute, f.second);
  last_second = second;
  last_text.assign(text.data(), static_cast<size_t>(size));
  return last_text;
}

}  // namespace graphmock::base
