#include "http/secret_header.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace graphmock::http {
namespace {

// As parts of names, for gateways and proxies have words of their own for them.
constexpr std::array<std::string_view, 9> kSecrets = {
    "authorization",   "cookie",     "api-key",        "apikey", "subscription-key",
    "x-functions-key", "auth-token", "security-token", "secret"};

// By the low bits of two letters in a row, which their case does not change. Asked at every letter
// of every header's name: few pairs begin a secret.
constexpr size_t pair_of(const char* letters) {
  return (letters[0] & 31u) << 5 | (letters[1] & 31u);
}
constexpr auto kPairs = [] {
  std::array<bool, 32 * 32> pairs{};
  for (const auto secret : kSecrets) pairs[pair_of(secret.data())] = true;
  return pairs;
}();

bool begins_with_secret(std::string_view name) {
  return std::any_of(kSecrets.begin(), kSecrets.end(), [&](std::string_view secret) {
    return base::starts_with_ignoring_case(name, secret);
  });
}

}  // namespace

bool is_secret_header(std::string_view name) {
  for (; name.size() > 1; name.remove_prefix(1)) {
    if (kPairs[pair_of(name.data())] && begins_with_secret(name)) return true;
  }
  return false;
}

std::string masked(std::string_view value) {
  // The scheme tells nothing, and helps.
  const auto blank = value.find(' ');
  return blank == std::string_view::npos ? "***" : std::string(value.substr(0, blank)) + " ***";
}

}  // namespace graphmock::http
