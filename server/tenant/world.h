// What all tenants share: read at start, then never changed. Reloading makes another one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "auth/gate.h"
#include "base/clock.h"
#include "base/load_error.h"
#include "model/conform.h"
#include "model/models.h"
#include "scenario/script_reader.h"
#include "store/snapshot.h"

namespace graphmock::tenant {

struct World {
  model::Models models;
  std::shared_ptr<const store::Snapshot> fixtures;
  scenario::Library scenarios;
  scenario::ScriptPtr operations;             // the fixture set's canned answers; null for none
  std::vector<std::string> active_scenarios;  // in every tenant from the start
  size_t fact_count = 0;
  base::LoadErrors doubtful_facts;  // those that contradict the models, where that was asked for
  model::EnumRule enums = model::EnumRule::Evolvable;
  std::shared_ptr<const auth::Gate> gate = std::make_shared<auth::Gate>();
  uint64_t seed = 0;
  const base::Clock* clock = nullptr;
  // For tests: every tenant is read as one that has been written to, under its lock.
  bool reads_under_lock = false;
};

using WorldPtr = std::shared_ptr<const World>;

}  // namespace graphmock::tenant
