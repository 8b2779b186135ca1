#include "http/client.h"

#include <charconv>
#include <stdexcept>
#include <string_view>

#include "http/httplib_compat.h"

namespace graphmock::http {
namespace {

struct Address {
  std::string host;
  int port = 80;
  std::string target;
};

Address parse(std::string_view url) {
  const auto refuse = [url] {
    return std::runtime_error("not a URL of the form http://host:port/path: " + std::string(url));
  };
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) throw refuse();
  const std::string_view rest = url.substr(kScheme.size());
  const size_t path = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, path);
  Address address;
  const size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    const bool in_range = address.port > 0 && address.port < 65536;
    if (error != std::errc() || end != port.data() + port.size() || !in_range) throw refuse();
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) {
    authority = authority.substr(1, authority.size() - 2);
  }
  if (authority.empty()) throw refuse();
  address.host = authority;
  const std::string_view target = rest.substr(path, rest.find('#', path) - path);
  address.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  return address;
}

}  // namespace

Response get(const std::string& url, std::chrono::milliseconds timeout) {
  const Address address = parse(url);
  httplib::Client client(address.host, address.port);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
  const std::chrono::microseconds rest = timeout - seconds;
  client.set_connection_timeout(seconds.count(), rest.count());
  client.set_read_timeout(seconds.count(), rest.count());
  client.set_write_timeout(seconds.count(), rest.count());
  httplib::Result result = client.Get(address.target);
  if (!result) {
    throw std::runtime_error("no answer from " + url + ": " + httplib::to_string(result.error()));
  }
  Response response;
  response.status = result->status;
  for (const auto& [name, value] : result->headers) response.headers.add(name, value);
  response.body = std::move(result->body);
  return response;
}

}  // namespace graphmock::http
