#include "scenario/player.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "http/error.h"
#include "scenario/judge.h"

namespace graphmock::scenario {
namespace {

// Where the tenant stands in one of them; null where it does not.
template <typename Activations>
auto* position_in(Activations& activations, std::string_view name) {
  const auto found = std::find_if(activations.begin(), activations.end(),
                                  [&](const Activation& one) { return one.script->name == name; });
  return found == activations.end() ? nullptr : &*found;
}

void remove_from(std::vector<Activation>& activations, std::string_view name) {
  std::erase_if(activations, [&](const Activation& one) { return one.script->name == name; });
}

bool is_beyond_operations(const Script& script) {
  return std::any_of(script.rules.begin(), script.rules.end(),
                     [](const Rule& rule) { return rule.request.operation.empty(); });
}

// Each may note something of each request.
constexpr size_t kRulesBetweenCounts = 65'536;

// The states that its rules ask for or lead to.
std::set<std::string> states_of(const Script& script) {
  std::set<std::string> states{std::string(kStarted)};
  for (const auto& rule : script.rules) {
    for (const auto& state : {rule.required_state, rule.new_state}) {
      if (!state.empty()) states.insert(state);
    }
  }
  return states;
}

[[noreturn]] void throw_unknown_state(const Script& script, std::string_view state) {
  std::string known;
  for (const auto& one : states_of(script)) known += (known.empty() ? "'" : ", '") + one + "'";
  throw http::Error(400, "BadRequest",
                    "The scenario '" + script.name + "' knows no state '" + std::string(state) +
                        "'. Its states: " + known + ".");
}

}  // namespace

Activation Activation::of(ScriptPtr script) {
  std::vector<RulePosition> rules(script->rules.size());
  return {.script = std::move(script), .rules = std::move(rules)};
}

uint64_t Player::Positions::bytes() const {
  constexpr uint64_t kAround = 128;
  uint64_t bytes = kAround * own_scripts.size();
  const auto add = [&](const Activation& activation) {
    bytes += kAround + activation.rules.size() * sizeof(RulePosition);
    for (const auto& rule : activation.rules) bytes += rule.bytes();
  };
  for (const auto& one : active) add(one);
  for (const auto& one : by_header) add(one);
  add(canned);
  return bytes;
}

Player::Player(const Scripts& scripts, const ScriptPtr& canned, uint64_t seed,
               const std::vector<std::string>& active)
    : Player(scripts, seed, {{}, {}, {}, canned ? Activation::of(canned) : Activation{}}) {
  for (const auto& name : active) activate(name);
  is_told_ = false;
}

Player::Player(const Scripts& scripts, uint64_t seed, Positions positions)
    : scripts_(scripts),
      seed_(seed),
      positions_(std::move(positions)),
      is_playing_(!positions_.active.empty()),
      has_canned_(positions_.canned.script != nullptr),
      has_canned_beyond_operations_(has_canned_ &&
                                    is_beyond_operations(*positions_.canned.script)) {}

ScriptPtr Player::find_locked(std::string_view name) const {
  for (const auto* scripts : {&positions_.own_scripts, &scripts_}) {
    if (const auto found = scripts->find(name); found != scripts->end()) return found->second;
  }
  return nullptr;
}

void Player::restart_locked(ScriptPtr script) {
  is_told_ = true;
  remove_from(positions_.active, script->name);
  positions_.active.push_back(Activation::of(std::move(script)));
  is_playing_.store(true, std::memory_order_relaxed);
}

void Player::stop_locked(std::string_view name) {
  remove_from(positions_.active, name);
  is_playing_.store(!positions_.active.empty(), std::memory_order_relaxed);
}

bool Player::activate(std::string_view name) {
  const std::lock_guard lock(mutex_);
  auto script = find_locked(name);
  if (script) restart_locked(script);
  return script != nullptr;
}

void Player::define_and_activate(ScriptPtr script) {
  const std::lock_guard lock(mutex_);
  auto& own = positions_.own_scripts;
  if (own.size() >= kMostOwnScripts && !own.contains(script->name)) {
    std::erase_if(own, [&](const auto& one) { return !position_in(positions_.active, one.first); });
  }
  if (own.size() >= kMostOwnScripts && !own.contains(script->name)) {
    throw http::Error(400, "TooManyScenarios",
                      "The tenant has defined " + std::to_string(kMostOwnScripts) +
                          " scenarios that are active; deactivate some of them.");
  }
  own.insert_or_assign(script->name, script);
  remove_from(positions_.by_header, script->name);
  restart_locked(std::move(script));
}

bool Player::deactivate(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (position_in(positions_.active, name)) is_told_ = true;
  stop_locked(name);
  return find_locked(name) != nullptr;
}

void Player::set_state(std::string_view name, std::string_view state) {
  const std::lock_guard lock(mutex_);
  const auto script = find_locked(name);
  if (!script) {
    throw http::Error(404, "NotFound", "There is no scenario '" + std::string(name) + "'.");
  }
  auto* activation = position_in(positions_.active, name);
  if (!activation) {
    throw http::Error(409, "Conflict",
                      "The scenario '" + std::string(name) +
                          "' is not active in this tenant. PUT /__admin/scenarios/" +
                          std::string(name) + " activates it.");
  }
  if (!states_of(*script).contains(std::string(state))) throw_unknown_state(*script, state);
  activation->state = state;
  is_told_ = true;
}

Verdict Player::judge(const Facts& facts, std::string_view for_this_request, base::Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<Activation*> playing;
  for (auto& activation : positions_.active) playing.push_back(&activation);
  if (!for_this_request.empty()) {
    const auto script = find_locked(for_this_request);
    if (!script) {
      throw http::Error(400, "UnknownScenario",
                        "There is no scenario '" + std::string(for_this_request) +
                            "', which the header X-Mock-Scenario names.");
    }
    auto& others = positions_.by_header;
    if (!position_in(positions_.active, for_this_request)) {
      auto* position = position_in(others, for_this_request);
      playing.push_back(position ? position : &others.emplace_back(Activation::of(script)));
    }
  }
  auto& canned = positions_.canned;
  if (playing.empty() && !canned.script) return {};
  for (const auto* one : playing) asked_rules_ += one->rules.size();
  if (asked_rules_ >= kRulesBetweenCounts) settle_locked();
  return scenario::judge(playing, canned.script ? &canned : nullptr, facts, seed_, now);
}

void Player::settle_locked() {
  asked_rules_ = 0;
  const auto bytes = positions_.bytes();
  if (bytes <= tables_.bytes()) return tables_.set(bytes);
  if (tables_.add(bytes - tables_.bytes())) return;
  for (auto* activations : {&positions_.active, &positions_.by_header}) {
    for (auto& activation : *activations) {
      for (auto& rule : activation.rules) {
        rule.draws.clear();
        rule.quotas = {};
      }
    }
  }
  tables_.set(positions_.bytes());
}

std::vector<std::string> Player::active() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& one : positions_.active) names.push_back(one.script->name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Standing> Player::standings() const {
  const std::lock_guard lock(mutex_);
  auto scripts = scripts_;
  for (const auto& [name, script] : positions_.own_scripts) scripts.insert_or_assign(name, script);
  std::vector<Standing> standings;
  for (const auto& [name, script] : scripts) {
    const auto* active = position_in(positions_.active, name);
    const auto* acted = active ? active : position_in(positions_.by_header, name);
    standings.push_back({script, active != nullptr, acted ? *acted : Activation::of(script)});
  }
  return standings;
}

ScriptPtr Player::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return find_locked(name);
}

Player::Positions Player::positions() const {
  const std::lock_guard lock(mutex_);
  return positions_;
}

}  // namespace graphmock::scenario
