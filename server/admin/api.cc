#include "admin/api.h"

#include <algorithm>
#include <array>

#include "admin/state.h"
#include "base/json.h"
#include "graph/call.h"
#include "graph/error_payload.h"
#include "graph/shape.h"

namespace graphmock::admin {
namespace {

// A request to the control plane, matched to a route: `rest` is what its "*" stands for.
struct AdminCall {
  const http::Request& request;
  const tenant::World& world;
  tenant::Tenants& tenants;
  const std::string& tenant_name;
  bool is_all_tenants;
  std::vector<std::string> rest;

  tenant::TenantPtr tenant() const {
    if (is_all_tenants) {
      throw http::Error(400, "BadRequest", "'?tenant=*' makes sense for a reset only.");
    }
    return tenants.get(tenant_name);
  }
};

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response health(const AdminCall&) {
  http::Response response;
  response.body = "{\"status\":\"ok\",\"version\":\"" GRAPHMOCK_VERSION "\"}";
  return response;
}

http::Response reset(const AdminCall& call) {
  if (call.is_all_tenants) {
    call.tenants.reset_all();
  } else {
    call.tenants.reset(call.tenant_name);
  }
  return no_content();
}

http::Response state(const AdminCall& call) {
  const bool is_get = call.request.method == "GET";
  if (is_get && call.rest.empty()) return get_document(*call.tenant());
  if (is_get && call.rest[0] == "diff" && call.rest.size() == 1) {
    return get_difference(*call.tenant(), store::Layer());
  }
  const auto* model = call.world.models.version(call.rest[0]);
  if (!model) {
    throw http::Error(
        400, "BadRequest",
        "Invalid version: '" + call.rest[0] + "'. Expected /__admin/state/VERSION/PATH.");
  }
  const auto tenant = call.tenant();
  const std::vector<std::string> path(call.rest.begin() + 1, call.rest.end());
  if (path.empty()) {
    throw http::Error(400, "BadRequest",
                      "A version has no state of its own: the whole of it is at /__admin/state, "
                      "an entity or a collection at /__admin/state/VERSION/PATH.");
  }
  if (is_get) return get_state(*tenant, *model, path);
  if (call.request.method == "PUT") {
    const bool is_strict = graph::prefers(call.request, "handling=strict");
    return put_state(*tenant, *model, path, call.request.body, is_strict);
  }
  return delete_state(*tenant, *model, path);
}

std::string scenario_name(const AdminCall& call) {
  if (call.rest.size() != 1) {
    throw http::not_implemented("'/__admin/scenarios/NAME/" + call.rest.back() + "'");
  }
  return call.rest[0];
}

[[noreturn]] void throw_no_scenario(const AdminCall& call, const std::string& name) {
  std::string known;
  for (const auto& [other, script] : call.world.scripts)
    known += (known.empty() ? "" : ", ") + other;
  throw http::Error(404, "NotFound", "There is no scenario '" + name + "'. Loaded: " + known + ".");
}

http::Response put_scenario(const AdminCall& call) {
  const auto name = scenario_name(call);
  const auto tenant = call.tenant();
  if (call.request.body.empty()) {
    if (!tenant->player().activate(name)) throw_no_scenario(call, name);
    return no_content();
  }
  base::LoadErrors errors;
  auto script = scenario::read_script(name, name, call.request.body, errors);
  if (!script) {
    http::Error error(400, "BadRequest", errors.front().text());
    for (const auto& one : errors) error.details.push_back({"InvalidScenario", name, one.text()});
    throw error;
  }
  tenant->player().define_and_activate(std::move(script));
  return no_content();
}

http::Response delete_scenario(const AdminCall& call) {
  const auto name = scenario_name(call);
  if (!call.tenant()->player().deactivate(name)) throw_no_scenario(call, name);
  return no_content();
}

http::Response list_scenarios(const AdminCall& call) {
  const auto active = call.tenant()->player().active();
  auto scripts = call.world.scripts;
  for (const auto& one : active) scripts.insert_or_assign(one.script->name, one.script);
  base::json::array list;
  for (const auto& [name, script] : scripts) {
    const auto found = std::find_if(
        active.begin(), active.end(),
        [&name = name](const auto& activation) { return activation.script->name == name; });
    base::json::array rules;
    for (size_t i = 0; i < script->rules.size(); ++i) {
      rules.push_back(base::json::object{{"name", script->rules[i].name},
                                         {"calls", found == active.end() ? 0 : found->calls[i]}});
    }
    list.push_back(base::json::object{{"name", name},
                                      {"description", script->description},
                                      {"active", found != active.end()},
                                      {"rules", std::move(rules)}});
  }
  http::Response response;
  response.body = base::to_json(base::json::object{{"scenarios", std::move(list)}});
  return response;
}

http::Response not_yet(const AdminCall& call) {
  throw http::not_implemented(std::string(call.request.method) + " " +
                              std::string(call.request.target));
}

struct Route {
  std::string_view method;
  std::string_view path;  // behind /__admin/; "*" is all that is left, at least one segment
  http::Response (*serve)(const AdminCall&);
};

constexpr std::array kRoutes = {
    Route{"GET", "health", health},
    Route{"POST", "reset", reset},
    Route{"POST", "reset/*", not_yet},
    Route{"GET", "state", state},
    Route{"GET", "state/*", state},
    Route{"PUT", "state/*", state},
    Route{"DELETE", "state/*", state},
    Route{"GET", "scenarios", list_scenarios},
    Route{"PUT", "scenarios/*", put_scenario},
    Route{"DELETE", "scenarios/*", delete_scenario},
    Route{"GET", "requests", not_yet},
    Route{"DELETE", "requests", not_yet},
    Route{"POST", "requests/*", not_yet},
    Route{"GET", "requests/*", not_yet},
    Route{"GET", "snapshots", not_yet},
    Route{"GET", "snapshots/*", not_yet},
    Route{"PUT", "snapshots/*", not_yet},
    Route{"POST", "snapshots/*", not_yet},
    Route{"DELETE", "snapshots/*", not_yet},
    Route{"GET", "tenants", not_yet},
    Route{"DELETE", "tenants/*", not_yet},
    Route{"GET", "clock", not_yet},
    Route{"PUT", "clock", not_yet},
    Route{"GET", "metrics", not_yet},
    Route{"GET", "", not_yet},
};

// What the route's path leaves of the segments; nothing when it is not this route's path.
std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              const std::vector<std::string>& segments) {
  size_t used = 0;
  for (const auto part : http::split_segments(pattern)) {
    if (used >= segments.size()) return std::nullopt;
    if (part == "*")
      return std::vector(segments.begin() + static_cast<ptrdiff_t>(used), segments.end());
    if (part != segments[used]) return std::nullopt;
    ++used;
  }
  if (used != segments.size()) return std::nullopt;
  return std::vector<std::string>();
}

bool asks_for_all(const http::Url& url) {
  for (const auto& option : url.query) {
    if (option.name != "tenant") {
      throw http::Error(400, "BadRequest", "Unknown query option '" + option.name + "'.");
    }
    if (option.value != "*") {
      throw http::Error(400, "BadRequest",
                        "'tenant' takes '*' alone; one tenant is chosen by the "
                        "header X-Mock-Tenant or the prefix /t/NAME.");
    }
  }
  return !url.query.empty();
}

http::Response route(const http::Request& request, const tenant::Selection& selection,
                     const tenant::World& world, tenant::Tenants& tenants) {
  auto url = http::parse_target(selection.target);
  url.segments.erase(url.segments.begin());  // "__admin"
  std::string allowed;
  for (const auto& one : kRoutes) {
    auto rest = match(one.path, url.segments);
    if (!rest) continue;
    if (one.method == request.method) {
      return one.serve(
          {request, world, tenants, selection.name, asks_for_all(url), *std::move(rest)});
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(one.method);
  }
  if (allowed.empty()) {
    throw http::Error(404, "NotFound",
                      "The control plane has no '" + std::string(selection.target) +
                          "'. See the README for its addresses.");
  }
  http::Error error(405, "MethodNotAllowed",
                    "The method " + std::string(request.method) +
                        " is not allowed here. Allowed: " + allowed + ".");
  error.headers.emplace_back("Allow", allowed);
  throw error;
}

}  // namespace

http::Response Api::serve(const http::Request& request, const tenant::Selection& selection) {
  const auto now = world_.clock->now();
  http::Response response;
  try {
    response = route(request, selection, world_, tenants_);
    if (response.status != 204) response.set_header("Content-Type", "application/json");
  } catch (const http::Error& error) {
    const auto id = request_ids_.next_guid();
    response = graph::error_response(error, graph::ErrorFamily::Other, {id, id, now});
  }
  response.set_header("Date", base::to_http_date(now));
  return response;
}

}  // namespace graphmock::admin
