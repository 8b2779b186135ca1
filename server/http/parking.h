// Where connections wait, at no worker's cost: in epoll for bytes or for room to write, on a timer
// for their answer's delay. Most wait for bytes again and again, of which epoll tells without being
// asked anew each time (edge-triggered): a look through all connections that the kernel is spared.
// A worker takes the next one that is ready; one that waited past its
// deadline is closed here, or handed to a worker to be told so.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "http/budget.h"
#include "http/connection_table.h"
#include "http/ready_events.h"
#include "http/server.h"

namespace graphmock::http {

class Parking {
 public:
  enum class Until { Readable, Writable };

  // The shortest time-out of the options sets how exactly deadlines are kept, at worst half a
  // second late. `capacity` is how many connections there may be.
  Parking(const ServerOptions& options, size_t capacity, size_t workers);
  ~Parking();

  // A connection is held by whom open() or next() gave it to. Each of park(), delay() and close()
  // takes it away again; it must not be touched after that. What holds more than there is room for
  // is closed when it is parked.
  Connection* open(int socket, const TlsContext* tls);  // null when there are too many
  void park(Connection& connection, Until until, Clock::time_point deadline);
  // For bytes, as before, of one that is armed for them and read out. False: something has come
  // meanwhile, and the connection is still the caller's.
  bool park_again(Connection& connection, Clock::time_point deadline);
  void delay(Connection& connection, Clock::time_point until);
  void close(Connection& connection);
  // Whether there is room for what the connection holds now.
  bool has_room_for(Connection& connection);
  // Before an answer is sent: whoever has it may count on the room that the request took.
  void give_back_room(Connection& connection);

  // Waits for one that is ready. Null: no more will come, the worker is to end. Workers are
  // numbered from 0.
  Connection* next(size_t worker);

  // Lets what is under way finish, delays cut short, and closes the rest; then ends the workers.
  void shut_down();
  bool is_shutting_down() const { return shutting_down_.load(std::memory_order_relaxed); }

 private:
  using Delays = std::multimap<Clock::time_point, std::pair<uint32_t, uint32_t>>;

  uint64_t take_ready(size_t worker);
  void watch();
  void send_due_answers(std::unique_lock<std::mutex>& lock, Clock::time_point now);
  void expire(Connection& connection);
  void wind_up(Connection& connection);

  const std::chrono::milliseconds write_timeout_;
  const std::chrono::milliseconds interval_;
  ConnectionTable table_;
  Budget budget_;
  std::vector<ReadyEvents> ready_;  // of each worker
  const int epoll_;
  const int end_of_work_;  // an eventfd, readable for good once the workers are to end

  std::mutex mutex_;
  std::condition_variable changed_;
  Delays delays_;  // slot and ticket, by the time at which the answer is due
  bool watching_ = true;
  std::atomic<bool> shutting_down_{false};
  Clock::time_point grace_ends_;
  std::thread watcher_;
};

}  // namespace graphmock::http
