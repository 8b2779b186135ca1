// What epoll tells of connections, each event to one of those who serve them: the workers, who wait
// for them, and some in reserve, who step in while all workers are at something else.
//
// A worker takes several events at a time, which costs fewer system calls; others may take off it
// what it does not serve yet, and one that sleeps is woken for that.
//
// Those in reserve sleep while there is nothing to do. Otherwise they find out, tick by tick,
// whether what comes is still looked at: they put a ping among the events, as if a client had
// sent something. If nobody has come to it after a tick, they take events up to it themselves. So
// whoever has something urgent to ask waits for two ticks at most.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "http/ready_events.h"
#include "http/waiting_lines.h"

namespace graphmock::http {

// From any thread.
class Events {
 public:
  // An event, or who waits in line, is a word: of a connection what it was armed with, and maybe
  // kEnd. Highest are those that are no connection's.
  static constexpr uint64_t kEnd = uint64_t{1} << 31;  // its client has ended sending, or more
  static constexpr uint64_t kEndOfWork = ReadyEvents::kNone - 1;

  // Numbered from 0 are the workers, and then those in reserve, if there are to be any: one for
  // Lane::Control and what is more urgent, one for Lane::Health.
  Events(size_t workers, bool has_reserve);
  ~Events();  // nobody waits any more

  // All of them.
  size_t hands() const { return ready_.size() + (has_reserve_ ? reserves_.size() : 0); }
  // The least urgent that one of them carries out.
  Lane lane_of(size_t worker) const;

  // `interest` are those of epoll. When the kernel refuses (out of memory) no event will come.
  void arm(int socket, bool is_known, uint32_t interest, uint64_t word);
  // Waits for the next that is for this worker; kEndOfWork when all is over.
  uint64_t next(size_t worker);
  void end_work();

  // Who waits for a worker. Whoever has joined calls somebody then.
  WaitingLines& lines() { return lines_; }
  void call_for_line() { wake_one_if_any_sleeps(); }

 private:
  struct Reserve {
    int ping = -1;  // an eventfd; each writing is an event
    std::atomic<bool> is_ping_met{false};
    // The rest is its own.
    bool has_pinged = false;
    bool is_on_duty = false;
    int idle_ticks = 0;
  };

  uint64_t next_of_worker(size_t worker);
  uint64_t take_ready(size_t worker);
  uint64_t sleep(size_t worker);
  uint64_t next_of_reserve(Reserve& reserve, Lane lane);
  uint64_t look_after_the_rest(Reserve& reserve);
  void wait_a_tick(Reserve& reserve);
  void ping(Reserve& reserve);
  void begin_watch();
  bool is_anything_left() const;
  void wake_one_if_any_sleeps();
  uint64_t answer_call(size_t worker);
  void note_ping(uint64_t word);

  const int epoll_;
  const int end_of_work_;           // an eventfd, readable for good once the workers are to end
  const int wake_up_;               // an eventfd: there is something for one who sleeps
  std::vector<ReadyEvents> ready_;  // of each worker
  WaitingLines lines_;
  std::atomic<size_t> sleepers_{0};     // of the workers, not of the reserve
  std::atomic<bool> is_called_{false};  // one who sleeps, and has not woken yet
  std::array<Reserve, 2> reserves_;
  const bool has_reserve_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> is_watched_{true};  // by all in reserve; changed under the mutex
  std::atomic<bool> has_ended_{false};
};

}  // namespace graphmock::http
