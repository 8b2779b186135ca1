#include "base/time_zone.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "base/text.h"
#include "base/windows_zones.h"

namespace graphmock::base {
namespace {

constexpr absl::CivilSecond kEpoch(1970, 1, 1, 0, 0, 0);

std::string_view iana_name(std::string_view name) {
  const auto zones = windows_zones();
  const auto found = std::lower_bound(zones.begin(), zones.end(), name,
                                      [](const WindowsZone& zone, std::string_view wanted) {
                                        return less_ignoring_case(zone.windows, wanted);
                                      });
  const bool is_there = found != zones.end() && equals_ignoring_case(found->windows, name);
  return is_there ? found->iana : name;
}

// Abseil keeps every name that it is asked for, known or not, and takes it for a path: only names
// of files that the database has get that far.
bool is_in_database(std::string_view name) {
  const bool has_form = !name.empty() && name.size() < 64 && name.front() >= 'A' &&
                        name.front() <= 'Z' && std::all_of(name.begin(), name.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                 (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' ||
                                 c == '+';
                        });
  if (!has_form) return false;
  const char* folder = std::getenv("TZDIR");
  std::error_code error;
  return std::filesystem::is_regular_file(
      std::filesystem::path(folder ? folder : "/usr/share/zoneinfo") / name, error);
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) {
  const auto iana = iana_name(name);
  if (iana == "Etc/UTC" || iana == "UTC") return TimeZone(absl::UTCTimeZone());
  absl::TimeZone zone;
  if (!is_in_database(iana) || !absl::LoadTimeZone(std::string(iana), &zone)) return std::nullopt;
  return TimeZone(zone);
}

int64_t TimeZone::utc_of(int64_t local_seconds) const {
  return absl::ToUnixSeconds(absl::FromCivil(kEpoch + local_seconds, zone_));
}

int64_t TimeZone::local_of(int64_t utc_seconds) const {
  return absl::ToCivilSecond(absl::FromUnixSeconds(utc_seconds), zone_) - kEpoch;
}

}  // namespace graphmock::base
