#include "admin/call.h"

#include "base/json.h"
#include "graph/body.h"
#include "http/error.h"

namespace graphmock::admin {

tenant::TenantPtr AdminCall::tenant() const {
  if (is_all_tenants) {
    throw http::Error(400, "BadRequest",
                      "'?tenant=*' makes no sense here: name one tenant by the header "
                      "X-Mock-Tenant or the prefix /t/NAME.");
  }
  return tenants.get(tenant_name);
}

void AdminCall::for_each_tenant(
    const std::function<void(const std::string&, const tenant::TenantPtr&)>& visit) const {
  if (!is_all_tenants) return visit(tenant_name, tenants.get(tenant_name));
  for (const auto& [name, tenant] : tenants.all()) visit(name, tenant);
}

void AdminCall::replace(const tenant::Tenants::Remake& remake) const {
  if (!is_all_tenants) {
    tenants.replace(tenant_name, remake);
    return;
  }
  for (const auto& [name, tenant] : tenants.all()) tenants.replace(name, remake);
}

void AdminCall::replace_same(const tenant::TenantPtr& seen,
                             const tenant::Tenants::Remake& remake) const {
  const bool is_there = tenants.replace(tenant_name, [&](const tenant::Tenant& old) {
    // Parts of one world cannot go into another.
    if (&old.world() == &seen->world()) return remake(old);
    throw http::Error(
        409, "Conflict",
        "Fixtures and scenarios have been reloaded meanwhile, and with them what this "
        "was about is gone.");
  });
  if (is_there) return;
  throw http::Error(409, "Conflict", "The tenant has been dropped meanwhile.");
}

std::optional<std::string_view> AdminCall::option(std::string_view name) const {
  const auto found = query.find(name);
  if (found == query.end()) return std::nullopt;
  return found->second;
}

boost::json::object AdminCall::body() const {
  auto value = graph::parse_body(request.body, base::JsonSyntax::Relaxed);
  if (auto* object = value.if_object()) return std::move(*object);
  throw http::Error(400, "BadRequest", "The body is no JSON object.");
}

void throw_problems(const std::string& message, const base::LoadErrors& errors) {
  http::Error error(400, "BadRequest", message + errors.front().text());
  for (const auto& one : errors) error.details.push_back({"InvalidInput", one.file, one.text()});
  throw error;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response answer(const boost::json::value& body, int status) {
  http::Response response;
  response.status = status;
  response.body = base::to_json(body);
  return response;
}

}  // namespace graphmock::admin
