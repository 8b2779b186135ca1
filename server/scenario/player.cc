#include "scenario/player.h"

#include <algorithm>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::scenario {
namespace {

bool is_placeholder(std::string_view segment) {
  return segment.size() >= 2 && segment.starts_with('{') && segment.ends_with('}');
}

bool path_matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "**") return true;
    if (i >= path.size()) return false;
    if (!is_placeholder(pattern[i]) && !base::equals_ignoring_case(pattern[i], path[i]))
      return false;
  }
  return path.size() == pattern.size();
}

struct Candidate {
  Activation* activation;
  const Rule* rule;
};

}  // namespace

bool matches(const RequestPattern& pattern, const Facts& facts) {
  const auto& methods = pattern.methods;
  return (methods.empty() ||
          std::find(methods.begin(), methods.end(), facts.method) != methods.end()) &&
         (pattern.version.empty() || pattern.version == facts.version) &&
         (pattern.operation.empty() ||
          base::equals_ignoring_case(pattern.operation, facts.operation)) &&
         (!pattern.path || path_matches(*pattern.path, facts.segments));
}

Player::Player(const Scripts& scripts, ScriptPtr canned)
    : scripts_(scripts), canned_(std::move(canned)) {
  if (canned_) canned_position_ = {canned_, std::vector<uint64_t>(canned_->rules.size())};
}

ScriptPtr Player::find_locked(std::string_view name) const {
  for (const auto* scripts : {static_cast<const Scripts*>(&own_scripts_), &scripts_}) {
    if (const auto found = scripts->find(name); found != scripts->end()) return found->second;
  }
  return nullptr;
}

void Player::restart_locked(ScriptPtr script) {
  std::erase_if(active_, [&](const Activation& one) { return one.script->name == script->name; });
  std::vector<uint64_t> calls(script->rules.size());
  active_.push_back({std::move(script), std::move(calls)});
}

bool Player::activate(std::string_view name) {
  const std::lock_guard lock(mutex_);
  auto script = find_locked(name);
  if (script) restart_locked(script);
  return script != nullptr;
}

void Player::define_and_activate(ScriptPtr script) {
  const std::lock_guard lock(mutex_);
  own_scripts_.insert_or_assign(script->name, script);
  std::erase_if(by_header_,
                [&](const Activation& one) { return one.script->name == script->name; });
  restart_locked(std::move(script));
}

bool Player::deactivate(std::string_view name) {
  const std::lock_guard lock(mutex_);
  std::erase_if(active_, [&](const Activation& one) { return one.script->name == name; });
  return find_locked(name) != nullptr;
}

Activation& Player::position_locked(const ScriptPtr& script, std::vector<Activation>& positions) {
  for (auto& position : positions) {
    if (position.script == script) return position;
  }
  return positions.emplace_back(Activation{script, std::vector<uint64_t>(script->rules.size())});
}

Verdict Player::judge(const Facts& facts, std::string_view for_this_request) {
  const std::lock_guard lock(mutex_);
  std::vector<Activation*> playing;
  for (auto& activation : active_) playing.push_back(&activation);
  if (!for_this_request.empty()) {
    const auto script = find_locked(for_this_request);
    if (!script) {
      throw http::Error(400, "UnknownScenario",
                        "There is no scenario '" + std::string(for_this_request) +
                            "', which the header X-Mock-Scenario names.");
    }
    const bool is_active = std::any_of(playing.begin(), playing.end(), [&](const Activation* one) {
      return one->script == script;
    });
    if (!is_active) playing.push_back(&position_locked(script, by_header_));
  }
  std::vector<Candidate> candidates;
  const auto collect = [&](Activation& activation) {
    for (const auto& rule : activation.script->rules) {
      if (matches(rule.request, facts)) candidates.push_back({&activation, &rule});
    }
  };
  for (auto* activation : playing) collect(*activation);
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.rule->priority < b.rule->priority; });
  if (canned_) collect(canned_position_);  // behind all others

  // Every rule counts the calls that match it, whichever of them acts.
  Verdict verdict;
  for (const auto& [activation, rule] : candidates) {
    const auto index = static_cast<size_t>(rule - activation->script->rules.data());
    if (!rule->calls.contains(++activation->calls[index])) continue;
    if (verdict.response && rule->response.answers()) continue;
    verdict.delay += rule->response.delay;
    if (!rule->response.answers()) continue;
    verdict.script = activation->script;
    verdict.response = &rule->response;
  }
  return verdict;
}

std::vector<Activation> Player::active() const {
  const std::lock_guard lock(mutex_);
  return active_;
}

ScriptPtr Player::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return find_locked(name);
}

}  // namespace graphmock::scenario
