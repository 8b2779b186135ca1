#include "app/admission.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::app {
namespace {

// The service's own, national clouds included, with all that is below them: a test may have its
// client's traffic led here under the name of the real service.
constexpr std::array<std::string_view, 11> kServiceDomains = {
    "microsoft.com",          "microsoft.us",       "microsoftonline.com",
    "microsoftonline.us",     "microsoftonline.cn", "microsoftgraph.chinacloudapi.cn",
    "login.chinacloudapi.cn", "microsoft.scloud",   "svc.sovcloud.de",
    "svc.sovcloud.fr",        "login.windows.net"};

bool is_of_the_service(std::string_view name) {
  return std::any_of(kServiceDomains.begin(), kServiceDomains.end(), [&](std::string_view domain) {
    if (!name.ends_with(domain)) return false;
    name.remove_suffix(domain.size());
    return name.empty() || name.ends_with('.');
  });
}

// Nothing when the request names none, as HTTP/1.0 may.
std::optional<HostName> host_of(const http::Request& request) {
  const auto header = request.headers.find("Host");
  if (!header) return std::nullopt;
  auto host = read_host_name(*header);
  if (host) return host;
  throw http::Error(400, "BadRequest",
                    "The Host header is '" + std::string(base::beginning_of(*header, 300)) +
                        "', which is no host name or address with a port or without.");
}

[[noreturn]] void throw_not_ours(const HostName& host, const std::string& who) {
  throw http::Error(403, "Forbidden",
                    who + " does not answer to the host '" + host.text +
                        "', as a web page could have that name lead here (DNS rebinding). Ask at "
                        "localhost or the address that the server is bound to, or start it with "
                        "--allow-host " +
                        (host.text.empty() ? "NAME" : host.text) +
                        " (environment: GRAPHMOCK_ALLOW_HOST).");
}

// What a browser says of the page that asks, where it sends no Origin: of images, scripts, links
// and the like ("Fetch Metadata"). No page can write it itself.
void check_fetch_site(const http::Request& request) {
  const auto site = request.headers.find("Sec-Fetch-Site").value_or("none");
  if (base::equals_ignoring_case(site, "none") || base::equals_ignoring_case(site, "same-origin")) {
    return;
  }
  throw http::Error(403, "Forbidden",
                    "The control plane does not answer web pages of other origins than its own, "
                    "and a browser says of this request that one has asked or led here "
                    "(Sec-Fetch-Site). Send it from a program, or type the address in.");
}

void check_origin(const http::Request& request) {
  const auto own = request.headers.find("Host") ? http::origin_of(request) : "";
  for (const auto& [name, value] : request.headers) {
    if (!base::equals_ignoring_case(name, "Origin") || base::equals_ignoring_case(value, own)) {
      continue;
    }
    throw http::Error(403, "Forbidden",
                      "The control plane does not answer web pages of other origins than its own, "
                      "'" +
                          own + "'. This request's Origin is '" + std::string(value) +
                          "'. Send it without one, from a program.");
  }
}

// Takes the same time wherever they differ.
bool is_equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  int difference = 0;
  for (size_t i = 0; i < a.size(); ++i) difference |= a[i] ^ b[i];
  return difference == 0;
}

}  // namespace

Admission::Admission(const Options& options)
    : bound_(read_host_name(options.host).value_or(HostName())), admin_token_(options.admin_token) {
  for (const auto& name : options.allowed_hosts) {
    if (auto host = read_host_name(name)) allowed_.push_back(*std::move(host));
  }
}

bool Admission::is_ours(const HostName& host) const {
  if (host.text.empty()) return false;
  return is_loopback(host) || host == bound_ || (host.is_address && is_wildcard(bound_)) ||
         std::find(allowed_.begin(), allowed_.end(), host) != allowed_.end();
}

void Admission::check_admin(const http::Request& request) const {
  const auto host = host_of(request);
  if (host && !is_ours(*host)) throw_not_ours(*host, "The control plane");
  check_origin(request);
  check_fetch_site(request);
  const auto& route = request.target.segments();
  const bool is_health_check = (request.method == "GET" || request.method == "HEAD") &&
                               route.size() == 1 && route.front() == "health";
  if (!admin_token_.empty() && !is_health_check) check_token(request);
}

void Admission::check_graph(const http::Request& request) const {
  const auto host = host_of(request);
  // A name without a dot is one of the local network, such as a container's.
  if (!host || host->is_address || host->text.find('.') == std::string::npos) return;
  if (!is_ours(*host) && !is_of_the_service(host->text)) throw_not_ours(*host, "The server");
}

void Admission::check_token(const http::Request& request) const {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.headers.find("Authorization").value_or("");
  if (base::starts_with_ignoring_case(header, kScheme) &&
      is_equal(base::trim(header.substr(kScheme.size())), admin_token_)) {
    return;
  }
  http::Error error(401, "Unauthorized",
                    "The control plane asks for the header 'Authorization: Bearer TOKEN' with the "
                    "token that the server was started with (--admin-token).");
  error.headers.add("WWW-Authenticate", "Bearer realm=\"graphmock\"");
  throw error;
}

}  // namespace graphmock::app
