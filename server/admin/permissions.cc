#include "admin/permissions.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "auth/gate.h"
#include "base/json.h"
#include "graph/access.h"
#include "odata/path.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

using Names = std::vector<std::string>;

// Requests that took the same, with tokens that had the same.
struct Row {
  const auth::Listed* listed = nullptr;  // null: the list does not know such requests
  auth::ClaimsPtr claims;
  size_t count = 0;
};
// By method, path, and what the token had.
using Rows = std::map<std::tuple<std::string, std::string, bool, Names>, Row>;

json::array array_of(const Names& names) {
  return json::array(names.begin(), names.end());
}

// Those that the token had and that open the request.
Names used(const auth::Listed& listed, const auth::TokenClaims& claims) {
  Names names;
  for (const auto& name : claims.permissions) {
    const bool opens = std::any_of(
        listed.openings.begin(), listed.openings.end(), [&](const auth::Opening& opening) {
          return opening.permission == name && opening.is_for(claims.is_delegated);
        });
    if (opens) names.push_back(name);
  }
  return names;
}

void add(const tenant::Tenant& tenant, const tenant::Exchange& exchange, Rows& rows) {
  const auto& permissions = tenant.world().gate->permissions();
  tenant.recall(exchange, [&](const graph::Call& call, const scenario::Facts&) {
    if (!call.target) return;
    const auto* listed = graph::listed(permissions, call);
    std::string path;
    if (listed) {
      path = listed->path;
    } else {
      for (const auto& segment : odata::plain_segments(*call.target)) path += "/" + segment;
    }
    const auto& claims = *exchange.claims;
    auto& row = rows[{exchange.method, path, claims.is_delegated, claims.permissions}];
    row.listed = listed;
    row.claims = exchange.claims;
    ++row.count;
  });
}

// As few as open all that the list knows: the least of each request, without those that others of
// them make needless.
Names least_for_all(const Rows& rows, bool is_delegated) {
  std::set<std::string> needed;
  std::vector<const auth::Listed*> all;
  for (const auto& [key, row] : rows) {
    if (!row.listed) continue;
    const auto names = auth::least(*row.listed, is_delegated);
    needed.insert(names.begin(), names.end());
    if (!names.empty()) all.push_back(row.listed);
  }
  for (const auto& name : std::set(needed)) {
    auto others = needed;
    others.erase(name);
    const Names remaining(others.begin(), others.end());
    const bool do_they = std::all_of(all.begin(), all.end(), [&](const auth::Listed* listed) {
      return auth::covers(remaining, is_delegated, listed->openings);
    });
    if (do_they) needed = std::move(others);
  }
  return {needed.begin(), needed.end()};
}

json::object row_json(const std::string& method, const std::string& path, const Row& row) {
  json::object shown{{"method", method}, {"path", path}, {"count", row.count}};
  const auto& claims = *row.claims;
  const bool has_token = claims.is_delegated || !claims.app.empty() || !claims.permissions.empty();
  shown["token"] = !has_token ? json::value(nullptr)
                              : json::value(claims.is_delegated ? "delegated" : "application");
  shown["carried"] = array_of(claims.permissions);
  shown["isListed"] = row.listed != nullptr;
  if (!row.listed) return shown;
  shown["used"] = array_of(used(*row.listed, claims));
  shown["isCovered"] = auth::covers(claims.permissions, claims.is_delegated, row.listed->openings);
  shown["least"] = json::object{{"delegated", array_of(auth::least(*row.listed, true))},
                                {"application", array_of(auth::least(*row.listed, false))}};
  return shown;
}

}  // namespace

http::Response report_permissions(const AdminCall& call) {
  Rows rows;
  std::set<tenant::WorldPtr> worlds;  // which the rows point into
  call.read_each_tenant([&](const std::string&, const tenant::TenantPtr& tenant) {
    worlds.insert(tenant->shared_world());
    for (const auto& exchange : tenant->journal().newest_first()) add(*tenant, *exchange, rows);
  });
  std::set<std::string> all_carried, all_used;
  json::array requests;
  for (const auto& [key, row] : rows) {
    all_carried.insert(row.claims->permissions.begin(), row.claims->permissions.end());
    if (row.listed) {
      for (auto& name : used(*row.listed, *row.claims)) all_used.insert(std::move(name));
    }
    requests.push_back(row_json(std::get<0>(key), std::get<1>(key), row));
  }
  Names unused;
  std::set_difference(all_carried.begin(), all_carried.end(), all_used.begin(), all_used.end(),
                      std::back_inserter(unused));
  return answer(
      json::object{{"used", array_of({all_used.begin(), all_used.end()})},
                   {"unused", array_of(unused)},
                   {"least", json::object{{"delegated", array_of(least_for_all(rows, true))},
                                          {"application", array_of(least_for_all(rows, false))}}},
                   {"requests", std::move(requests)}});
}

}  // namespace graphmock::admin
