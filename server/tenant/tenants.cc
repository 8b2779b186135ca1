#include "tenant/tenants.h"

#include <algorithm>

#include "auth/token_claims.h"
#include "http/error.h"
#include "tenant/name.h"

namespace graphmock::tenant {

namespace {

// Any constant will do: as in tenant.cc.
constexpr uint64_t kPassingSeed = 0x70617373696e67;

[[noreturn]] void throw_too_many(size_t count) {
  throw http::Error(
      503, "TooManyTenants",
      "There are " + std::to_string(count) +
          " tenants already, and all of them have been changed. DELETE "
          "/__admin/tenants/NAME drops one that is no longer needed, DELETE "
          "/__admin/tenants?idle=PT1H those that nobody has asked for an hour, DELETE "
          "/__admin/tenants?tenant=* all of them.");
}

}  // namespace

Tenants::Tenants(WorldPtr world, Limits limits)
    : clock_(*world->clock),
      limits_(limits),
      stored_(std::make_shared<base::Account>(limits.stored())),
      journal_room_{std::make_shared<base::Account>(limits.journals()),
                    [this](const Journal& but) { forget_journals(but); }},
      passing_ids_(std::make_shared<base::IdSource>(world->seed ^ kPassingSeed)),
      world_(std::move(world)) {
  for (const auto& account : {stored_, journal_room_.account}) {
    // Somebody may still have what the account is charged with when the tenants are gone.
    account->on_large_drop([weak = std::weak_ptr(disposal_)] {
      if (const auto disposal = weak.lock()) disposal->give_back_memory();
    });
  }
}

Tenants::~Tenants() {
  disposal_->end();
}

void Tenants::forget_journals(const Journal& but) {
  std::vector<std::deque<ExchangePtr>> forgotten;  // freed when the lock is off
  const std::lock_guard lock(mutex_);
  std::vector<Entry*> entries;
  for (auto& one : entries_) entries.push_back(&one.second);
  std::sort(entries.begin(), entries.end(),
            [](const Entry* a, const Entry* b) { return a->used < b->used; });
  uint64_t bytes = 0;
  for (auto* entry : entries) {
    if (bytes >= limits_.journals() / 8) return;
    auto& journal = *entry->tenant->parts().journal;
    if (&journal == &but) continue;
    bytes += journal.bytes();
    forgotten.push_back(journal.forget());
  }
}

Tenant::Parts Tenants::new_parts() const {
  Tenant::Parts parts;
  parts.account = std::make_shared<base::Account>(limits_.stored_by_one(), stored_);
  parts.journal_room = journal_room_;
  return parts;
}

WorldPtr Tenants::world() const {
  const std::lock_guard lock(mutex_);
  return world_;
}

void Tenants::move_to(WorldPtr world) {
  auto old = std::make_shared<Entries>();
  {
    const std::lock_guard lock(mutex_);
    world_ = std::move(world);
    old->swap(entries_);
    idle_.clear();
    touched_.clear();
  }
  disposal_->take(std::move(old));
  disposal_->give_back_memory();
}

TenantPtr Tenants::find_locked(std::string_view name, base::Instant now) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return nullptr;
  auto& entry = found->second;
  entry.used = now;
  if (!entry.is_touched) idle_.splice(idle_.end(), idle_, entry.place);
  return entry.tenant;
}

TenantPtr Tenants::make_locked(std::string_view name, base::Instant now, TenantPtr& gone) {
  check_name("tenant", name);
  if (entries_.size() >= limits_.tenants && !(gone = take_idle_locked())) return nullptr;
  const auto made = entries_.emplace(name, Entry{}).first;
  auto& entry = made->second;
  entry = {std::make_shared<Tenant>(world_, new_parts()), now,
           idle_.insert(idle_.end(), made->first)};
  return entry.tenant;
}

