#include "http/secret_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/text.h"

namespace graphmock::http {
namespace {

// As parts of names, for gateways and proxies have words of their own for them; with '-', '_' or
// '.' between the letters or without.
constexpr std::array<std::string_view, 19> kSecrets = {
    "auth",      "cookie",          "secret",          "password",     "passwd",     "passphrase",
    "apikey",    "accesskey",       "subscriptionkey", "functionskey", "privatekey", "credential",
    "assertion", "clientprincipal", "accesstoken",     "refreshtoken", "csrftoken",  "bearertoken",
    "token"};
// It has to be the last word: "X-Csrf-Token" and "idToken", but not "$skiptoken".
constexpr size_t kToken = kSecrets.size() - 1;

// A parameter by its whole name: of authorization codes, shared access signatures and the like.
constexpr std::array<std::string_view, 4> kParameters = {"code", "sig", "pwd", "idtoken"};

// What the name of a member ends in, without '-', '_' and '.'.
constexpr std::array<std::string_view, 16> kMembers = {
    "password",      "passwd",       "passphrase", "secret",    "secrettext", "cookie",
    "authorization", "assertion",    "apikey",     "accesskey", "privatekey", "clientprincipal",
    "accesstoken",   "refreshtoken", "idtoken",    "authtoken"};

constexpr std::array<std::string_view, 4> kSchemes = {"Bearer", "Basic", "Digest", "Negotiate"};
constexpr std::string_view kMask = "***";

constexpr bool is_separator(char c) {
  return c == '-' || c == '_' || c == '.';
}

// By the low bits of two letters in a row, which their case does not change. Asked at every letter
// of every header's name: few pairs begin a secret.
constexpr size_t pair_of(const char* letters) {
  return (letters[0] & 31u) << 5 | (letters[1] & 31u);
}
// Bit i: the i-th secret begins with the pair.
constexpr auto kSecretsOfPair = [] {
  std::array<uint32_t, 32 * 32> secrets{};
  for (size_t i = 0; i < kSecrets.size(); ++i) {
    secrets[pair_of(kSecrets[i].data())] |= uint32_t{1} << i;
  }
  return secrets;
}();
static_assert(kSecrets.size() <= 32);

bool begins_with(std::string_view name, std::string_view secret) {
  for (; !secret.empty(); name.remove_prefix(1)) {
    if (name.empty()) return false;
    if (is_separator(name[0])) continue;
    if ((name[0] | 0x20) != secret[0]) return false;
    secret.remove_prefix(1);
  }
  return true;
}

// Whether the name ends in "token" from there on, and a word begins there.
bool is_last_word(std::string_view name, size_t at) {
  if (at + kSecrets[kToken].size() != name.size()) return false;
  return at == 0 || is_separator(name[at - 1]) || (name[at] == 'T' && name[at - 1] >= 'a');
}

bool has_secret(std::string_view name) {
  for (size_t at = 0; at + 1 < name.size(); ++at) {
    for (auto secrets = kSecretsOfPair[pair_of(name.data() + at)]; secrets != 0;
         secrets &= secrets - 1) {
      const auto i = static_cast<size_t>(std::countr_zero(secrets));
      if (!begins_with(name.substr(at), kSecrets[i])) continue;
      if (i != kToken || is_last_word(name, at)) return true;
    }
  }
  return false;
}

std::string plain(std::string_view name) {
  auto text = base::lower_case(name);
  std::erase_if(text, is_separator);
  return text;
}

bool is_one_of_the_parameters(std::string_view name) {
  if (name.starts_with('$')) return false;
  const auto text = plain(name);
  return has_secret(name) ||
         std::find(kParameters.begin(), kParameters.end(), text) != kParameters.end();
}

// "name=value&..." from there on, up to the end.
void append_parameters(std::string_view text, std::string& out) {
  while (!text.empty()) {
    auto end = std::min(text.find_first_of("&?#"), text.size());
    const auto equals = text.find('=');
    if (equals < end && is_secret_parameter(text.substr(0, equals))) {
      end = std::min(text.find_first_of("&#"), text.size());
      out.append(text.substr(0, equals + 1)).append(kMask);
    } else {
      out.append(text.substr(0, end));
    }
    if (end < text.size()) out += text[end++];
    text.remove_prefix(end);
  }
}

}  // namespace

bool is_secret_header(std::string_view name) {
  constexpr std::string_view kChallenge = "-Authenticate";
  const auto end = name.size() - std::min(name.size(), kChallenge.size());
  return has_secret(name) && !base::equals_ignoring_case(name.substr(end), kChallenge);
}

bool is_secret_parameter(std::string_view name) {
  if (name.find_first_of("%+") == std::string_view::npos) return is_one_of_the_parameters(name);
  std::string spaced(name);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  const auto decoded = base::percent_decode(spaced);
  return !decoded || is_one_of_the_parameters(base::trim(*decoded));  // else somebody hides it
}

bool is_secret_member(std::string_view name) {
  const auto text = plain(name);
  return text == kSecrets[kToken] ||
         std::any_of(kMembers.begin(), kMembers.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

std::string masked(std::string_view value) {
  // The scheme tells nothing, and helps.
  const auto scheme = value.substr(0, value.find(' '));
  const bool is_known = std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view known) {
    return base::equals_ignoring_case(scheme, known);
  });
  return is_known ? std::string(scheme) + " " + std::string(kMask) : std::string(kMask);
}

std::string masked_url(std::string_view url) {
  const auto begin = std::min({url.find('?'), url.find('#'), url.size()});
  std::string out(url.substr(0, begin));
  if (begin == url.size()) return out;
  out += url[begin];
  append_parameters(url.substr(begin + 1), out);
  return out;
}

std::string masked_form(std::string_view form) {
  std::string out;
  append_parameters(form, out);
  return out;
}

}  // namespace graphmock::http
