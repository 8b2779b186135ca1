// Identifiers that look random and are not: the same seed gives the same sequence, so that a run
// can be repeated to the byte.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace graphmock::base {

class IdSource {
 public:
  // One that goes on behind so many.
  explicit IdSource(uint64_t seed, uint64_t count = 0) : seed_(seed), count_(count) {}

  uint64_t count() const { return count_.load(std::memory_order_relaxed); }

  // A version 4 GUID in lower case. From any thread.
  std::string next_guid();
  // That many characters of the alphabet, which must not be empty. From any thread.
  std::string next_text(size_t length, std::string_view alphabet);

 private:
  const uint64_t seed_;
  std::atomic<uint64_t> count_;
};

}  // namespace graphmock::base
