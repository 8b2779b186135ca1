#include "tenant/snapshots.h"

#include "http/error.h"
#include "tenant/name.h"

namespace graphmock::tenant {

bool Snapshots::put(std::string_view name, SnapshotPtr snapshot) {
  check_name("snapshot", name);
  SnapshotPtr old;  // freed when the lock is off
  const std::lock_guard lock(mutex_);
  if (const auto found = snapshots_.find(name); found != snapshots_.end()) {
    old = std::exchange(found->second, std::move(snapshot));
    return false;
  }
  if (snapshots_.size() >= kMost) {
    throw http::Error(503, "TooManySnapshots",
                      "The tenant has " + std::to_string(kMost) +
                          " snapshots already; delete some of them first.");
  }
  snapshots_.emplace(name, std::move(snapshot));
  return true;
}

SnapshotPtr Snapshots::get(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  if (const auto found = snapshots_.find(name); found != snapshots_.end()) return found->second;
  std::string known;
  for (const auto& [other, snapshot] : snapshots_) known += (known.empty() ? "" : ", ") + other;
  throw http::Error(404, "NotFound",
                    "The tenant has no snapshot '" + std::string(name) + "'. " +
                        (known.empty() ? "It has none; PUT /__admin/snapshots/NAME takes one."
                                       : "Those it has: " + known + "."));
}

bool Snapshots::remove(std::string_view name) {
  SnapshotPtr old;  // freed when the lock is off
  const std::lock_guard lock(mutex_);
  const auto found = snapshots_.find(name);
  if (found == snapshots_.end()) return false;
  old = std::move(found->second);
  snapshots_.erase(found);
  return true;
}

bool Snapshots::is_empty() const {
  const std::lock_guard lock(mutex_);
  return snapshots_.empty();
}

std::map<std::string, SnapshotPtr, std::less<>> Snapshots::all() const {
  const std::lock_guard lock(mutex_);
  return snapshots_;
}

}  // namespace graphmock::tenant
