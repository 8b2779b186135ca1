// One request's way to the store: what it reads, and when other reads see what it writes.
#pragma once

#include "store/store.h"

namespace graphmock::store {

// For one thread; the store may be used by others meanwhile.
class Session {
 public:
  // What has lagged until `now` is seen. The store must outlive it.
  Session(Store& store, base::Instant now) : store_(store), now_(now) {}
  // A session that has written nothing was a read, which counts for what it did not see.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Of all that is written from now on.
  void set_lag(const Lag& lag) { lag_ = lag; }

  // As Store::look(), but what lags is not there, until the session has written something itself,
  // and during a write of the session what that has done so far is.
  template <typename Visit>
  void look(Visit visit) {
    // The write has the lock; what it has done so far is what this request sees.
    if (open_write_) return visit(open_write_->view());
    if (store_.is_as_loaded()) return visit(LayerView(store_.fixtures_.get(), {}));
    const std::lock_guard lock(store_.mutex_);
    auto& changes = store_.changes_;
    if (changes.has_unseen()) changes.settle(now_);
    if (has_written_) {
      visit(LayerView(store_.fixtures_.get(), {&changes.seen(), &changes.unseen()}));
      return;
    }
    LayerView view(store_.fixtures_.get(), {&changes.seen()});
    if (changes.has_unseen()) view.watch(changes.unseen(), missed_);
    visit(std::as_const(view));
  }

 private:
  friend class Store::Write;

  Store& store_;
  const base::Instant now_;
  Lag lag_;
  bool has_written_ = false;
  Store::Write* open_write_ = nullptr;  // which is not committed yet
  Missed missed_;
};

}  // namespace graphmock::store
