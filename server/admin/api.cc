#include "admin/api.h"

#include <algorithm>
#include <array>

#include "admin/call.h"
#include "admin/clock.h"
#include "admin/near_misses.h"
#include "admin/permissions.h"
#include "admin/requests.h"
#include "admin/scenarios.h"
#include "admin/snapshots.h"
#include "admin/state.h"
#include "admin/tokens.h"
#include "base/json.h"
#include "base/load_error.h"
#include "base/text.h"
#include "graph/call.h"
#include "graph/error_payload.h"
#include "http/error.h"
#include "odata/temporal.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

http::Response health(const AdminCall&) {
  return answer(json::object{{"status", "ok"}, {"version", GRAPHMOCK_VERSION}});
}

http::Response reset(const AdminCall& call) {
  call.replace(tenant::as_new);
  return no_content();
}

http::Response reset_part(const AdminCall& call) {
  using Parts = tenant::Tenant::Parts;
  static constexpr std::array<std::pair<std::string_view, void (*)(Parts&)>, 4> kParts = {{
      {"entities", [](Parts& parts) { parts.entities = nullptr; }},
      {"scenarios", [](Parts& parts) { parts.player = nullptr; }},
      {"requests", [](Parts& parts) { parts.journal = nullptr; }},
      {"clock", [](Parts& parts) { parts.clock = nullptr; }},
  }};
  for (const auto& part : kParts) {
    if (part.first != call.rest[0]) continue;
    call.replace([&part](const tenant::Tenant& old) {
      auto parts = old.parts();
      part.second(parts);
      return parts;
    });
    return no_content();
  }
  throw http::Error(404, "NotFound",
                    "A tenant has no '" + call.rest[0] +
                        "' to reset. Expected entities, scenarios, requests or clock.");
}

http::Response whole_state(const AdminCall& call) {
  return get_document(*call.tenant_to_read());
}

http::Response replace_state(const AdminCall& call) {
  const auto tenant = call.tenant();
  auto parts = read_document(*tenant, call.request.body);
  call.replace_same(tenant, [&](const tenant::Tenant& old) {
    auto all = old.parts();
    all.entities = std::move(parts);
    return all;
  });
  return no_content();
}

http::Response difference(const AdminCall& call) {
  const auto tenant = call.tenant_to_read();
  const auto from = call.option("from");
  return get_difference(*tenant, from ? tenant->snapshots().get(*from) : nullptr);
}

http::Response state(const AdminCall& call) {
  const bool is_read = call.request.method == "GET" || call.request.method == "HEAD";
  const auto tenant = is_read ? call.tenant_to_read() : call.tenant();
  const auto* model = tenant->world().models.version(call.rest[0]);
  if (!model) {
    throw http::Error(
        400, "BadRequest",
        "Invalid version: '" + call.rest[0] + "'. Expected /__admin/state/VERSION/PATH.");
  }
  const std::vector<std::string> path(call.rest.begin() + 1, call.rest.end());
  if (path.empty()) {
    throw http::Error(400, "BadRequest",
                      "A version has no state of its own: the whole of it is at /__admin/state, "
                      "an entity or a collection at /__admin/state/VERSION/PATH.");
  }
  if (is_read) return get_state(*tenant, *model, path);
  if (call.request.method == "PUT") {
    const bool is_strict = graph::prefers(call.request, "handling=strict");
    return put_state(*tenant, *model, path, call.request.body, is_strict);
  }
  return delete_state(*tenant, *model, path);
}

http::Response list_tenants(const AdminCall& call) {
  json::array list;
  call.tenants.for_each(
      [&](const std::string& name, const tenant::TenantPtr& tenant, base::Instant idle_since) {
        json::array active;
        for (const auto& scenario : tenant->player().active()) active.emplace_back(scenario);
        list.push_back(json::object{{"name", name},
                                    {"requests", tenant->journal().size()},
                                    {"activeScenarios", std::move(active)},
                                    {"bytes", tenant->bytes()},
                                    {"isTouched", tenant->is_touched()},
                                    {"idleSince", base::to_iso8601(idle_since)}});
      });
  return answer(json::object{{"tenants", std::move(list)}});
}

