#include "base/ids.h"

#include <array>

#include "base/chance.h"

namespace graphmock::base {
namespace {

// Of the digits of a GUID in its text, and of the two that say what kind it is (RFC 9562, 5.4).
constexpr auto kPlaces = [] {
  std::array<size_t, 32> places{};
  size_t digit = 0;
  for (size_t place = 0; place < 36; ++place) {
    if (place != 8 && place != 13 && place != 18 && place != 23) places[digit++] = place;
  }
  return places;
}();
constexpr size_t kVersion = 14;
constexpr size_t kVariant = 19;

}  // namespace

std::string IdSource::next_guid() {
  static constexpr char kDigits[] = "0123456789abcdef";
  const uint64_t n = count_.fetch_add(1, std::memory_order_relaxed);
  const uint64_t key = scramble(seed_);
  const uint64_t halves[] = {scramble(key ^ (2 * n)), scramble(key ^ (2 * n + 1))};
  std::string guid = "xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx";
  for (size_t nibble = 0; nibble < kPlaces.size(); ++nibble) {
    guid[kPlaces[nibble]] = kDigits[halves[nibble / 16] >> (4 * (nibble % 16)) & 15];
  }
  guid[kVersion] = '4';
  guid[kVariant] = kDigits[8 + (halves[1] & 3)];
  return guid;
}

std::string IdSource::next_text(size_t length, std::string_view alphabet) {
  std::string text;
  const uint64_t key = scramble(seed_ ^ count_.fetch_add(1, std::memory_order_relaxed));
  for (size_t i = 0; i < length; ++i) text += alphabet[scramble(key + i) % alphabet.size()];
  return text;
}

}  // namespace graphmock::base
