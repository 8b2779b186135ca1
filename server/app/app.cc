#include "app/app.h"

#include "app/cors.h"
#include "base/beside.h"
#include "base/disposal.h"
#include "facts/fact_set.h"
#include "graph/error_payload.h"
#include "http/request_budget.h"
#include "model/csdl_reader.h"
#include "store/fixtures.h"

namespace graphmock::app {
namespace {

// The control plane loads and writes down whole tenants.
constexpr int kAdminFactor = 12;

// Both at the same time: they are a good part of what a start takes.
void load_models(const Options& options, model::Models& models, base::LoadErrors& errors) {
  base::LoadErrors beta_errors;
  base::Beside beta(
      [&] { return model::load_csdl("beta", options.metadata.at("beta"), beta_errors); });
  if (auto model = model::load_csdl("v1.0", options.metadata.at("v1.0"), errors)) {
    models.add(std::move(model));
  }
  if (auto model = beta.take()) models.add(std::move(model));
  errors.insert(errors.end(), beta_errors.begin(), beta_errors.end());
}

// After the models, before the fixtures, which go by them. What is shipped speaks of the whole
// service, of which the models may be a part; what a user says of them has to be there.
void load_facts(const Options& options, tenant::World& world, base::LoadErrors& errors) {
  facts::FactSet all;
  all.load(options.shipped_facts, errors);
  const auto own = all.file_count();
  for (const auto& path : options.facts) all.load(path, errors);
  if (!errors.empty()) return;
  auto contradictions = all.contradictions(world.models, own, true);
  errors.insert(errors.end(), contradictions.begin(), contradictions.end());
  for (const auto& model : world.models.all()) all.join(*model);
  world.fact_count = all.size();
  if (options.command == Command::Check) {
    world.doubtful_facts = all.contradictions(world.models, 0, false);
  }
}

void load_scenarios(const Options& options, tenant::World& world, base::LoadErrors& errors) {
  world.scenarios = scenario::load_library(options.scenarios, errors);
  for (const auto& name : options.active_scenarios) {
    if (world.scenarios.scripts.contains(name)) continue;
    errors.push_back({"--scenario " + name, 0,
                      "there is no such scenario in '" + options.scenarios.string() + "'"});
  }
  world.active_scenarios = options.active_scenarios;
  const auto canned = store::canned_answers(options.fixtures, errors);
  if (canned.file.empty()) return;
  world.operations = scenario::read_script(std::string(store::kOperationsFile), canned.file,
                                           canned.text, world.scenarios.files, errors);
}

// Whether the token of the request is none to serve it with.
bool is_refused(const tenant::World& world, const http::Request& request, std::string_view tenant) {
  const auto& gate = *world.gate;
  if (!gate.is_token_required()) return false;
  try {
    gate.check_token(request, tenant, world.clock->now());
    return false;
  } catch (const http::Error&) {
    return true;
  }
}

}  // namespace

std::shared_ptr<tenant::World> load_world(const Options& options, const base::Clock& clock,
                                          std::shared_ptr<const auth::SigningKey> key) {
  auto world = std::make_shared<tenant::World>();
  base::LoadErrors errors;
  load_models(options, world->models, errors);
  base::LoadErrors other_errors;
  base::Beside permissions([&] {
    load_scenarios(options, *world, other_errors);
    return auth::load_permissions(options.permissions, other_errors);
  });
  // Without its models a fixture set would be nothing but problems.
  if (errors.empty()) {
    load_facts(options, *world, errors);
  }
  if (errors.empty()) {
    world->fixtures = store::load_fixtures(options.fixtures, world->models, options.enums, errors);
  }
  auto listed_permissions = permissions.take();
  errors.insert(errors.end(), other_errors.begin(), other_errors.end());
  base::trim_memory();  // loading takes more than what is loaded
  if (!errors.empty()) throw base::LoadFailure(std::move(errors));
  world->enums = options.enums;
  world->gate = std::make_shared<auth::Gate>(options.auth == Auth::Required, std::move(key),
                                             std::move(listed_permissions));
  world->seed = options.seed;
  world->clock = &clock;
  return world;
}

App::App(tenant::WorldPtr world, Load reload, const Options& options)
    : limits_(http::request_limits(options.request_time_limit, options.steady_now)),
      admin_limits_(
          http::request_limits(kAdminFactor * options.request_time_limit, options.steady_now)),
      admission_(options),
      tenants_(world, options.limits),
      clock_(*world->clock),
      issuer_(tenants_),
      admin_(tenants_, std::move(reload)),
      refusal_ids_(~world->seed) {}

http::Response App::serve(const http::Request& request) {
  try {
    const auto selection = tenant::select_tenant(request);
    if (request.target.plane() == http::Plane::Control) {
      admission_.check_admin(request);
      const base::WorkBudget budget(admin_limits_, http::refuse_too_much_work);
      return admin_.serve(request, selection);
    }
    admission_.check_graph(request);
    const base::WorkBudget budget(limits_, http::refuse_too_much_work);
    if (request.target.plane() == http::Plane::Tokens) return serve_tokens(request, selection);
    return serve_graph(request, selection);
  } catch (const http::Error& error) {
    return refuse(error);
  } catch (const std::exception& exception) {
    return refuse(http::failure(exception));
  }
}

http::Response App::serve_graph(const http::Request& request, const tenant::Selection& selection) {
  http::Response response;
  if (is_preflight(request)) {
    response = preflight_answer(request);
    identify(response, refusal_ids_.next_guid(), clock_.now());
    return response;
  }
  try {
    const auto began = std::chrono::steady_clock::now();
    response = tenant_of(request, selection.name)->serve(request, selection.name);
    admin_.metrics().count(request.method, response, std::chrono::steady_clock::now() - began);
  } catch (const http::Error& error) {
    response = refuse(error);
  }
  share_with_pages(request, response);
  return response;
}

// One that is new comes into being for whoever may ask, and not for what is asked of all names
// there are. Those who may not have their answer from one that is forgotten with it.
tenant::TenantPtr App::tenant_of(const http::Request& request, const std::string& name) {
  auto tenant = tenants_.find(name);
  if (tenant) return tenant;
  if (name != tenant::kDefaultName && is_refused(*tenants_.world(), request, name)) {
    return tenants_.find_or_new(name);
  }
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  return is_read ? tenants_.get_to_read(name) : tenants_.get(name);
}

http::Response App::serve_tokens(const http::Request& request, const tenant::Selection& selection) {
  const auto id = refusal_ids_.next_guid();
  http::Response response;
  if (is_preflight(request)) {
    response = preflight_answer(request);
  } else {
    try {
      response = issuer_.serve(request, selection);
    } catch (const http::Error& error) {
      response = refuse(error);
    }
    share_with_pages(request, response);
  }
  identify(response, id, clock_.now());
  return response;
}

http::Response App::refuse(const http::Error& error) {
  const auto id = refusal_ids_.next_guid();
  const auto now = clock_.now();
  auto response = graph::error_response(error, facts::Family::Other, {id, id, now});
  identify(response, id, now);
  return response;
}

void App::identify(http::Response& response, const std::string& id, base::Instant now) const {
  response.set_header("request-id", id);
  response.set_header("client-request-id", id);
  response.set_header("Date", base::to_http_date(now));
}

}  // namespace graphmock::app
