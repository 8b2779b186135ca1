#include "tenant/tenants.h"

#include <algorithm>

#include "auth/token_claims.h"
#include "http/error.h"
#include "tenant/name.h"

namespace graphmock::tenant {

WorldPtr Tenants::world() const {
  const std::lock_guard lock(mutex_);
  return world_;
}

void Tenants::move_to(WorldPtr world) {
  auto old = std::make_shared<All>();
  {
    const std::lock_guard lock(mutex_);
    world_ = std::move(world);
    old->swap(tenants_);
  }
  disposal_.take(std::move(old));
}

TenantPtr Tenants::get(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = tenants_.find(name); found != tenants_.end()) return found->second;
  check_name("tenant", name);
  if (tenants_.size() >= kMostTenants) {
    throw http::Error(503, "TooManyTenants",
                      "There are " + std::to_string(kMostTenants) +
                          " tenants already. DELETE /__admin/tenants/NAME drops one that is no "
                          "longer needed.");
  }
  return tenants_.emplace(name, std::make_shared<Tenant>(world_)).first->second;
}

Tenants::All Tenants::all() const {
  const std::lock_guard lock(mutex_);
  return tenants_;
}

size_t Tenants::size() const {
  const std::lock_guard lock(mutex_);
  return tenants_.size();
}

bool Tenants::drop(std::string_view name) {
  TenantPtr old;
  {
    const std::lock_guard lock(mutex_);
    const auto found = tenants_.find(name);
    if (found == tenants_.end()) return false;
    old = std::move(found->second);
    tenants_.erase(found);
  }
  disposal_.take(std::move(old));
  return true;
}

bool Tenants::replace(std::string_view name, const Remake& remake) {
  check_name("tenant", name);
  TenantPtr old;
  {
    const std::lock_guard lock(mutex_);
    const auto found = tenants_.find(name);
    if (found == tenants_.end()) return false;
    old = std::exchange(found->second, std::make_shared<Tenant>(world_, remake(*found->second)));
  }
  disposal_.take(std::move(old));
  return true;
}

Selection select_tenant(const http::Request& request) {
  if (const auto header = request.headers.find("X-Mock-Tenant")) {
    return {std::string(*header), true};
  }
  if (request.target.has_tenant()) return {request.target.tenant(), true};
  const auto claims = auth::claims_of(request);
  if (!claims->tenant.empty()) return {claims->tenant, false};
  return {};
}

}  // namespace graphmock::tenant