http::Response drop_tenants(const AdminCall& call) {
  const auto idle = call.option("idle");
  if (!idle && !call.is_all_tenants) {
    throw http::Error(400, "BadRequest",
                      "Which tenants? /__admin/tenants/NAME is one of them, "
                      "/__admin/tenants?idle=PT1H those that nobody has asked for an hour, "
                      "/__admin/tenants?tenant=* all.");
  }
  if (!idle) {
    call.tenants.drop_all();
    return no_content();
  }
  const auto duration = odata::parse_duration(*idle);
  if (!duration || *duration < 0) {
    throw http::Error(
        400, "BadRequest",
        "'idle' is '" + std::string(*idle) + "', which is no duration such as PT1H or P1DT12H.");
  }
  call.tenants.drop_idle(call.api.now() - std::chrono::duration_cast<std::chrono::milliseconds>(
                                              std::chrono::nanoseconds(*duration)));
  return no_content();
}

http::Response drop_tenant(const AdminCall& call) {
  if (call.tenants.drop(call.rest[0])) return no_content();
  throw http::Error(404, "NotFound", "There is no tenant '" + call.rest[0] + "'.");
}

http::Response metrics(const AdminCall& call) {
  http::Response response;
  response.body = call.api.metrics().text(call.tenants);
  response.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

http::Response reload(const AdminCall& call) {
  if (!call.api.can_reload())
    throw http::not_implemented("reloading what was not loaded from files");
  try {
    call.api.reload();
  } catch (const base::LoadFailure& failure) {
    throw_problems("Nothing was changed, as the files have problems. The first: ", failure.errors);
  }
  const auto world = call.tenants.world();
  return answer(json::object{{"entities", world->fixtures->size()},
                             {"scenarios", world->scenarios.scripts.size()}});
}

http::Response page(const AdminCall&) {
  throw http::not_implemented("the console at /__admin/");
}

struct Route {
  std::string_view method;
  // Behind /__admin/; "{x}" is one segment, "*" all that is left, at least one.
  std::string_view path;
  http::Response (*serve)(const AdminCall&);
  std::string_view options;  // query options beside "tenant"; kAnyOption takes what comes
};

// Of what programs ask that add options of their own.
constexpr std::string_view kAnyOption = "*";

constexpr std::array kRoutes = {
    Route{"GET", "health", health, ""},
    Route{"POST", "reset", reset, ""},
    Route{"POST", "reset/{part}", reset_part, ""},
    Route{"GET", "state", whole_state, ""},
    Route{"PUT", "state", replace_state, ""},
    Route{"GET", "state/diff", difference, "from"},
    Route{"GET", "state/*", state, ""},
    Route{"PUT", "state/*", state, ""},
    Route{"DELETE", "state/*", state, ""},
    Route{"GET", "scenarios", list_scenarios, ""},
    Route{"PUT", "scenarios/{name}", put_scenario, ""},
    Route{"PUT", "scenarios/{name}/state", put_scenario_state, ""},
    Route{"DELETE", "scenarios/{name}", delete_scenario, ""},
    Route{"GET", "requests", list_requests, "limit unmatched"},
    Route{"DELETE", "requests", clear_requests, ""},
    Route{"POST", "requests/count", count_requests, ""},
    Route{"POST", "requests/find", find_requests, ""},
    Route{"GET", "requests/unmatched/near-misses", near_misses, "limit"},
    Route{"GET", "snapshots", list_snapshots, ""},
    Route{"GET", "snapshots/{name}", get_snapshot, ""},
    Route{"PUT", "snapshots/{name}", put_snapshot, ""},
    Route{"POST", "snapshots/{name}/restore", restore_snapshot, ""},
    Route{"DELETE", "snapshots/{name}", delete_snapshot, ""},
    Route{"GET", "tenants", list_tenants, ""},
    Route{"DELETE", "tenants", drop_tenants, "idle"},
    Route{"DELETE", "tenants/{name}", drop_tenant, ""},
    Route{"GET", "permissions", report_permissions, ""},
    Route{"POST", "tokens", make_token, ""},
    Route{"GET", "clock", get_clock, ""},
    Route{"PUT", "clock", put_clock, ""},
    Route{"GET", "metrics", metrics, kAnyOption},
    Route{"POST", "reload", reload, kAnyOption},
    Route{"GET", "", page, ""},
};

// What the route's placeholders stand for; nothing when it is not this route's path.
std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              const std::vector<std::string>& segments) {
  std::vector<std::string> rest;
  size_t used = 0;
  for (const auto part : http::split_segments(pattern)) {
    if (used >= segments.size()) return std::nullopt;
    if (part == "*") {
      rest.insert(rest.end(), segments.begin() + static_cast<ptrdiff_t>(used), segments.end());
      return rest;
    }
    if (part.starts_with('{')) {
      rest.push_back(segments[used]);
    } else if (part != segments[used]) {
      return std::nullopt;
    }
    ++used;
  }
  if (used != segments.size()) return std::nullopt;
  return rest;
}

