// All tenants of a server, by name. One that is new comes into being on first use.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/disposal.h"
#include "tenant/tenant.h"

namespace graphmock::tenant {

using TenantPtr = std::shared_ptr<Tenant>;

// From any thread.
class Tenants {
 public:
  static constexpr size_t kMostTenants = 10'000;
  using All = std::map<std::string, TenantPtr, std::less<>>;

  explicit Tenants(WorldPtr world) : world_(std::move(world)) {}

  // What new tenants are made from.
  WorldPtr world() const;
  // Every tenant is as new from then on, in another world.
  void move_to(WorldPtr world);

  // Throws http::Error: 400 for what is no tenant's name, 503 when there are too many.
  TenantPtr get(std::string_view name);
  All all() const;
  size_t size() const;
  bool drop(std::string_view name);  // false when there is none

  // Puts one made of the parts that `remake` gives in the old one's place. Requests that are under
  // way finish in the old one. False: there is none, so that it is as new anyway.
  using Remake = std::function<Tenant::Parts(const Tenant& old)>;
  bool replace(std::string_view name, const Remake& remake);

 private:
  mutable std::mutex mutex_;
  WorldPtr world_;
  All tenants_;
  base::Disposal disposal_;
};

// Whom a request belongs to.
struct Selection {
  std::string name = "default";
  bool is_named = false;  // by header or prefix, not by what a token says or by default
};

// First match: header X-Mock-Tenant, path prefix /t/NAME, claim "tid" of the token, else "default".
Selection select_tenant(const http::Request& request);

}  // namespace graphmock::tenant
