#include "scenario/quota.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

namespace graphmock::scenario {
namespace {

// From this part of the limit on the service says how much is used.
constexpr double kTellsFrom = 0.8;

std::string percentage(double used) {
  std::array<char, 32> text;
  const int size = std::snprintf(text.data(), text.size(), "%.2f", used);
  return {text.data(), static_cast<size_t>(size)};
}

constexpr size_t kLongestKey = 128;

// A path may be long, and windows are many: the end of a long key is kept as its hash.
std::string shortened(const std::string& key) {
  if (key.size() <= kLongestKey) return key;
  constexpr size_t kKept = kLongestKey - 20;
  return key.substr(0, kKept) + std::to_string(std::hash<std::string>()(key));
}

// Whole seconds, never less than it takes.
int64_t seconds_of(std::chrono::milliseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(time).count();
}

}  // namespace

Quotas::Window& Quotas::window(const RateLimit& limit, const std::string& key, base::Instant now) {
  const auto is_over = [now](const auto& one) { return one.second.ends <= now; };
  if (windows_.size() >= kMostKeys && !windows_.contains(key)) {
    std::erase_if(windows_, is_over);
    if (windows_.size() >= kMostKeys) {
      windows_.erase(std::min_element(
          windows_.begin(), windows_.end(),
          [](const auto& a, const auto& b) { return a.second.ends < b.second.ends; }));
    }
  }
  auto& found = windows_[key];
  // A clock that is set back must not leave a window that lasts for years.
  if (found.ends <= now || found.ends > now + limit.window) found = {now + limit.window, 0};
  return found;
}

uint64_t Quotas::bytes() const {
  return windows_.size() * (sizeof(*windows_.begin()) + kLongestKey);
}

Quotas::Outcome Quotas::take(const RateLimit& limit, const std::string& key, base::Instant now) {
  auto& current = window(limit, shortened(key), now);
  Outcome outcome;
  outcome.until_reset = current.ends - now;
  outcome.is_exceeded = limit.cost > limit.limit - std::min(current.used, limit.limit);
  if (!outcome.is_exceeded) current.used += limit.cost;
  const auto remaining = limit.limit - std::min(current.used, limit.limit);
  const auto reset = std::to_string(seconds_of(outcome.until_reset));
  outcome.headers = {{"RateLimit-Limit", std::to_string(limit.limit)},
                     {"RateLimit-Remaining", std::to_string(outcome.is_exceeded ? 0 : remaining)},
                     {"RateLimit-Reset", reset},
                     {"x-ms-resource-unit", std::to_string(limit.cost)}};
  const auto wanted = current.used + (outcome.is_exceeded ? limit.cost : 0);
  const double used = limit.limit == 0 ? 1.8 : double(wanted) / double(limit.limit);
  if (used >= kTellsFrom) {
    // The service never says more than 1.8.
    outcome.headers.emplace_back("x-ms-throttle-limit-percentage", percentage(std::min(used, 1.8)));
  }
  if (outcome.is_exceeded) {
    outcome.headers.emplace_back("Retry-After", reset);
    outcome.headers.emplace_back("x-ms-throttle-information", "ResourceUnitLimitExceeded");
  }
  return outcome;
}

}  // namespace graphmock::scenario
