// One isolated state: entities, scenario positions, ids. Everything that moves belongs to exactly
// one tenant, so that resetting one is making a new one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "graph/call.h"
#include "http/message.h"
#include "model/models.h"
#include "scenario/player.h"
#include "store/store.h"

namespace graphmock::tenant {

// What all tenants share: read at start, then never changed.
struct World {
  model::Models models;
  std::shared_ptr<const store::Snapshot> fixtures;
  scenario::Scripts scripts;
  scenario::ScriptPtr operations;             // the fixture set's canned answers; null for none
  std::vector<std::string> active_scenarios;  // in every tenant from the start
  model::EnumRule enums = model::EnumRule::Evolvable;
  bool is_token_required = false;
  uint64_t seed = 0;
  const base::Clock* clock = nullptr;
};

// From any thread.
class Tenant {
 public:
  explicit Tenant(const World& world);

  // The main path: a Graph request in, its answer out. `target` is the request's without a
  // tenant's prefix; `origin` is what links in the answer begin with.
  http::Response serve(const http::Request& request, std::string_view target,
                       const std::string& origin);

  const World& world() const { return world_; }
  store::Store& store() { return store_; }
  const store::Store& store() const { return store_; }
  scenario::Player& player() { return player_; }
  base::IdSource& ids() { return ids_; }

 private:
  graph::Context context();

  const World& world_;
  store::Store store_;
  scenario::Player player_;
  base::IdSource ids_;
  base::IdSource request_ids_;
};

}  // namespace graphmock::tenant
