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

// Asked at every character of every header's name: most begin no secret, and a table tells.
constexpr std::array<bool, 256> first_letters() {
  std::array<bool, 256> firsts{};
  for (const auto secret : kSecrets) {
    firsts[static_cast<unsigned char>(secret[0])] = true;
    firsts[static_cast<unsigned char>(secret[0] - 'a' + 'A')] = true;
  }
  return firsts;
}
constexpr auto kFirsts = first_letters();

bool begins_with_secret(std::string_view name) {
  return std::any_of(kSecrets.begin(), kSecrets.end(), [&](std::string_view secret) {
    return (name[0] | 0x20) == secret[0] && base::starts_with_ignoring_case(name, secret);
  });
}

}  // namespace

bool is_secret_header(std::string_view name) {
  for (; !name.empty(); name.remove_prefix(1)) {
    if (kFirsts[static_cast<unsigned char>(name[0])] && begins_with_secret(name)) return true;
  }
  return false;
}

std::string masked(std::string_view value) {
  // The scheme tells nothing, and helps.
  const auto blank = value.find(' ');
  return blank == std::string_view::npos ? "***" : std::string(value.substr(0, blank)) + " ***";
}

}  // namespace graphmock::http
