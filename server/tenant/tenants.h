// All tenants of a server, by name. One that is new comes into being on first use; beyond the limit
// it takes the place of one that nobody has told anything.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/disposal.h"
#include "tenant/limits.h"
#include "tenant/tenant.h"

namespace graphmock::tenant {

using TenantPtr = std::shared_ptr<Tenant>;

// Of whoever names none.
inline constexpr std::string_view kDefaultName = "default";

// From any thread. A tenant in whose pointer somebody has a share is in use: it is not sent away.
class Tenants {
 public:
  explicit Tenants(WorldPtr world, Limits limits = {});
  ~Tenants();

  // What new tenants are made from.
  WorldPtr world() const;
  // Every tenant is as new from then on, in another world.
  void move_to(WorldPtr world);

  // Null when there is none. Whoever is asked for here or below is not idle.
  TenantPtr find(std::string_view name);
  // The one of that name, made if it is new. Where there are too many, the one goes that was idle
  // longest of those that are untouched. Throws http::Error: 400 for what is no tenant's name, 503
  // when all have been touched.
  TenantPtr get(std::string_view name);
  // The same for a request that changes nothing: where there are too many, it is one that nobody
  // else sees, as find_or_new() has it.
  TenantPtr get_to_read(std::string_view name);
  // For what leaves no trace: the one of that name, or one that is as new and forgotten with the
  // pointer. Throws http::Error (400) for what is no tenant's name.
  TenantPtr find_or_new(std::string_view name);

  // One after the other, in the order of their names; those that come into being meanwhile may be
  // left out. They go on being as idle as they are: `idle_since` is by the server's clock.
  using Visit =
      std::function<void(const std::string& name, const TenantPtr&, base::Instant idle_since)>;
  void for_each(const Visit& visit) const;
  size_t size() const;
  const Limits& limits() const { return limits_; }
  // Kept for all of them, and for those that are on their way out.
  uint64_t bytes() const { return stored_->bytes() + journal_room_.account->bytes(); }

  bool drop(std::string_view name);  // false when there is none
  void drop_all();
  // Those that nobody has asked for since then, touched or not.
  void drop_idle(base::Instant since);

  // Puts one made of the parts that `remake` gives in the old one's place. Requests that are under
  // way finish in the old one. False: there is none, so that it is as new anyway.
  using Remake = std::function<Tenant::Parts(const Tenant& old)>;
  bool replace(std::string_view name, const Remake& remake);

 private:
  using Order = std::list<std::string_view>;
  struct Entry {
    TenantPtr tenant;
    base::Instant used;
    Order::iterator place;  // in one of the two orders
    bool is_touched = false;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;

  TenantPtr find_locked(std::string_view name, base::Instant now);
  // Null when there are too many; what had to go is in `gone`.
  TenantPtr make_locked(std::string_view name, base::Instant now, TenantPtr& gone);
  TenantPtr take_idle_locked();
  TenantPtr take_locked(Entries::iterator entry);
  TenantPtr passing_locked() const;
  // An eighth of what all may have is forgotten, those of who was idle longest first.
  void forget_journals(const Journal& but);
  Tenant::Parts new_parts() const;

  const std::shared_ptr<base::Disposal> disposal_ = std::make_shared<base::Disposal>();
  const base::Clock& clock_;
  const Limits limits_;
  const base::AccountPtr stored_;
  const JournalRoom journal_room_;
  // Of those that are forgotten: no two of their answers have the same id.
  const std::shared_ptr<base::IdSource> passing_ids_;
  mutable std::mutex mutex_;
  WorldPtr world_;
  Entries entries_;
  // Their names, idle longest first; those that were found touched are apart, in no order.
  Order idle_;
  Order touched_;
};

// Whom a request belongs to.
struct Selection {
  std::string name{kDefaultName};
  bool is_named = false;  // by header or prefix, not by what a token says or by default
};

// First match: header X-Mock-Tenant, path prefix /t/NAME, claim "tid" of the token, else "default".
Selection select_tenant(const http::Request& request);

}  // namespace graphmock::tenant
