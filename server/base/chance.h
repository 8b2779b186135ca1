// Chance that can be repeated: a sequence of numbers that the seed alone decides.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphmock::base {

// SplitMix64's output function: neighbouring inputs give unrelated outputs.
constexpr uint64_t scramble(uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// FNV-1a: the same on every machine and in every build, unlike std::hash.
constexpr uint64_t hash_of(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

// A generator for the distributions of <random>. Not for several threads at once.
class Chance {
 public:
  using result_type = uint64_t;

  explicit Chance(uint64_t seed) : state_(seed) {}
  static constexpr uint64_t min() { return 0; }
  static constexpr uint64_t max() { return UINT64_MAX; }
  uint64_t operator()() { return scramble(state_++); }

 private:
  uint64_t state_;
};

}  // namespace graphmock::base
