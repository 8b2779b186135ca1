#include "odata/temporal.h"

#include <array>
#include <cstdio>
#include <limits>

namespace graphmock::odata {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kSecondsADay = 86'400;

// Reads a text from left to right. A step that fails leaves `is_right` false for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool is_right() const { return is_right_; }
  bool is_done() const { return is_right_ && rest_.empty(); }
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { is_right_ = take(c) && is_right_; }
  void fail() { is_right_ = false; }

  // Exactly `least` digits, or up to `most`.
  int64_t digits(size_t least, size_t most) {
    int64_t number = 0;
    size_t count = 0;
    while (count < most && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++count;
    }
    if (count < least) fail();
    return number;
  }
  // Of a fraction of a second, 12 digits at most; nanoseconds, finer ones cut off.
  int32_t fraction() {
    int32_t nanoseconds = 0;
    int count = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++count) {
      if (count < 9) nanoseconds = nanoseconds * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (count == 0 || count > 12) fail();
    for (int i = count; i < 9; ++i) nanoseconds *= 10;
    return nanoseconds;
  }

 private:
  std::string_view rest_;
  bool is_right_ = true;
};

bool is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int64_t year, int month) {
  constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

int64_t read_date(Reader& reader) {
  const bool is_negative = reader.take('-');
  CivilDate date{};
  date.year = reader.digits(4, 6);
  if (is_negative) date.year = -date.year;
  reader.expect('-');
  date.month = static_cast<int>(reader.digits(2, 2));
  reader.expect('-');
  date.day = static_cast<int>(reader.digits(2, 2));
  if (!reader.is_right() || date.month < 1 || date.month > 12 || date.day < 1 ||
      date.day > days_in(date.year, date.month)) {
    reader.fail();
    return 0;
  }
  return days_of(date);
}

// Nanoseconds since midnight: hh:mm[:ss[.fraction]].
int64_t read_time(Reader& reader) {
  const auto hour = reader.digits(2, 2);
  reader.expect(':');
  const auto minute = reader.digits(2, 2);
  int64_t second = 0;
  int64_t nanoseconds = 0;
  if (reader.take(':')) {
    second = reader.digits(2, 2);
    if (reader.take('.')) nanoseconds = reader.fraction();
  }
  if (hour > 23 || minute > 59 || second > 60) reader.fail();  // 60: a leap second
  return ((hour * 60 + minute) * 60 + second) * kBillion + nanoseconds;
}

template <typename... Arguments>
std::string printed(const char* format, Arguments... arguments) {
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), format, arguments...);
  return {text.data(), static_cast<size_t>(size)};
}

// ".125" of 125,000,000; empty of none.
std::string fraction_text(int64_t nanoseconds) {
  if (nanoseconds == 0) return {};
  auto digits = printed(".%09lld", static_cast<long long>(nanoseconds));
  while (digits.ends_with('0')) digits.pop_back();
  return digits;
}

int64_t floor_divide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int64_t days_of(const CivilDate& date) {
  const int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const int64_t era = floor_divide(year, 400);
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}

CivilDate date_of(int64_t days) {
  days += 719'468;
  const int64_t era = floor_divide(days, 146'097);
  const int64_t day_of_era = days - era * 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t part = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * part + 2) / 5 + 1);
  const int month = static_cast<int>(part + (part < 10 ? 3 : -9));
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<Moment> parse_moment(std::string_view text) {
  Reader reader(text);
  const auto days = read_date(reader);
  if (!reader.take('T') && !reader.take('t')) return std::nullopt;
  const auto time = read_time(reader);
  int64_t offset = 0;
  if (!reader.take('Z') && !reader.take('z')) {
    const bool is_west = reader.next_is('-');
    if (!reader.take('-') && !reader.take('+')) return std::nullopt;
    const auto hours = reader.digits(2, 2);
    reader.expect(':');
    const auto minutes = reader.digits(2, 2);
    if (hours > 23 || minutes > 59) return std::nullopt;
    offset = (hours * 60 + minutes) * (is_west ? -1 : 1);
  }
  if (!reader.is_done()) return std::nullopt;
  return Moment{days * kSecondsADay + time / kBillion - offset * 60,
                static_cast<int32_t>(time % kBillion), static_cast<int32_t>(offset)};
}

