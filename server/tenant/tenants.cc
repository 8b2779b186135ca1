#include "tenant/tenants.h"

#include <algorithm>

#include "http/error.h"

namespace graphmock::tenant {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

void check_name(std::string_view name) {
  if (is_name(name)) return;
  throw http::Error(400, "InvalidTenant",
                    "'" + std::string(name) +
                        "' is no tenant's name. Expected 1 to 64 of "
                        "A-Z a-z 0-9 . _ -");
}

}  // namespace

TenantPtr Tenants::get(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = tenants_.find(name); found != tenants_.end()) return found->second;
  check_name(name);
  if (tenants_.size() >= kMostTenants) {
    throw http::Error(
        503, "TooManyTenants",
        "There are " + std::to_string(kMostTenants) + " tenants already; drop some or start anew.");
  }
  return tenants_.emplace(name, std::make_shared<Tenant>(world_)).first->second;
}

void Tenants::reset(std::string_view name) {
  check_name(name);
  auto fresh = std::make_shared<Tenant>(world_);
  TenantPtr old;  // freed when the lock is off
  const std::lock_guard lock(mutex_);
  if (const auto found = tenants_.find(name); found != tenants_.end()) {
    old = std::exchange(found->second, std::move(fresh));
  }
}

void Tenants::reset_all() {
  std::map<std::string, TenantPtr, std::less<>> old;
  const std::lock_guard lock(mutex_);
  old.swap(tenants_);  // each comes into being anew on its next use
}

Selection select_tenant(const http::Request& request) {
  Selection selection;
  selection.target = request.target;
  if (request.target.starts_with("/t/")) {
    const auto end = std::min(request.target.find_first_of("/?", 3), request.target.size());
    selection.name = request.target.substr(3, end - 3);
    selection.prefix = request.target.substr(0, end);
    selection.target = request.target.substr(end);
  }
  if (const auto header = request.headers.find("X-Mock-Tenant")) selection.name = *header;
  return selection;
}

}  // namespace graphmock::tenant
