#include "issuer/directory.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <set>

#include "auth/gate.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/text.h"
#include "issuer/oauth_error.h"

namespace graphmock::issuer {
namespace {

namespace json = base::json;

// Null where there is none.
json::value read(const Call& call, const std::string& path) {
  const auto response = call.tenant.look_up("/v1.0" + path);
  if (response.status != 200) return nullptr;
  return base::parse_json(response.body);
}

std::string text(const json::value& entity, std::string_view pointer) {
  return base::text_of(base::at_pointer(entity, pointer));
}

// Every page of a collection.
void for_each(const Call& call, std::string path,
              const std::function<void(const json::value& entity)>& visit) {
  while (!path.empty()) {
    const auto page = read(call, path);
    const auto* list = base::at_pointer(page, "/value");
    if (!list || !list->is_array()) return;
    for (const auto& entity : list->get_array()) visit(entity);
    const auto next = text(page, "/@odata.nextLink");
    const auto begin = next.find("/v1.0/");
    path = begin == std::string::npos ? "" : next.substr(begin + 5);
  }
}

std::string quoted(std::string_view value) {
  std::string literal;
  for (const char c : value) literal += c == '\'' ? std::string("''") : std::string(1, c);
  return base::percent_encode("'" + literal + "'");
}

bool is_of_resource(const json::value& principal, std::string_view resource) {
  if (auth::is_graph(resource)) return text(principal, "/appId") == auth::kGraphApp;
  if (text(principal, "/appId") == resource) return true;
  const auto* names = base::at_pointer(principal, "/servicePrincipalNames");
  if (!names || !names->is_array()) return false;
  return std::any_of(names->get_array().begin(), names->get_array().end(),
                     [&](const json::value& name) { return base::text_of(&name) == resource; });
}

// The service principal that is granted something at.
json::value read_resource(const Call& call, std::string_view id) {
  return read(call, "/servicePrincipals/" + base::percent_encode(id) +
                        "?$select=appId,appRoles,servicePrincipalNames");
}

void add_role(const json::value& principal, std::string_view role_id,
              std::vector<std::string>& roles) {
  const auto* all = base::at_pointer(principal, "/appRoles");
  if (!all || !all->is_array()) return;
  for (const auto& role : all->get_array()) {
    if (text(role, "/id") == role_id) roles.push_back(text(role, "/value"));
  }
}

}  // namespace

User find_user(const Call& call, std::string_view hint) {
  const std::string path = hint.empty() ? "/me" : "/users/" + base::percent_encode(hint);
  const auto entity = read(call, path + "?$select=id,displayName,userPrincipalName,accountEnabled");
  if (text(entity, "/id").empty()) {  // as what a function answers, which a hint may name
    throw OAuthError("invalid_grant", 50034,
                     "The user account '" + std::string(hint) + "' does not exist in the tenant '" +
                         call.tenant_name + "'.");
  }
  const auto* enabled = base::at_pointer(entity, "/accountEnabled");
  if (enabled && enabled->is_bool() && !enabled->get_bool()) {
    throw OAuthError("invalid_grant", 50057, "The user account is disabled.");
  }
  return {text(entity, "/id"), text(entity, "/displayName"), text(entity, "/userPrincipalName")};
}

void check_password(const Call& call, const User& user, std::string_view password) {
  const auto entity =
      read(call, "/users/" + base::percent_encode(user.id) + "?$select=passwordProfile");
  const auto known = text(entity, "/passwordProfile/password");
  if (!password.empty() && (known.empty() || known == password)) return;
  throw OAuthError("invalid_grant", 50126,
                   "Error validating credentials due to invalid username or password.");
}

std::string sessions_of(const Call& call, std::string_view user_id) {
  const auto entity = read(
      call, "/users/" + base::percent_encode(user_id) + "?$select=signInSessionsValidFromDateTime");
  return text(entity, "/signInSessionsValidFromDateTime");
}

App find_app(const Call& call, std::string_view client_id) {
  App app{std::string(client_id), "", false};
  const auto principal =
      read(call, "/servicePrincipals(appId=" + quoted(client_id) + ")?$select=id");
  app.is_known = !principal.is_null();
  // Always the same one, so that runs can be compared.
  app.object_id = app.is_known ? text(principal, "/id")
                               : base::IdSource(std::hash<std::string>()(app.id)).next_guid();
  return app;
}

bool is_audience_of(const Call& call, const App& app, std::string_view audience) {
  if (audience == app.id || audience == "api://" + app.id) return true;
  if (!app.is_known) return !auth::is_graph(audience);
  const auto principal = read(call, "/servicePrincipals/" + base::percent_encode(app.object_id) +
                                        "?$select=appId,servicePrincipalNames");
  return is_of_resource(principal, audience);
}

std::vector<std::string> granted_roles(const Call& call, const App& app,
                                       std::string_view resource) {
  if (!app.is_known) {
    if (!auth::is_graph(resource)) return {};
    return call.tenant.world().gate->permissions().names(false);
  }
  std::vector<std::string> roles;
  for_each(call,
           "/servicePrincipals/" + base::percent_encode(app.object_id) + "/appRoleAssignments",
           [&](const json::value& assignment) {
             const auto principal = read_resource(call, text(assignment, "/resourceId"));
             if (is_of_resource(principal, resource)) {
               add_role(principal, text(assignment, "/appRoleId"), roles);
             }
           });
  return roles;
}

std::vector<std::string> granted_scopes(const Call& call, const App& app, const User& user,
                                        std::string_view resource) {
  if (!app.is_known) {
    if (!auth::is_graph(resource)) return {};
    return call.tenant.world().gate->permissions().names(true);
  }
  std::set<std::string> scopes;
  for_each(call, "/oauth2PermissionGrants", [&](const json::value& grant) {
    if (text(grant, "/clientId") != app.object_id) return;
    const bool is_of_one = text(grant, "/consentType") == "Principal";
    if (is_of_one && text(grant, "/principalId") != user.id) return;
    if (!is_of_resource(read_resource(call, text(grant, "/resourceId")), resource)) return;
    const auto granted = text(grant, "/scope");
    for (const auto scope : base::split(granted, ' ')) {
      if (!scope.empty()) scopes.emplace(scope);
    }
  });
  return {scopes.begin(), scopes.end()};
}

}  // namespace graphmock::issuer
