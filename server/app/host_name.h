// What a Host header or an option names: a name or an address, brought into the one form in which
// two of them can be compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace graphmock::app {

struct HostName {
  std::string text;  // lower case, without brackets and final dot; of an address its shortest form
  bool is_address = false;

  bool operator==(const HostName&) const = default;
};

// Of "NAME", "NAME:PORT", "[ADDRESS]:PORT" or a bare address; the port is left out. Nothing when it
// is none of these.
std::optional<HostName> read_host_name(std::string_view text);

// What no name server can give to somebody else (RFC 6761 6.3): localhost and all below it,
// 127.0.0.0/8, ::1.
bool is_loopback(const HostName& host);

// 0.0.0.0 or ::, on which a server listens to be reached at any address of the machine.
bool is_wildcard(const HostName& host);

}  // namespace graphmock::app
