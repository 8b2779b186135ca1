#include "admin/call.h"

#include "base/json.h"
#include "graph/body.h"
#include "http/error.h"

namespace graphmock::admin {

tenant::TenantPtr AdminCall::tenant() const {
  refuse_all();
  return tenants.get(tenant_name);
}

tenant::TenantPtr AdminCall::tenant_to_read() const {
  refuse_all();
  return tenants.find_or_new(tenant_name);
}

void AdminCall::refuse_all() const {
  if (!is_all_tenants) return;
  throw http::Error(400, "BadRequest",
                    "'?tenant=*' makes no sense here: name one tenant by the header "
                    "X-Mock-Tenant or the prefix /t/NAME.");
}

void AdminCall::visit_all(const Visit& visit) const {
  tenants.for_each([&](const std::string& name, const tenant::TenantPtr& tenant, base::Instant) {
    visit(name, tenant);
  });
}

void AdminCall::change_each_tenant(const Visit& visit) const {
  if (is_all_tenants) return visit_all(visit);
  visit(tenant_name, tenants.get(tenant_name));
}

void AdminCall::read_each_tenant(const Visit& visit) const {
  if (is_all_tenants) return visit_all(visit);
  visit(tenant_name, tenants.find_or_new(tenant_name));
}

void AdminCall::replace(const tenant::Tenants::Remake& remake) const {
  if (!is_all_tenants) {
    tenants.replace(tenant_name, remake);
    return;
  }
  visit_all(
      [&](const std::string& name, const tenant::TenantPtr&) { tenants.replace(name, remake); });
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
