#include "admin/tokens.h"

#include <boost/json.hpp>

#include "auth/gate.h"
#include "base/json.h"
#include "http/error.h"
#include "issuer/oauth_error.h"
#include "issuer/redeemed.h"
#include "issuer/tokens.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

constexpr std::string_view kApp = "graphmock-test";
constexpr int64_t kLongestSeconds = 10LL * 366 * 24 * 3600;

[[noreturn]] void refuse(const std::string& what) {
  throw http::Error(400, "BadRequest", what);
}

std::string text(const json::object& body, std::string_view name, std::string_view otherwise) {
  const auto* value = body.if_contains(name);
  if (!value) return std::string(otherwise);
  if (!base::is_string(*value)) refuse("'" + std::string(name) + "' is a text.");
  return base::text_of(value);
}

std::optional<std::vector<std::string>> permissions_of(const json::object& body) {
  const auto* list = body.if_contains("permissions");
  if (!list) return std::nullopt;
  if (!list->is_array()) refuse("'permissions' is a list of names, as in [\"User.Read.All\"].");
  std::vector<std::string> names;
  for (const auto& name : list->get_array()) {
    if (!base::is_string(name)) refuse("'permissions' is a list of names.");
    names.push_back(base::text_of(&name));
  }
  return names;
}

int64_t lifetime_of(const json::object& body) {
  const auto* value = body.if_contains("lifetimeSeconds");
  if (!value) return issuer::kAccessSeconds;
  const auto seconds = value->is_int64() ? value->get_int64() : kLongestSeconds + 1;
  if (seconds >= -kLongestSeconds && seconds <= kLongestSeconds) return seconds;
  refuse(
      "'lifetimeSeconds' is a whole number, of at most ten years; a token of a negative one has "
      "expired already.");
}

void refuse_others(const json::object& body) {
  for (const auto& [name, value] : body) {
    if (name != "app" && name != "user" && name != "permissions" && name != "lifetimeSeconds" &&
        name != "audience") {
      refuse("'" + std::string(name) +
             "' is none of app, user, permissions, lifetimeSeconds and audience.");
    }
  }
}

}  // namespace

http::Response make_token(const AdminCall& call) {
  const auto tenant = call.tenant();  // it is for somebody who will come
  const auto body = call.body();
  refuse_others(body);
  const auto origin = http::origin_of(call.request);
  issuer::Redeemed none;
  const issuer::Call made{call.request, *tenant, call.tenant_name,      origin, origin,
                          {},           {},      tenant->clock().now(), none};
  try {
    issuer::SignIn sign_in;
    const auto app = text(body, "app", kApp);
    if (app.empty()) refuse("'app' is the id of an application.");
    sign_in.app = issuer::find_app(made, app);
    if (body.contains("user")) sign_in.user = issuer::find_user(made, text(body, "user", ""));
    sign_in.scopes.resource = text(body, "audience", auth::kGraphResource);
    sign_in.scopes.is_default = true;
    sign_in.permissions = permissions_of(body);
    return answer(
        json::object{{"access_token", issuer::access_token(made, sign_in, lifetime_of(body))}});
  } catch (const issuer::OAuthError& error) {
    refuse(error.message);
  }
}

}  // namespace graphmock::admin
