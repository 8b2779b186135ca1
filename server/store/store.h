// The entities of one tenant: the shared fixtures below, its own changes above. Reads and writes
// from any thread.
#pragma once

#include <atomic>
#include <cassert>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/account.h"
#include "store/changes.h"
#include "store/layer_view.h"
#include "store/version.h"

namespace graphmock::store {

class Session;

class Store {
 public:
  // One that is told to be changed is read under its lock before anything has been written.
  explicit Store(std::shared_ptr<const Snapshot> fixtures, Changes changes = {},
                 bool is_changed = false)
      : fixtures_(std::move(fixtures)),
        changes_(std::move(changes)),
        is_changed_(is_changed || !changes_.is_empty()) {}

  // What is written from now on, and what there is by now, is kept at that account's expense.
  // Before others have the store.
  void charge_to(base::AccountPtr account);

  class Write;

  // Calls `visit` with all that is there at one moment, as the last writer sees it. Others wait
  // meanwhile, so that it should take the pointers that it wants and be gone.
  template <typename Visit>
  void look(Visit visit) const {
    if (is_as_loaded()) return visit(LayerView(fixtures_.get(), {}));
    const std::lock_guard lock(mutex_);
    visit(LayerView(fixtures_.get(), {&changes_.seen(), &changes_.unseen()}));
  }

  bool has_changes() const;  // upon them, undone or not
  const Snapshot& fixtures() const { return *fixtures_; }
  const std::shared_ptr<const Snapshot>& shared_fixtures() const { return fixtures_; }
  // What has changed upon them until now, as the last writer sees it.
  Layer changes() const;
  // The same, and what of it reads do not see yet: for a store that goes on from here.
  Changes changes_with_lag() const;

 private:
  friend class Session;

  // Nothing has been written yet: what is there cannot move, and no lock is needed to read it.
  bool is_as_loaded() const { return !is_changed_.load(std::memory_order_acquire); }

  mutable std::mutex mutex_;  // guards changes_; held for a look-up or a write, never for an answer
  const std::shared_ptr<const Snapshot> fixtures_;
  Changes changes_;
  base::AccountPtr account_;      // null: none is kept
  base::Charge frame_;            // of the changes' own maps and lists
  std::atomic<bool> is_changed_;  // for good, with the first commit
};

// A write from its first look at the store to its commit: others see all of it or nothing, and
// no other write comes between. What is not committed has not happened.
class Store::Write {
 public:
  explicit Write(Store& store);
  // What it commits reads see when the session says. Until then the session looks through it; it
  // has one write at a time.
  explicit Write(Session& session);
  ~Write();
  Write(const Write&) = delete;
  Write& operator=(const Write&) = delete;

  EntityPtr find(std::string_view address) const { return view().find(address); }
  const LayerView& view() const {
    assert(lock_.owns_lock());
    return view_;
  }

  // Of all that is written; the next write has another one.
  uint32_t version() const { return version_; }
  // For one that puts in place what others have written: their versions, 0 for the rest.
  void set_versions(VersionsByAddress versions) { given_versions_ = std::move(versions); }

  // A new entity, at the end of the list that contains it. For a single-valued address the list
  // is the address itself. Throws std::logic_error where there is one already.
  void create(NewEntity entity, std::string_view list);
  // What says just what is there already is left as it is, with its version.
  void replace(NewEntity entity);
  // With everything it contains and every reference to it or to them.
  void remove(std::string_view address);
  // With everything it contains, and all that it is a second way to, to another address, at the
  // end of `list`.
  // References to it are left behind; those that it has itself go along, but nobody knows of them.
  void move(std::string_view from, NewEntity entity, std::string_view list);
  // The same, and what is at `from` stays, as does what it is a second way to: that lives once.
  void copy(std::string_view from, NewEntity entity, std::string_view list);
  // The inverse navigation, if there is one, follows.
  void add_reference(std::string_view list, std::string_view target);
  void remove_reference(std::string_view list, std::string_view target);
  // Undoes that, once the entity is back: whom it refers to, or is referred to by, knows it again.
  void return_references(std::string_view entity);
  void clear_references(std::string_view list);

  // It moves what is there, or makes room: no limit of the account holds it up.
  void store_anyway() { is_limited_ = false; }
  // The last that is done with it: others go on from then on. Throws http::Error (507) where there
  // is no room, or what the request's budget throws (base/work_budget); then nothing has happened.
  void commit();
  // What was written, for a snapshot of its own, the store itself staying as it is; or for the one
  // below, to go on from there.
  Layer take();
  bool is_empty() const { return staged_.empty(); }

 private:
  std::vector<std::string> elements_of(std::string_view list) const;
  // The list that the target has of those that refer to it by `list`; empty when it has none.
  std::string inverse_list(std::string_view list, std::string_view target) const;
  void stage(NewEntity entity);
  // With all that it contains, which stays as it is in its new place, or is new there.
  void put_with_contents(std::string_view from, NewEntity entity, std::string_view list,
                         bool is_moved);

  // From the account; what it has given is the entities' and, of the frame, what is given back.
  base::Charge charge();

  Write(Store& store, Session* session);

  Store& store_;
  Session* const session_;  // null: without one
  std::unique_lock<std::mutex> lock_;
  const uint32_t version_;
  std::optional<VersionsByAddress> given_versions_;
  bool is_limited_ = true;
  Layer staged_;
  LayerView view_;
};

}  // namespace graphmock::store
