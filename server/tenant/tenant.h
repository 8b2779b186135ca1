// One isolated state: entities, scenario positions, journal, clock, ids. Everything that moves
// belongs to exactly one tenant, so that resetting one is making a new one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "graph/batch.h"
#include "graph/call.h"
#include "http/message.h"
#include "scenario/player.h"
#include "store/store.h"
#include "tenant/journal.h"
#include "tenant/snapshots.h"
#include "tenant/tenant_clock.h"
#include "tenant/world.h"

namespace graphmock::tenant {

// The entities, and where their ids come from: a reset gives the same ids again.
struct Entities {
  store::Store store;
  base::IdSource ids;
};

// As they were loaded, ids going on behind those that the fixtures say were given.
std::shared_ptr<Entities> entities_of(const World& world,
                                      std::shared_ptr<const store::Snapshot> fixtures);

// From any thread.
class Tenant {
 public:
  // What a tenant is made of; what is null is made anew.
  struct Parts {
    std::shared_ptr<Entities> entities;
    std::shared_ptr<scenario::Player> player;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<TenantClock> clock;
    std::shared_ptr<base::IdSource> request_ids;
    std::shared_ptr<Snapshots> snapshots;
    // At whose expense all that is kept but the journal.
    base::AccountPtr account;
    JournalRoom journal_room;
  };

  explicit Tenant(WorldPtr world, Parts parts = {});

  // The main path: a Graph request in, its answer out. `name` is that of the tenant that is asked,
  // which a token has to be for.
  http::Response serve(const http::Request& request, std::string_view name);

  // What a GET of Graph would answer, without a token, a scenario or a trace of it.
  http::Response look_up(std::string_view target);

  // Whether somebody has changed something here or has told it something: it is not as the world
  // has it, whatever it was asked.
  bool is_touched() const;

  // Kept for it, journal and all.
  uint64_t bytes() const { return parts_.account->bytes() + parts_.journal->bytes(); }

  const World& world() const { return *world_; }
  const WorldPtr& shared_world() const { return world_; }
  const Parts& parts() const { return parts_; }
  store::Store& store() { return parts_.entities->store; }
  const store::Store& store() const { return parts_.entities->store; }
  base::IdSource& ids() { return parts_.entities->ids; }
  scenario::Player& player() { return *parts_.player; }
  const Journal& journal() const { return *parts_.journal; }
  TenantClock& clock() { return *parts_.clock; }
  Snapshots& snapshots() { return *parts_.snapshots; }

  // The parts that a snapshot brings back, the others null. Throws http::Error (404) when there is
  // none of that name.
  Parts restored(std::string_view name) const;
  SnapshotPtr take_snapshot() const;

  // A recorded request taken apart once more, as far as its body was kept; all is good within
  // `visit` alone.
  using Recalled = std::function<void(const graph::Call& call, const scenario::Facts& facts)>;
  void recall(const Exchange& exchange, const Recalled& visit) const;
  // The requests of the journal that a rule with that pattern would have been about;
  // newest first.
  std::vector<ExchangePtr> find(const scenario::RequestPattern& pattern) const;

 private:
  // Where a part of a batch comes from.
  struct FromBatch {
    const std::string& batch_id;  // the batch's request id
    const graph::BatchPart& part;
  };

  graph::Context context(store::Session& session, base::IdSource& request_ids,
                         std::string_view name = "") const;
  // `from` is null for a request that came alone.
  http::Response serve(const http::Request& request, std::string_view own_name,
                       const FromBatch* from);
  // The parts go the way of any request.
  http::Response serve_batch(const graph::Call& call, const graph::Context& lent);

  const WorldPtr world_;
  const Parts parts_;
};

// All made anew but the snapshots, which are there to be gone back to, and the account.
Tenant::Parts as_new(const Tenant& old);

// What rules look at. It points into the call.
scenario::Facts facts_of(const graph::Call& call);

}  // namespace graphmock::tenant
