#include "app/host_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace graphmock::app {
namespace {

constexpr size_t kMostBytes = 253;  // of a name in the DNS
constexpr size_t kMostPortDigits = 5;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// ":8080", ":" (RFC 3986 3.2.3) or nothing at all.
bool is_port_or_nothing(std::string_view text) {
  if (text.empty()) return true;
  return text[0] == ':' && text.size() <= 1 + kMostPortDigits &&
         std::all_of(text.begin() + 1, text.end(), is_digit);
}

std::optional<HostName> read_ipv6(std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  const std::string address(text.substr(0, text.find('%')));  // no zone
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> shortest;
  ::inet_ntop(AF_INET6, bytes.data(), shortest.data(), shortest.size());
  return HostName{shortest.data(), true};
}

// Of letters, digits, '-' and the '_' that names of containers have; no label is empty.
bool is_name(std::string_view text) {
  return text.size() <= kMostBytes && !text.starts_with('.') && !text.ends_with('.') &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
         });
}

}  // namespace

std::optional<HostName> read_host_name(std::string_view text) {
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos || !is_port_or_nothing(text.substr(end + 1))) {
      return std::nullopt;
    }
    return read_ipv6(text.substr(1, end - 1));
  }
  const size_t colon = std::min(text.find(':'), text.size());
  if (!is_port_or_nothing(text.substr(colon))) return read_ipv6(text);
  HostName host{base::lower_case(text.substr(0, colon))};
  if (host.text.size() > 1 && host.text.ends_with('.')) host.text.pop_back();
  if (!is_name(host.text)) return std::nullopt;
  in_addr address;
  host.is_address = ::inet_pton(AF_INET, host.text.c_str(), &address) == 1;
  return host;
}

bool is_loopback(const HostName& host) {
  if (host.is_address) return host.text.starts_with("127.") || host.text == "::1";
  return host.text == "localhost" || host.text.ends_with(".localhost");
}

bool is_wildcard(const HostName& host) {
  return host.is_address && (host.text == "0.0.0.0" || host.text == "::");
}

}  // namespace graphmock::app
