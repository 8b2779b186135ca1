#include "scenario/judge.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "base/chance.h"

namespace graphmock::scenario {
namespace {

using std::chrono::milliseconds;

struct Candidate {
  Activation* activation;
  const Rule* rule;
  RulePosition* position;
};

double draw_delay(const DelayDistribution& delay, base::Chance& chance) {
  switch (delay.kind) {
    case DelayDistribution::Kind::Fixed:
      return delay.lower;
    case DelayDistribution::Kind::Uniform:
      return std::uniform_real_distribution<double>(delay.lower, delay.upper)(chance);
    case DelayDistribution::Kind::Lognormal: {
      const double drawn =
          std::lognormal_distribution<double>(std::log(delay.median), delay.sigma)(chance);
      return std::min(drawn, delay.max_value.value_or(kLongestDelayMs));
    }
  }
  return 0;
}

class Judge {
 public:
  Judge(const Facts& facts, uint64_t seed, base::Instant now)
      : facts_(facts), seed_(seed), now_(now) {}

  // Those whose request and state match, in the order in which they are asked.
  void collect(const std::vector<Activation*>& playing) {
    for (auto* activation : playing) collect(*activation);
    std::stable_sort(
        candidates_.begin(), candidates_.end(),
        [](const Candidate& a, const Candidate& b) { return a.rule->priority < b.rule->priority; });
  }
  void collect(Activation& activation) {
    for (size_t i = 0; i < activation.script->rules.size(); ++i) {
      const auto& rule = activation.script->rules[i];
      if (!rule.required_state.empty() && rule.required_state != activation.state) continue;
      if (rule.lag && is_read(facts_.request->method)) continue;
      if (!matches(rule.request, facts_)) continue;
      candidates_.push_back({&activation, &rule, &activation.rules[i]});
    }
  }

  // Every rule counts the calls that match it, whichever of them acts.
  Verdict run() {
    std::vector<std::pair<Activation*, std::string>> new_states;
    for (const auto& candidate : candidates_) {
      const auto& rule = *candidate.rule;
      if (!rule.calls.contains(++candidate.position->calls)) continue;
      auto chance = chance_of(candidate);
      if (rule.probability < 1 &&
          std::uniform_real_distribution<double>()(chance) >= rule.probability) {
        continue;
      }
      if (!act(candidate, chance)) continue;
      ++candidate.position->hits;
      verdict_.acted.push_back({candidate.activation->script->name, rule.name});
      if (!rule.new_state.empty()) new_states.emplace_back(candidate.activation, rule.new_state);
    }
    // The rules that were asked have all seen the state that the request found; of several that
    // move it the first does.
    for (auto move = new_states.rbegin(); move != new_states.rend(); ++move) {
      move->first->state = move->second;
    }
    return std::move(verdict_);
  }

 private:
  // Drawn by rule and request, so that what other clients ask meanwhile changes nothing.
  base::Chance chance_of(const Candidate& candidate) {
    const auto& rule = *candidate.rule;
    const bool draws =
        rule.probability < 1 ||
        std::any_of(rule.responses.begin(), rule.responses.end(), [](const ResponsePtr& one) {
          return one->distribution || one->fault == http::Fault::RandomDataThenClose;
        });
    if (!draws) return base::Chance(seed_);
    const auto& request = *facts_.request;
    uint64_t key = base::hash_of(request.method);
    key = base::scramble(key ^ base::hash_of(facts_.version));
    for (const auto& segment : facts_.segments) {
      key = base::scramble(key ^ base::hash_of(segment));
    }
    if (facts_.query) {
      for (const auto& option : *facts_.query) {
        key = base::scramble(key ^ base::hash_of(option.name)) ^ base::hash_of(option.value);
      }
    }
    key = base::scramble(key ^ base::hash_of(request.body));
    const auto time = candidate.position->draws[static_cast<uint16_t>(key)]++;
    const auto of_rule = base::hash_of(candidate.activation->script->name) ^
                         base::scramble(candidate.position - candidate.activation->rules.data());
    return base::Chance(base::scramble(seed_ ^ of_rule) ^ base::scramble(key + time));
  }

  // Whether there was anything left for the rule to do.
  bool act(const Candidate& candidate, base::Chance& chance) {
    const auto& rule = *candidate.rule;
    if (rule.lag) {
      if (!verdict_.lag) verdict_.lag = rule.lag;
      return true;
    }
    if (rule.rate_limit) return take_quota(candidate);
    if (rule.responses.empty()) return true;  // a change of state alone
    const auto turn = std::min(candidate.position->hits, rule.responses.size() - 1);
    return deliver(rule, rule.responses[turn], chance);
  }

  // Whether the answer, or that there is none, is settled.
  bool is_decided() const {
    return verdict_.response && (verdict_.response->answers() || verdict_.response->is_loss());
  }

  bool deliver(const Rule& rule, const ResponsePtr& response, base::Chance& chance) {
    auto& delivery = verdict_.delivery;
    const bool was_decided = is_decided();
    if (response->answers() && was_decided) return false;
    if (response->is_loss() && delivery.fault != http::Fault::None) return false;
    delivery.delay += response->delay;
    if (response->distribution) {
      delivery.delay += milliseconds(std::llround(draw_delay(*response->distribution, chance)));
    }
    if (delivery.dribble.chunks == 0) delivery.dribble = response->dribble;
    if (delivery.fault == http::Fault::None && response->fault != http::Fault::None) {
      delivery.fault = response->fault;
      delivery.seed = chance();
    }
    if (!was_decided && (response->answers() || response->is_loss())) {
      verdict_.response = response;
      verdict_.phase = rule.phase;
    }
    if (!response->answers()) add_headers(response->headers);
    return true;
  }

  void add_headers(const std::vector<std::pair<std::string, std::string>>& headers) {
    verdict_.headers.insert(verdict_.headers.end(), headers.begin(), headers.end());
  }

  // What another rule has answered before never came as far as the limit.
  bool take_quota(const Candidate& candidate) {
    if (is_decided()) return false;
    const auto& limit = *candidate.rule->rate_limit;
    std::string key;
    if (limit.by_app) key += facts_.app;
    if (limit.by_path) {
      for (const auto& segment : facts_.segments) key += '/' + segment;
    }
    const auto outcome = candidate.position->quotas.take(limit, key, now_);
    add_headers(outcome.headers);
    if (!outcome.is_exceeded) return true;
    auto refusal = std::make_shared<ScriptedResponse>();
    refusal->status = 429;
    refusal->error =
        ScriptedError{"", "Too many requests: the limit of " + std::to_string(limit.limit) +
                              " in " + std::to_string(limit.window.count()) + " ms is used up."};
    verdict_.headers.emplace_back("x-ms-throttle-scope", scope_of(limit));
    verdict_.response = std::move(refusal);
    verdict_.phase = Phase::Before;
    return true;
  }

  std::string scope_of(const RateLimit& limit) const {
    return std::string(limit.by_app ? "Tenant_Application/" : "Tenant/") +
           (is_read(facts_.request->method) ? "Read" : "Write") +
           (limit.by_app ? "/" + facts_.app : "");
  }

  const Facts& facts_;
  const uint64_t seed_;
  const base::Instant now_;
  std::vector<Candidate> candidates_;
  Verdict verdict_;
};

}  // namespace

Verdict judge(const std::vector<Activation*>& playing, Activation* canned, const Facts& facts,
              uint64_t seed, base::Instant now) {
  Judge one(facts, seed, now);
  one.collect(playing);
  if (canned) one.collect(*canned);
  return one.run();
}

}  // namespace graphmock::scenario