// Into the call; throws http::Error (400) for what the route does not know.
void read_options(const http::Target& target, std::string_view known, AdminCall& call) {
  if (known == kAnyOption) return;
  const auto names = base::split(known, ' ');
  for (const auto& option : target.options()) {
    if (option.name == "tenant") {
      if (option.value != "*") {
        throw http::Error(400, "BadRequest",
                          "'tenant' takes '*' alone; one tenant is chosen by the "
                          "header X-Mock-Tenant or the prefix /t/NAME.");
      }
      call.is_all_tenants = true;
    } else if (!option.name.empty() &&
               std::find(names.begin(), names.end(), option.name) != names.end()) {
      call.query.insert_or_assign(option.name, option.value);
    } else {
      throw http::Error(400, "BadRequest",
                        "Unknown query option '" + option.name + "'. Known here: tenant" +
                            (known.empty() ? "" : " " + std::string(known)) + ".");
    }
  }
}

}  // namespace

Api::Api(tenant::Tenants& tenants, Load reload)
    : tenants_(tenants),
      reload_(std::move(reload)),
      clock_(*tenants.world()->clock),
      request_ids_(tenants.world()->seed) {}

void Api::reload() {
  const std::lock_guard lock(reload_mutex_);
  tenants_.move_to(reload_());
}

http::Response Api::route(const http::Request& request, const tenant::Selection& selection) {
  const auto& target = request.target;
  if (target.error()) throw http::Error(*target.error());
  AdminCall call{*this, request, tenants_, selection.name, false, {}, {}};
  std::string allowed;
  const auto is_asked = [&](std::string_view method) {
    allowed += (allowed.empty() ? "" : ", ") + std::string(method);
    return method == request.method || (method == "GET" && request.method == "HEAD");
  };
  for (const auto& one : kRoutes) {
    auto rest = match(one.path, target.segments());
    if (!rest || !is_asked(one.method)) continue;
    call.rest = *std::move(rest);
    read_options(target, one.options, call);
    return one.serve(call);
  }
  if (allowed.empty()) {
    throw http::Error(404, "NotFound",
                      "The control plane has no '" + std::string(target.as_sent()) +
                          "'. docs/admin.md lists its addresses.");
  }
  http::Error error(405, "MethodNotAllowed",
                    "The method " + std::string(request.method) +
                        " is not allowed here. Allowed: " + allowed + ".");
  error.headers.add("Allow", allowed);
  throw error;
}

http::Response Api::serve(const http::Request& request, const tenant::Selection& selection) {
  http::Response response;
  const auto refuse = [&](const http::Error& error) {
    const auto id = request_ids_.next_guid();
    response = graph::error_response(error, facts::Family::Other, {id, id, clock_.now()});
  };
  try {
    response = route(request, selection);
    if (response.status != 204 && !response.header("Content-Type")) {
      response.set_header("Content-Type", "application/json");
    }
  } catch (const http::Error& error) {
    refuse(error);
  } catch (const std::exception& exception) {
    refuse(http::failure(exception));
  }
  response.set_header("Date", base::to_http_date(clock_.now()));
  return response;
}

}  // namespace graphmock::admin
