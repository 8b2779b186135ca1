#include "issuer/issuer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "http/error.h"
#include "http/url.h"
#include "issuer/authorize.h"
#include "issuer/discovery.h"
#include "issuer/grants.h"
#include "issuer/oauth_error.h"
#include "tenant/name.h"

namespace graphmock::issuer {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;  // behind the tenant; "*" is any segment
  http::Response (*answer)(const Call& call);
};

constexpr std::array kRoutes = {
    Route{"GET", "v2.0/.well-known/openid-configuration", configuration},
    Route{"GET", ".well-known/openid-configuration", configuration_of_version_1},
    Route{"GET", "discovery/v2.0/keys", keys},
    Route{"GET", "discovery/keys", keys},
    Route{"GET", "discovery/instance", instance},
    Route{"GET", "userrealm/*", user_realm},
    Route{"GET", "oauth2/v2.0/authorize", authorize},
    Route{"POST", "oauth2/v2.0/authorize", authorize},
    Route{"POST", "oauth2/v2.0/token", token},
    Route{"POST", "oauth2/v2.0/devicecode", device_code},
    Route{"GET", "oauth2/deviceauth", device_page},
    Route{"GET", "oauth2/v2.0/logout", logout},
    Route{"POST", "oauth2/v2.0/logout", logout},
};

constexpr size_t kMostFormBytes = 64 * 1024;  // no token or code that is good is longer
constexpr size_t kMostShown = 200;            // of what a client sends, in messages

// Names that stand for whichever tenant the user is of.
constexpr std::array<std::string_view, 3> kAnyTenant = {"common", "organizations", "consumers"};

bool is_any_tenant(std::string_view name) {
  return std::any_of(kAnyTenant.begin(), kAnyTenant.end(),
                     [&](std::string_view any) { return base::equals_ignoring_case(any, name); });
}

bool matches(std::string_view pattern, const std::vector<std::string>& segments) {
  const auto parts = base::split(pattern, '/');
  return std::equal(parts.begin(), parts.end(), segments.begin(), segments.end(),
                    [](std::string_view part, const std::string& segment) {
                      return part == "*" || base::equals_ignoring_case(part, segment);
                    });
}

const Route& route_of(const http::Request& request, const std::vector<std::string>& segments) {
  // The answer to HEAD is that to GET, without its body.
  const auto method = request.method == "HEAD" ? "GET" : request.method;
  const Route* other_method = nullptr;
  for (const auto& route : kRoutes) {
    if (!matches(route.path, segments)) continue;
    if (route.method == method) return route;
    other_method = &route;
  }
  if (other_method) {
    http::Error error(405, "BadRequest",
                      "The method " + std::string(request.method) +
                          " is not allowed here. Allowed: " + std::string(other_method->method) +
                          ".");
    error.headers.add("Allow", std::string(other_method->method));
    throw error;
  }
  std::string known;
  for (const auto& route : kRoutes) {
    const std::string path(route.path);
    if (known.ends_with(path)) continue;  // with another method
    known += (known.empty() ? "" : ", ") + path;
  }
  throw http::Error(
      404, "ResourceNotFound",
      "The token service has no such address. Behind the tenant it has " + known + ".");
}

[[noreturn]] void refuse_bytes(const http::Error& error) {
  throw OAuthError("invalid_request", 9002313, "Invalid request. " + error.message);
}

// Of a form, or of a query. None may be given twice (RFC 6749 3.2).
void add_parameters(const std::vector<http::QueryOption>& options, Call& call) {
  for (const auto& [name, value] : options) {
    if (call.parameters.emplace(name, value).second) continue;
    throw OAuthError("invalid_request", 9000411,
                     "The request is not properly formatted. The parameter '" +
                         std::string(base::beginning_of(name, kMostShown)) + "' is duplicated.");
  }
}

void add_form(std::string_view form, Call& call) {
  if (form.size() > kMostFormBytes) {
    throw OAuthError(
        "invalid_request", 90015,
        "The request is too long: it may have " + std::to_string(kMostFormBytes) + " bytes.");
  }
  try {
    add_parameters(http::read_options(form), call);
  } catch (const http::Error& error) {
    refuse_bytes(error);
  }
}

// A client may show who it is in a header instead, both in URL encoding (RFC 6749 2.3.1).
void add_client(const http::Request& request, Call& call) {
  constexpr std::string_view kBasic = "Basic ";
  const auto header = request.headers.find("Authorization").value_or("");
  if (!base::starts_with_ignoring_case(header, kBasic)) return;
  const auto credentials =
      base::base64_decode(base::trim(header.substr(kBasic.size()))).value_or("");
  const auto colon = credentials.find(':');
  if (colon == std::string::npos) return;
  try {
    const std::string_view text = credentials;
    call.parameters.insert_or_assign("client_id", http::decode_segment(text.substr(0, colon)));
    call.parameters.insert_or_assign("client_secret", http::decode_segment(text.substr(colon + 1)));
  } catch (const http::Error& error) {
    refuse_bytes(error);
  }
}

}  // namespace

http::Response Issuer::serve(const http::Request& request, const tenant::Selection& selection) {
  const auto& target = request.target;
  const auto& named = target.root();
  const auto& route = route_of(request, target.segments());
  tenant::check_name("tenant", named);
  // A header or a prefix says which tenant it is, then the path does.
  const auto name = selection.is_named || is_any_tenant(named) ? selection.name : named;
  const auto tenant = tenants_.find_or_new(name);
  const auto root = http::root_of(request);
  Call call{request,
            *tenant,
            name,
            root,
            root + "/" + named,
            target.segments(),
            {},
            tenant->clock().now(),
            redeemed_};
  try {
    if (target.error()) refuse_bytes(*target.error());
    // Secrets do not belong into an address, where logs would keep them.
    if (request.method == "POST") {
      add_form(request.body, call);
      add_client(request, call);
    } else {
      add_parameters(target.options(), call);
    }
    return route.answer(call);
  } catch (const OAuthError& error) {
    return error_answer(call, error);
  }
}

}  // namespace graphmock::issuer
