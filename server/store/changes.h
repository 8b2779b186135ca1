// All that a tenant has changed of the fixtures: what everybody sees, and above it what reads do
// not see yet, because a scenario has them lag behind.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_set>

#include "base/clock.h"
#include "store/layer.h"

namespace graphmock::store {

// Until when reads do not see a write: both have to pass.
struct Lag {
  base::Instant until{};  // 1970: at once
  uint64_t reads = 0;     // that would have seen it
};

// Addresses of entities, and lists, that a read would have found otherwise, had it seen all.
using Missed = std::unordered_set<std::string, TextHash, std::equal_to<>>;

// What writes have to do with: entities, and their places in lists. Where two writes share any of
// it, their order matters.
class Touched {
 public:
  void add(const Layer& written);
  bool overlaps(const Layer& written) const;

 private:
  std::unordered_set<std::string, TextHash, std::equal_to<>> keys_;
};

// As safe as a Layer: whoever owns it has a lock.
class Changes {
 public:
  static constexpr size_t kMostPending = 10'000;

  Changes() = default;
  // None yet, upon what others had changed up to that version.
  explicit Changes(uint32_t version) : version_(version) {}

  const Layer& seen() const { return seen_; }
  const Layer& unseen() const { return unseen_; }
  bool is_empty() const { return seen_.empty() && pending_.empty(); }
  bool has_unseen() const { return !pending_.empty(); }
  // Of the last commit. It goes on where a copy does.
  uint32_t version() const { return version_; }
  void set_version(uint32_t version) { version_ = version; }
  // What its maps and lists take, about, its entities left out (store/footprint).
  uint64_t frame() const { return static_cast<uint64_t>(frame_); }
  Layer latest() &&;  // both together

  // Puts a write on top. One without a lag is seen at once, unless it builds on one that is not:
  // then it is seen with that. Beyond kMostPending the oldest are seen early.
  void commit(Layer&& written, const Lag& lag);
  // What has lagged long enough is seen from now on.
  void settle(base::Instant now);
  // A read has missed these: it counts for the writes that they come from.
  void count_read(const Missed& missed);

 private:
  struct Pending {
    Layer layer;
    Lag lag;
    int64_t frame = 0;
  };

  // For good.
  void see(Pending&& one);
  // All that is kept of one that waits: itself, among the others, and what it touched.
  static int64_t waiting_frame(const Layer& layer);

  int64_t frame_ = 0;
  uint32_t version_ = 0;
  Layer seen_;
  std::deque<Pending> pending_;    // in the order of their commits
  Layer unseen_ = unseen_layer();  // all of them together
  Touched touched_;                // by any of them, undone by another or not

  static Layer unseen_layer();
  void gather_unseen();
};

}  // namespace graphmock::store
