#include "http/secret_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/text.h"

namespace graphmock::http {
namespace {

// As parts of names, for gateways and proxies have words of their own for them.
constexpr std::array<std::string_view, 9> kSecrets = {
    "authorization",   "cookie",     "api-key",        "apikey", "subscription-key",
    "x-functions-key", "auth-token", "security-token", "secret"};

constexpr std::array<std::string_view, 4> kSchemes = {"Bearer", "Basic", "Digest", "Negotiate"};

// By the low bits of two letters in a row, which their case does not change. Asked at every letter
// of every header's name: few pairs begin a secret.
constexpr size_t pair_of(const char* letters) {
  return (letters[0] & 31u) << 5 | (letters[1] & 31u);
}
// Bit i: the i-th secret begins with the pair.
constexpr auto kSecretsOfPair = [] {
  std::array<uint16_t, 32 * 32> secrets{};
  for (size_t i = 0; i < kSecrets.size(); ++i) {
    secrets[pair_of(kSecrets[i].data())] |= static_cast<uint16_t>(1 << i);
  }
  return secrets;
}();
static_assert(kSecrets.size() <= 16);

bool begins_with_one_of(unsigned secrets, std::string_view name) {
  for (; secrets != 0; secrets &= secrets - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(secrets));
    if (base::starts_with_ignoring_case(name, kSecrets[i])) return true;
  }
  return false;
}

}  // namespace

bool is_secret_header(std::string_view name) {
  for (; name.size() > 1; name.remove_prefix(1)) {
    if (begins_with_one_of(kSecretsOfPair[pair_of(name.data())], name)) return true;
  }
  return false;
}

std::string masked(std::string_view value) {
  // The scheme tells nothing, and helps.
  const auto scheme = value.substr(0, value.find(' '));
  const bool is_known = std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view known) {
    return base::equals_ignoring_case(scheme, known);
  });
  return is_known ? std::string(scheme) + " ***" : "***";
}

}  // namespace graphmock::http
