#include "tenant/tenant.h"

#include "graph/service.h"

namespace graphmock::tenant {
namespace {

// Any constant will do: request ids must not be the ids of entities.
constexpr uint64_t kRequestIdSeed = 0x72657175657374;

scenario::Facts facts_of(const graph::Call& call) {
  scenario::Facts facts;
  facts.method = call.request.method;
  if (call.model) facts.version = call.model->version();
  facts.segments = odata::plain_segments(call.url.segments);
  if (call.target && call.target->is_operation()) {
    facts.operation = call.target->last().operation->qualified_name;
  }
  return facts;
}

}  // namespace

Tenant::Tenant(const World& world)
    : world_(world),
      store_(world.fixtures),
      player_(world.scripts, world.operations),
      ids_(world.seed),
      request_ids_(world.seed ^ kRequestIdSeed) {
  for (const auto& name : world.active_scenarios) player_.activate(name);
}

graph::Context Tenant::context() {
  return {world_.models, store_,       *world_.clock,           ids_,
          request_ids_,  world_.enums, world_.is_token_required};
}

http::Response Tenant::serve(const http::Request& request, std::string_view target,
                             const std::string& origin) {
  const auto lent = context();
  const auto call = graph::read_call(request, target, origin, lent);
  scenario::Verdict verdict;
  try {
    const auto scenario = request.headers.find("X-Mock-Scenario").value_or("");
    verdict = player_.judge(facts_of(call), scenario);
  } catch (const http::Error& error) {
    return graph::render_error(call, error);
  }
  auto response =
      verdict.response ? graph::scripted(call, *verdict.response, lent) : graph::handle(call, lent);
  response.delivery.delay = verdict.delay;
  return response;
}

}  // namespace graphmock::tenant
