#include "admin/scenarios.h"

#include <map>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "http/insufficient_storage.h"
#include "scenario/script_size.h"
#include "tenant/name.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

[[noreturn]] void throw_no_scenario(const tenant::Tenant& tenant, const std::string& name) {
  std::vector<std::string_view> known;
  for (const auto& [other, script] : tenant.world().scenarios.scripts) known.push_back(other);
  auto message = "There is no scenario '" + name + "'.";
  if (const auto near = base::nearest(name, known)) {
    message += " Did you mean '" + std::string(*near) + "'?";
  }
  message += " Loaded:";
  for (const auto& one : known) message += " " + std::string(one);
  throw http::Error(404, "NotFound", message + ".");
}

scenario::ScriptPtr read_definition(const AdminCall& call, const tenant::Tenant& tenant,
                                    const std::string& name) {
  tenant::check_name("scenario", name);
  base::LoadErrors errors;
  auto script =
      scenario::read_script(name, name, call.request.body, tenant.world().scenarios.files, errors);
  if (!script) throw_problems("", errors);
  const auto& account = tenant.parts().account;
  const auto bytes = scenario::bytes_of(*script, call.request.body.size());
  if (!account->charge(bytes)) throw http::insufficient_storage();
  return base::charged(std::move(script), {account, bytes});
}

json::value rule_json(const scenario::Rule& rule, const scenario::RulePosition& position) {
  return json::object{{"name", rule.name},
                      {"priority", rule.priority},
                      {"calls", position.calls},
                      {"hits", position.hits}};
}

json::value standing_json(const scenario::Standing& standing) {
  const auto& rules = standing.script->rules;
  json::array list, never_hit;
  for (size_t i = 0; i < rules.size(); ++i) {
    const auto& position = standing.position.rules[i];
    list.push_back(rule_json(rules[i], position));
    if (position.hits == 0) never_hit.emplace_back(rules[i].name);
  }
  return json::object{
      {"name", standing.script->name}, {"description", standing.script->description},
      {"active", standing.is_active},  {"state", standing.position.state},
      {"rules", std::move(list)},      {"neverHit", std::move(never_hit)}};
}

}  // namespace

http::Response list_scenarios(const AdminCall& call) {
  json::array list;
  for (const auto& standing : call.tenant_to_read()->player().standings()) {
    list.push_back(standing_json(standing));
  }
  return answer(json::object{{"scenarios", std::move(list)}});
}

http::Response put_scenario(const AdminCall& call) {
  const auto& name = call.rest[0];
  const bool is_definition = !base::trim(call.request.body).empty();
  // In all of them or in none.
  std::map<std::string, scenario::ScriptPtr> definitions;
  call.change_each_tenant([&](const std::string& tenant_name, const tenant::TenantPtr& tenant) {
    if (is_definition) {
      definitions.emplace(tenant_name, read_definition(call, *tenant, name));
    } else if (!tenant->player().find(name)) {
      throw_no_scenario(*tenant, name);
    }
  });
  call.change_each_tenant([&](const std::string& tenant_name, const tenant::TenantPtr& tenant) {
    if (!is_definition) {
      tenant->player().activate(name);
    } else if (const auto found = definitions.find(tenant_name); found != definitions.end()) {
      tenant->player().define_and_activate(found->second);
    }
  });
  return no_content();
}

http::Response put_scenario_state(const AdminCall& call) {
  const auto body = call.body();
  const auto* state = body.if_contains("state");
  if (!state || !state->is_string() || body.size() != 1) {
    throw http::Error(400, "BadRequest",
                      "The state is set with a body such as {\"state\": \"Started\"}.");
  }
  call.change_each_tenant([&](const std::string&, const tenant::TenantPtr& tenant) {
    tenant->player().set_state(call.rest[0], std::string_view(state->get_string()));
  });
  return no_content();
}

http::Response delete_scenario(const AdminCall& call) {
  call.change_each_tenant([&](const std::string&, const tenant::TenantPtr& tenant) {
    if (!tenant->player().deactivate(call.rest[0])) throw_no_scenario(*tenant, call.rest[0]);
  });
  return no_content();
}

}  // namespace graphmock::admin
