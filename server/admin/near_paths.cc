#include "admin/near_paths.h"

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "store/locate.h"

namespace graphmock::admin {
namespace {

constexpr size_t kMostKeysLookedAt = 1'000;
constexpr size_t kMostKeysTold = 3;

std::string path_of(std::string_view version, const std::vector<std::string>& segments,
                    size_t count) {
  auto path = "/" + std::string(version);
  for (size_t i = 0; i < count; ++i) path += "/" + segments[i];
  return path;
}

std::optional<odata::Target> resolve(const model::Model& model,
                                     const std::vector<std::string>& segments) {
  try {
    return odata::resolve(model, segments);
  } catch (const http::Error&) {
    return std::nullopt;
  }
}

// The keys of a collection's first entities; empty where it cannot be gone to.
std::vector<std::string> keys_at(tenant::Tenant& tenant, const odata::Target& target) {
  std::vector<std::string> keys;
  if (!target.is_entities() || !target.last().is_collection) return keys;
  const auto& models = tenant.world().models;
  tenant.store().look([&](const store::LayerView& view) {
    const auto location = store::locate(models, view, target);
    if (!location.missing_key.empty()) return;
    view.for_each(location.list, [&](const store::EntityPtr& entity) {
      if (location.type && !store::is_a(models, entity->type, *location.type)) return true;
      keys.push_back(entity->key());
      return keys.size() < kMostKeysLookedAt;
    });
  });
  return keys;
}

// The longest part of the path that leads to a collection which has entities, with the keys that
// may have been meant in the place of what stands behind it.
void add_near_keys(tenant::Tenant& tenant, const graph::Call& call, std::vector<NearPath>& near) {
  const auto& segments = call.request.target.segments();
  for (size_t count = segments.size(); count-- > 1;) {
    const std::vector<std::string> front(segments.begin(),
                                         segments.begin() + static_cast<ptrdiff_t>(count));
    const auto target = resolve(*call.model, front);
    const auto keys = target ? keys_at(tenant, *target) : std::vector<std::string>();
    if (keys.empty()) continue;
    const auto& asked = segments[count];
    if (std::find(keys.begin(), keys.end(), asked) != keys.end()) continue;
    const std::vector<std::string_view> candidates(keys.begin(), keys.end());
    const auto collection = path_of(call.model->version(), front, count);
    if (const auto nearest = base::nearest(asked, candidates)) {
      near.push_back(
          {collection + "/" + std::string(*nearest), "the key nearest to '" + asked + "'"});
      return;
    }
    for (size_t i = 0; i < std::min(kMostKeysTold, keys.size()); ++i) {
      near.push_back({collection + "/" + keys[i],
                      "there is no '" + asked + "' in " + collection + ", but this"});
    }
    return;
  }
}

// Of a path that begins with no version that there is: without one, or with another.
void add_other_versions(const tenant::Tenant& tenant, const http::Target& asked,
                        std::vector<NearPath>& near) {
  if (asked.root().empty()) return;
  const auto& behind = asked.segments();
  auto segments = behind;
  segments.insert(segments.begin(), asked.root());
  for (const auto& model : tenant.world().models.all()) {
    if (resolve(*model, segments)) {
      near.push_back(
          {path_of(model->version(), segments, segments.size()), "a path begins with the version"});
    } else if (!behind.empty() && resolve(*model, behind)) {
      near.push_back({path_of(model->version(), behind, behind.size()),
                      "there is no version '" + segments[0] + "'"});
    }
  }
}

}  // namespace

std::vector<NearPath> near_paths(tenant::Tenant& tenant, const graph::Call& call,
                                 const tenant::Exchange& exchange) {
  std::vector<NearPath> near;
  if (!call.model) {
    add_other_versions(tenant, call.request.target, near);
    return near;
  }
  const auto& segments = call.request.target.segments();
  const auto asked = path_of(call.model->version(), segments, segments.size());
  if (const auto allowed = exchange.response_headers.find("Allow")) {
    near.push_back(
        {asked, "method: the address takes " + std::string(*allowed) + ", not " + exchange.method});
  }
  if (exchange.status == 501) {
    near.push_back({asked, "graphmock knows the address and does not implement what is asked"});
  }
  if (call.error) {
    for (const auto& model : tenant.world().models.all()) {
      if (model.get() == call.model || !resolve(*model, segments)) continue;
      near.push_back(
          {path_of(model->version(), segments, segments.size()),
           model->version() + " has the address, " + call.model->version() + " has not"});
    }
    near.push_back({asked, call.error->message});
  }
  if (exchange.status == 404 || call.error) add_near_keys(tenant, call, near);
  return near;
}

}  // namespace graphmock::admin
