#include "admin/near_misses.h"

#include <algorithm>

#include "admin/exchange_json.h"
#include "admin/near_paths.h"
#include "admin/requests.h"
#include "base/json.h"
#include "store/session.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

constexpr size_t kMostRequests = 20;
constexpr size_t kMostRules = 3;

struct NearRule {
  const scenario::Standing* standing;
  const scenario::Rule* rule;
  std::vector<std::string> reasons;
};

// What kept a rule from acting.
std::vector<std::string> reasons_of(const scenario::Standing& standing, const scenario::Rule& rule,
                                    const scenario::Facts& facts) {
  auto reasons = scenario::mismatches(rule.request, facts);
  if (!standing.is_active) {
    reasons.push_back("scenario: '" + standing.script->name + "' is not active in this tenant");
  }
  const auto& state = standing.position.state;
  if (!rule.required_state.empty() && rule.required_state != state) {
    reasons.push_back("state: expected " + rule.required_state + ", is now " + state);
  }
  if (!reasons.empty()) return reasons;
  reasons.push_back(rule.probability < 1
                        ? "the rule matches; its 'calls' or its 'probability' left this one out"
                        : "the rule matches; its 'calls' left this one out, or another rule "
                          "answered, or it was activated later");
  return reasons;
}

json::array rules_json(const std::vector<scenario::Standing>& standings,
                       const scenario::Facts& facts) {
  std::vector<NearRule> near;
  for (const auto& standing : standings) {
    for (const auto& rule : standing.script->rules) {
      near.push_back({&standing, &rule, reasons_of(standing, rule, facts)});
    }
  }
  std::stable_sort(near.begin(), near.end(), [](const NearRule& a, const NearRule& b) {
    return std::pair(!a.standing->is_active, a.reasons.size()) <
           std::pair(!b.standing->is_active, b.reasons.size());
  });
  json::array list;
  for (size_t i = 0; i < std::min(kMostRules, near.size()); ++i) {
    json::array reasons;
    for (const auto& reason : near[i].reasons) reasons.emplace_back(reason);
    list.push_back(json::object{{"scenario", near[i].standing->script->name},
                                {"rule", near[i].rule->name},
                                {"active", near[i].standing->is_active},
                                {"mismatches", std::move(reasons)}});
  }
  return list;
}

json::object near_miss_json(const std::string& name, tenant::Tenant& tenant,
                            const std::vector<scenario::Standing>& standings,
                            const tenant::Exchange& exchange) {
  json::object object;
  tenant.recall(exchange, [&](const graph::Call& call, const scenario::Facts& facts) {
    object["rules"] = rules_json(standings, facts);
    json::array paths;
    for (const auto& near : near_paths(tenant, call, exchange)) {
      paths.push_back(json::object{{"path", near.path}, {"why", near.why}});
    }
    object["paths"] = std::move(paths);
  });
  object["request"] = exchange_json(name, exchange);
  return object;
}

}  // namespace

http::Response near_misses(const AdminCall& call) {
  const auto limit = std::min(kMostRequests, limit_of(call));
  json::array list;
  call.read_each_tenant([&](const std::string& name, const tenant::TenantPtr& tenant) {
    const auto standings = tenant->player().standings();
    for (const auto& exchange : tenant->journal().newest_first()) {
      if (list.size() >= limit) return;
      if (!exchange->is_matched) {
        list.push_back(near_miss_json(name, *tenant, standings, *exchange));
      }
    }
  });
  return answer(json::object{{"nearMisses", std::move(list)}});
}

}  // namespace graphmock::admin
