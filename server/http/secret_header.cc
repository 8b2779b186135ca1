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

}  // namespace

bool is_secret_header(std::string_view name) {
  const auto lower = base::lower_case(name);
  return std::any_of(kSecrets.begin(), kSecrets.end(), [&](std::string_view secret) {
    return lower.find(secret) != std::string::npos;
  });
}

std::string masked(std::string_view name, std::string_view value) {
  if (!is_secret_header(name)) return std::string(value);
  // The scheme tells nothing, and helps.
  const auto blank = value.find(' ');
  return blank == std::string_view::npos ? "***" : std::string(value.substr(0, blank)) + " ***";
}

}  // namespace graphmock::http
