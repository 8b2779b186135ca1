#include "tenant/tenant.h"

#include "base/work_budget.h"
#include "graph/service.h"
#include "http/insufficient_storage.h"
#include "http/secret_header.h"
#include "scenario/response_reader.h"
#include "store/session.h"

namespace graphmock::tenant {
namespace {

// Any constants will do: request ids must not be the ids of entities, nor chance follow either.
constexpr uint64_t kRequestIdSeed = 0x72657175657374;
constexpr uint64_t kChanceSeed = 0x6368616e6365;

// From what the URL ends at to the entity that it belongs to.
std::vector<const model::StructuredType*> types_of(const odata::Target& target) {
  std::vector<const model::StructuredType*> types;
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (!step->type) continue;
    types.push_back(step->type);
    if (step->type->is_entity) break;
  }
  return types;
}

// Whether something here answers such requests, be it to refuse this one.
bool is_matched(const graph::Call& call, const http::Response& response,
                const scenario::Verdict& verdict) {
  if (verdict.response) return true;
  // An address that the model does not have, which is a 400.
  if (!call.target && !call.is_batch) return false;
  return response.status != 404 && response.status != 405 && response.status != 501;
}

// What stands for the answer of a part whose connection would break: that of a gateway, which has
// lost the service behind it, or has got what it cannot pass on.
http::Error broken_part(http::Fault fault) {
  const std::string name(scenario::name_of(fault));
  if (http::loses_answer(fault)) {
    return {504, "", "The scenario loses the answer to this part of the batch (" + name + ")."};
  }
  return {502, "", "The scenario breaks the answer to this part of the batch (" + name + ")."};
}

std::shared_ptr<Exchange> exchange_of(const http::Request& request, const graph::Call& call,
                                      const http::Response& response, bool is_part) {
  auto exchange = std::make_shared<Exchange>();
  exchange->at = call.now;
  exchange->method = request.method;
  exchange->url = http::masked_url(request.target.as_sent());
  exchange->headers = masked(request.headers);
  exchange->claims = auth::claims_of(request);
  exchange->body = call.is_batch ? KeptBody::of(masked_json(request.body, http::is_secret_header))
                                 : KeptBody::of(request.body);
  exchange->request_id = call.request_id;
  exchange->delivery = response.delivery;
  if (http::loses_answer(response.delivery.fault) && !is_part) return exchange;
  exchange->status = response.status;
  exchange->response_headers = response.headers;
  exchange->response_body = KeptBody::of(response.body);
  return exchange;
}

// Throws http::Error for what is not served as a part.
void check_part(const graph::Call& call, const graph::BatchPart& part) {
  if (part.error) throw *part.error;
  if (!call.is_batch) return;
  throw http::Error(400, "BadRequest", "A batch cannot be a request in a batch.");
}

// With new parts for those that are null.
Tenant::Parts completed(const World& world, Tenant::Parts parts) {
  const auto seed = world.seed;
  if (!parts.account) parts.account = std::make_shared<base::Account>();
  if (!parts.entities) {
    parts.entities = entities_of(world, world.fixtures);
    parts.entities->store.charge_to(parts.account);
  }
  if (!parts.player) {
    parts.player = std::make_shared<scenario::Player>(world.scenarios.scripts, world.operations,
                                                      seed ^ kChanceSeed, world.active_scenarios);
    parts.player->charge_to(parts.account);
  }
  if (!parts.journal) parts.journal = std::make_shared<Journal>(parts.journal_room);
  if (!parts.clock) parts.clock = std::make_shared<TenantClock>(*world.clock);
  if (!parts.request_ids) {
    parts.request_ids = std::make_shared<base::IdSource>(seed ^ kRequestIdSeed);
  }
  if (!parts.snapshots) parts.snapshots = std::make_shared<Snapshots>();
  return parts;
}

}  // namespace

std::shared_ptr<Entities> entities_of(const World& world,
                                      std::shared_ptr<const store::Snapshot> fixtures) {
  const auto given = fixtures ? fixtures->counts() : store::Counts();
  store::Changes none(given.versions);
  return std::shared_ptr<Entities>(
      new Entities{store::Store(std::move(fixtures), std::move(none), world.reads_under_lock),
                   base::IdSource(world.seed, given.ids)});
}

scenario::Facts facts_of(const graph::Call& call) {
  scenario::Facts facts(call.request);
  if (call.model) facts.version = call.model->version();
  facts.segments = odata::plain_segments(call.request.target.segments());
  facts.query = &call.request.target.options();
  facts.app = call.app;
  if (!call.target) return facts;
  facts.types = types_of(*call.target);
  if (call.target->is_operation()) {
    facts.operation = call.target->last().operation->qualified_name;
  }
  return facts;
}

Tenant::Tenant(WorldPtr world, Parts parts)
    : world_(std::move(world)), parts_(completed(*world_, std::move(parts))) {}

Tenant::Parts as_new(const Tenant& old) {
  Tenant::Parts parts;
  parts.snapshots = old.parts().snapshots;
  parts.account = old.parts().account;
  parts.journal_room = old.parts().journal_room;
  return parts;
}

graph::Context Tenant::context(store::Session& session, base::IdSource& request_ids,
                               std::string_view name) const {
  return {world_->models, session,       *parts_.clock,      parts_.entities->ids,
          request_ids,    world_->enums, world_->gate.get(), name};
}

http::Response Tenant::serve(const http::Request& request, std::string_view name) {
  return serve(request, name, nullptr);
}

