// One tenant's position in its scenarios: which are active, how often each rule was met, and so
// what becomes of the next request.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/account.h"
#include "base/clock.h"
#include "scenario/quota.h"
#include "scenario/script.h"
#include "scenario/script_reader.h"

namespace graphmock::scenario {

// What becomes of a request. Of several rules that act, the first that answers gives the answer;
// delays add up; of faults, dribbles, lags the first counts.
struct Verdict {
  struct Acted {
    std::string scenario, rule;
  };

  // What answers, or loses, the request in the store's place; null: the store's answer is given.
  ResponsePtr response;
  Phase phase = Phase::Before;
  http::Delivery delivery;
  std::vector<std::pair<std::string, std::string>> headers;  // for whatever the answer is
  std::optional<ConsistencyLag> lag;
  std::vector<Acted> acted;

  // Whether the store is asked, be it that its answer is lost.
  bool asks_store() const { return !response || phase == Phase::After; }
};

struct RulePosition {
  uint64_t calls = 0;  // that the rule matched
  uint64_t hits = 0;   // of these, how often it acted
  // How often each request came, for its chance: by hash, so that the table stays bounded.
  std::unordered_map<uint16_t, uint64_t> draws;
  Quotas quotas;

  uint64_t bytes() const { return draws.size() * 40 + quotas.bytes(); }  // of its tables
};

struct Activation {
  ScriptPtr script;
  std::string state = std::string(kStarted);
  std::vector<RulePosition> rules = {};

  static Activation of(ScriptPtr script);
};

// A scenario as the control plane tells of it.
struct Standing {
  ScriptPtr script;
  bool is_active = false;
  Activation position;  // as new where nothing has been asked of it
};

// From any thread.
class Player {
 public:
  // What there is to tell of a position; as good as the player itself.
  struct Positions {
    Scripts own_scripts;  // defined in this tenant; they hide shared ones of the same name
    std::vector<Activation> active;
    std::vector<Activation> by_header;  // acted for single requests
    Activation canned;

    uint64_t bytes() const;  // that they take, about, without the scripts
  };

  // `canned` answers what no active scenario does; null for nothing. `seed` is that of chance.
  // Those that are active from the start are scripts that there are.
  Player(const Scripts& scripts, const ScriptPtr& canned, uint64_t seed,
         const std::vector<std::string>& active = {});
  Player(const Scripts& scripts, uint64_t seed, Positions positions);

  // False when there is no such scenario. One that is active begins anew.
  bool activate(std::string_view name);
  // Those of its own that are not active are forgotten when there are too many; throws http::Error
  // (400) when all are active.
  void define_and_activate(ScriptPtr script);
  static constexpr size_t kMostOwnScripts = 1'000;
  // False when there is no such scenario; one that is not active stays so.
  bool deactivate(std::string_view name);
  // Throws http::Error: 404 for no such scenario, 409 for one that is not active, 400 for a state
  // that none of its rules knows.
  void set_state(std::string_view name, std::string_view state);

  // What grows with the requests is kept at that account's expense. Before others have the player.
  void charge_to(base::AccountPtr account) { tables_ = {std::move(account), 0}; }

  // Whether anybody but requests has moved it since it was new.
  bool is_told() const { return is_told_.load(std::memory_order_relaxed); }

  // Whether no request could be acted on that names no scenario itself: an answer that takes no
  // lock and no look at the request. Canned answers are often for operations alone.
  bool is_idle(bool is_operation) const {
    return !is_playing_.load(std::memory_order_relaxed) &&
           (is_operation ? !has_canned_ : !has_canned_beyond_operations_);
  }

  // `for_this_request`: a scenario that acts as if active, its calls counted on; empty for none.
  // Throws http::Error (400) when there is no scenario of that name.
  Verdict judge(const Facts& facts, std::string_view for_this_request, base::Instant now);

  std::vector<std::string> active() const;      // names, sorted
  std::vector<Standing> standings() const;      // all there are, by name
  ScriptPtr find(std::string_view name) const;  // null when there is none
  Positions positions() const;

 private:
  ScriptPtr find_locked(std::string_view name) const;
  void restart_locked(ScriptPtr script);
  void stop_locked(std::string_view name);
  // Counts again what has been noted of requests, and forgets it where there is no room.
  void settle_locked();

  const Scripts& scripts_;
  const uint64_t seed_;
  mutable std::mutex mutex_;
  Positions positions_;
  base::Charge tables_;
  size_t asked_rules_ = 0;        // since they were counted
  std::atomic<bool> is_playing_;  // whether any is active
  std::atomic<bool> is_told_{true};
  const bool has_canned_;
  const bool has_canned_beyond_operations_;
};

}  // namespace graphmock::scenario