TenantPtr Tenants::take_locked(Entries::iterator entry) {
  (entry->second.is_touched ? touched_ : idle_).erase(entry->second.place);
  auto tenant = std::move(entry->second.tenant);
  entries_.erase(entry);
  return tenant;
}

TenantPtr Tenants::take_idle_locked() {
  for (auto place = idle_.begin(); place != idle_.end();) {
    const auto found = entries_.find(*place);
    auto& entry = found->second;
    ++place;
    // A pointer is only given away under the lock, so that one that nobody has stays so, and
    // nothing that is written can be lost. The count alone says nothing of what the last who had
    // it wrote; taking a copy and giving it back does.
    if (entry.tenant.use_count() > 1) continue;
    TenantPtr(entry.tenant).reset();
    if (!entry.tenant->is_touched()) return take_locked(found);
    entry.is_touched = true;
    touched_.splice(touched_.end(), idle_, entry.place);
  }
  return nullptr;
}

TenantPtr Tenants::find(std::string_view name) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  return find_locked(name, now);
}

TenantPtr Tenants::get(std::string_view name) {
  const auto now = clock_.now();
  TenantPtr gone, tenant;
  {
    const std::lock_guard lock(mutex_);
    tenant = find_locked(name, now);
    if (tenant) return tenant;
    tenant = make_locked(name, now, gone);
  }
  disposal_->take(std::move(gone));
  if (!tenant) throw_too_many(limits_.tenants);
  return tenant;
}

TenantPtr Tenants::get_to_read(std::string_view name) {
  const auto now = clock_.now();
  TenantPtr gone, tenant;
  {
    const std::lock_guard lock(mutex_);
    tenant = find_locked(name, now);
    if (tenant) return tenant;
    tenant = make_locked(name, now, gone);
    if (!tenant) return passing_locked();
  }
  disposal_->take(std::move(gone));
  return tenant;
}

TenantPtr Tenants::find_or_new(std::string_view name) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (auto tenant = find_locked(name, now)) return tenant;
  check_name("tenant", name);
  return passing_locked();
}

TenantPtr Tenants::passing_locked() const {
  auto parts = new_parts();
  parts.request_ids = passing_ids_;
  return std::make_shared<Tenant>(world_, std::move(parts));
}

void Tenants::for_each(const Visit& visit) const {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    names.reserve(entries_.size());
    for (const auto& entry : entries_) names.push_back(entry.first);
  }
  // None is in use but the one that is visited.
  for (const auto& name : names) {
    TenantPtr tenant;
    base::Instant used;
    {
      const std::lock_guard lock(mutex_);
      const auto found = entries_.find(name);
      if (found == entries_.end()) continue;
      tenant = found->second.tenant;
      used = found->second.used;
    }
    visit(name, tenant, used);
  }
}

size_t Tenants::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

bool Tenants::drop(std::string_view name) {
  TenantPtr old;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end()) return false;
    old = take_locked(found);
  }
  disposal_->take(std::move(old));
  return true;
}

void Tenants::drop_all() {
  move_to(world());
}

void Tenants::drop_idle(base::Instant since) {
  auto old = std::make_shared<std::vector<TenantPtr>>();
  {
    const std::lock_guard lock(mutex_);
    for (auto entry = entries_.begin(); entry != entries_.end();) {
      const auto one = entry++;
      if (one->second.used <= since) old->push_back(take_locked(one));
    }
  }
  disposal_->take(std::move(old));
  disposal_->give_back_memory();
}

bool Tenants::replace(std::string_view name, const Remake& remake) {
  check_name("tenant", name);
  TenantPtr old;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end()) return false;
    auto& entry = found->second;
    old = std::exchange(entry.tenant, std::make_shared<Tenant>(world_, remake(*entry.tenant)));
    // It may be as new.
    if (entry.is_touched) idle_.splice(idle_.end(), touched_, entry.place);
    entry.is_touched = false;
  }
  disposal_->take(std::move(old));
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
