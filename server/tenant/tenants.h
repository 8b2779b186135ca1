// All tenants of a server, by name. One that is new comes into being on first use.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "tenant/tenant.h"

namespace graphmock::tenant {

using TenantPtr = std::shared_ptr<Tenant>;

// From any thread.
class Tenants {
 public:
  static constexpr size_t kMostTenants = 10'000;

  explicit Tenants(const World& world) : world_(world) {}

  // Throws http::Error: 400 for what is no tenant's name, 503 when there are too many.
  TenantPtr get(std::string_view name);
  // Puts a new tenant in the old one's place. Requests that are under way finish in the old one.
  void reset(std::string_view name);
  void reset_all();

 private:
  const World& world_;
  std::mutex mutex_;
  std::map<std::string, TenantPtr, std::less<>> tenants_;
};

// Who a request belongs to, and what is left of its target when the tenant's prefix is off.
struct Selection {
  std::string name = "default";
  std::string prefix;       // "/t/NAME", or empty
  std::string_view target;  // points into the request
};

// First match: header X-Mock-Tenant, path prefix /t/NAME, else "default".
Selection select_tenant(const http::Request& request);

}  // namespace graphmock::tenant