http::Response Tenant::serve(const http::Request& request, std::string_view own_name,
                             const FromBatch* from) {
  store::Session session(store(), parts_.clock->now());
  const auto lent = context(session, *parts_.request_ids, own_name);
  const auto call = graph::read_call(request, lent);
  scenario::Verdict verdict;
  http::Response response;
  try {
    if (from) check_part(call, from->part);
    constexpr uint64_t kWork = 1000;
    base::charge(kWork);  // what a batch still asks for when its budget is spent is refused
    const auto scenario = request.headers.find("X-Mock-Scenario").value_or("");
    const bool is_operation = call.target && call.target->is_operation();
    if (!scenario.empty() || !player().is_idle(is_operation)) {
      verdict = player().judge(facts_of(call), scenario, call.now);
    }
    auto delivery = verdict.delivery;
    if (verdict.lag) session.set_lag({call.now + verdict.lag->time, verdict.lag->reads});
    if (verdict.asks_store()) {
      response = call.is_batch ? serve_batch(call, lent) : graph::handle(call, lent);
      delivery.delay += response.delivery.delay;  // of a batch that of its parts
    }
    if (verdict.response) response = graph::scripted(call, *verdict.response, lent);
    for (const auto& [name, value] : verdict.headers) response.set_header(name, value);
    if (from && delivery.fault != http::Fault::None) {
      response = graph::render_error(call, broken_part(delivery.fault));
    }
    response.delivery = delivery;
  } catch (const http::Error& error) {
    response = graph::render_error(call, error);
  } catch (const std::exception& exception) {
    response = graph::render_error(call, http::failure(exception));
  }
  auto exchange = exchange_of(request, call, response, from != nullptr);
  exchange->is_matched = is_matched(call, response, verdict);
  exchange->acted = std::move(verdict.acted);
  if (from) {
    exchange->batch_id = from->batch_id;
    exchange->part_id = from->part.id;
  }
  parts_.journal->record(std::move(exchange));
  return response;
}

http::Response Tenant::serve_batch(const graph::Call& call, const graph::Context& lent) {
  const auto& request = call.request;
  const auto root = std::string(request.target.prefix()) + "/" + call.model->version();
  return graph::handle_batch(call, lent, [&](const graph::BatchPart& part) {
    const std::string url = root + part.url;
    const auto alone = graph::request_of(part, request, url);
    const FromBatch from{call.request_id, part};
    return serve(alone, lent.tenant, &from);
  });
}

bool Tenant::is_touched() const {
  return store().has_changes() || store().shared_fixtures() != world_->fixtures ||
         parts_.player->is_told() || parts_.clock->is_set() || !parts_.snapshots->is_empty();
}

http::Response Tenant::look_up(std::string_view target) {
  store::Session session(store(), parts_.clock->now());
  base::IdSource unused_ids(0);
  auto lent = context(session, unused_ids);
  lent.gate = nullptr;
  http::Request request;
  request.method = "GET";
  request.target = http::Target::read(target);
  const auto call = graph::read_call(request, lent);
  return graph::handle(call, lent);
}

SnapshotPtr Tenant::take_snapshot() const {
  const auto& entities = *parts_.entities;
  auto snapshot = std::make_shared<const Snapshot>(
      Snapshot{parts_.clock->now(), entities.store.shared_fixtures(),
               entities.store.changes_with_lag(), entities.ids.count(), parts_.request_ids->count(),
               parts_.player->positions(), parts_.clock->setting()});
  // The entities are the same as in the store, and kept once.
  const auto bytes = sizeof(Snapshot) + snapshot->changes.frame() + snapshot->positions.bytes();
  if (!parts_.account->charge(bytes)) throw http::insufficient_storage();
  return base::charged(std::move(snapshot), {parts_.account, bytes});
}

Tenant::Parts Tenant::restored(std::string_view name) const {
  const auto snapshot = parts_.snapshots->get(name);
  const auto seed = world_->seed;
  Parts parts;
  parts.entities.reset(new Entities{store::Store(snapshot->fixtures, snapshot->changes),
                                    base::IdSource(seed, snapshot->ids)});
  parts.account = parts_.account;
  parts.entities->store.charge_to(parts.account);
  parts.player = std::make_shared<scenario::Player>(world_->scenarios.scripts, seed ^ kChanceSeed,
                                                    snapshot->positions);
  parts.player->charge_to(parts.account);
  parts.clock = std::make_shared<TenantClock>(*world_->clock, snapshot->clock);
  parts.request_ids =
      std::make_shared<base::IdSource>(seed ^ kRequestIdSeed, snapshot->request_ids);
  return parts;
}

void Tenant::recall(const Exchange& exchange, const Recalled& visit) const {
  store::Store nothing(nullptr);
  store::Session session(nothing, exchange.at);
  base::IdSource unused_ids(0);
  const auto request = exchange.request();
  const auto call = graph::read_call(request, context(session, unused_ids));
  visit(call, facts_of(call));
}

std::vector<ExchangePtr> Tenant::find(const scenario::RequestPattern& pattern) const {
  std::vector<ExchangePtr> found;
  for (auto& exchange : parts_.journal->newest_first()) {
    constexpr uint64_t kWork = 5000;
    base::charge(kWork);
    bool is_one = false;
    recall(*exchange, [&](const graph::Call&, const scenario::Facts& facts) {
      is_one = scenario::matches(pattern, facts);
    });
    if (is_one) found.push_back(std::move(exchange));
  }
  return found;
}

}  // namespace graphmock::tenant