std::optional<int64_t> parse_date(std::string_view text) {
  Reader reader(text);
  const auto days = read_date(reader);
  if (!reader.is_done()) return std::nullopt;
  return days;
}

std::optional<int64_t> parse_time_of_day(std::string_view text) {
  Reader reader(text);
  const auto time = read_time(reader);
  if (!reader.is_done()) return std::nullopt;
  return time;
}

std::optional<int64_t> parse_duration(std::string_view text) {
  Reader reader(text);
  const bool is_negative = reader.take('-');
  if (!is_negative) reader.take('+');
  reader.expect('P');
  constexpr int64_t kMostSeconds = std::numeric_limits<int64_t>::max() / kBillion - 1;
  int64_t seconds = 0;
  int64_t nanoseconds = 0;
  bool has_part = false;
  bool is_time = false;
  // The designators in their order; each part at most once.
  static constexpr std::pair<char, int64_t> kParts[] = {
      {'D', kSecondsADay}, {'H', 3600}, {'M', 60}, {'S', 1}};
  size_t next = 0;
  while (reader.is_right() && !reader.is_done()) {
    if (!is_time && reader.take('T')) {
      is_time = true;
      if (next == 0) next = 1;
      if (reader.is_done()) return std::nullopt;
      continue;
    }
    const auto number = reader.digits(1, 12);
    const bool has_fraction = reader.take('.');
    if (has_fraction) nanoseconds = reader.fraction();
    if (!reader.is_right()) return std::nullopt;
    while (next < std::size(kParts) && !reader.take(kParts[next].first)) ++next;
    if (next == std::size(kParts)) return std::nullopt;
    const auto [designator, unit] = kParts[next++];
    if (is_time == (designator == 'D') || (has_fraction && designator != 'S')) return std::nullopt;
    if (number > (kMostSeconds - seconds) / unit) return std::nullopt;
    seconds += number * unit;
    has_part = true;
  }
  if (!reader.is_done() || !has_part) return std::nullopt;
  const int64_t all = seconds * kBillion + nanoseconds;
  return is_negative ? -all : all;
}

std::string format_date(int64_t days) {
  const auto [year, month, day] = date_of(days);
  return printed(year < 0 ? "%05lld-%02d-%02d" : "%04lld-%02d-%02d", static_cast<long long>(year),
                 month, day);
}

std::string format_time_of_day(int64_t nanoseconds) {
  const auto seconds = nanoseconds / kBillion;
  return printed("%02lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                 static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60)) +
         fraction_text(nanoseconds % kBillion);
}

std::string format_moment(const Moment& moment) {
  const int64_t local = moment.seconds + moment.offset_minutes * 60;
  const int64_t days = floor_divide(local, kSecondsADay);
  const int64_t time = (local - days * kSecondsADay) * kBillion + moment.nanoseconds;
  auto text = format_date(days) + "T" + format_time_of_day(time);
  if (moment.offset_minutes == 0) return text + "Z";
  const int offset = moment.offset_minutes < 0 ? -moment.offset_minutes : moment.offset_minutes;
  return text +
         printed("%c%02d:%02d", moment.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string format_duration(int64_t nanoseconds) {
  std::string text = nanoseconds < 0 ? "-P" : "P";
  const uint64_t all =
      nanoseconds < 0 ? 0 - static_cast<uint64_t>(nanoseconds) : static_cast<uint64_t>(nanoseconds);
  const uint64_t seconds = all / kBillion;
  const auto fraction = fraction_text(static_cast<int64_t>(all % kBillion));
  if (seconds >= kSecondsADay) text += std::to_string(seconds / kSecondsADay) + "D";
  std::string time;
  if (const auto hours = seconds % kSecondsADay / 3600) time += std::to_string(hours) + "H";
  if (const auto minutes = seconds % 3600 / 60) time += std::to_string(minutes) + "M";
  if (seconds % 60 != 0 || !fraction.empty()) time += std::to_string(seconds % 60) + fraction + "S";
  if (!time.empty()) text += "T" + time;
  return text.ends_with('P') ? "PT0S" : text;
}

}  // namespace graphmock::odata
