#include "base/ids.h"

#include "base/chance.h"

namespace graphmock::base {

std::string IdSource::next_guid() {
  static constexpr char kDigits[] = "0123456789abcdef";
  const uint64_t n = count_.fetch_add(1, std::memory_order_relaxed);
  const uint64_t key = scramble(seed_);
  const uint64_t halves[] = {scramble(key ^ (2 * n)), scramble(key ^ (2 * n + 1))};
  std::string guid = "xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx";
  int nibble = 0;
  for (char& c : guid) {
    if (c == '-' || c == '4') {
      if (c == '4') ++nibble;
      continue;
    }
    const unsigned value = (halves[nibble / 16] >> (4 * (nibble % 16))) & 15;
    c = kDigits[c == 'N' ? 8 + (value & 3) : value];
    ++nibble;
  }
  return guid;
}

std::string IdSource::next_text(size_t length, std::string_view alphabet) {
  std::string text;
  const uint64_t key = scramble(seed_ ^ count_.fetch_add(1, std::memory_order_relaxed));
  for (size_t i = 0; i < length; ++i) text += alphabet[scramble(key + i) % alphabet.size()];
  return text;
}

}  // namespace graphmock::base
