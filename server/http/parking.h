// Where connections wait, at no worker's cost: in epoll for bytes or for room to write, on a timer
// for their answer's delay, in line for a worker. Most wait for bytes again and again, of which
// epoll tells without being asked anew each time (edge-triggered): a look through all connections
// that the kernel is spared. A worker takes the next one that is ready; one that waited past its
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
#include "http/events.h"
#include "http/server.h"

namespace graphmock::http {

class Parking {
 public:
  enum class Until { Readable, Writable };

  // The shortest time-out of the options sets how exactly deadlines are kept, at worst half a
  // second late. `capacity` is how many connections there may be.
  Parking(const ServerOptions& options, size_t capacity, size_t workers);
  ~Parking();

  // A connection is held by whom open() or next() gave it to. Each of park(), delay(),
  // wait_in_line() and close() takes it away again; it must not be touched after that. What holds
  // more than there is room for is closed when it is parked. A client that is found to be gone
  // while its answer is delayed or its request waits in line ends the connection.
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

  // Until a worker has time for the request that it has, which the caller is not to carry out.
  void wait_in_line(Connection& connection, Lane lane);

  // Waits for one that is ready. Null: no more will come, the worker is to end. Workers are
  // numbered from 0; the last are those in reserve, if any request has a lane of its own.
  Connection* next(size_t worker);
  size_t workers() const { return events_.hands(); }
  Lane lane_of(size_t worker) const { return events_.lane_of(worker); }

  // Lets what is under way finish, delays cut short, closes the rest, and ends the workers. False:
  // that is not done, and still may be, as a worker has not come back until then.
  bool shut_down(Clock::time_point give_up);
  bool is_shutting_down() const { return shutting_down_.load(std::memory_order_relaxed); }

  // The two halves of a look at deadlines. Public for the tests, as a connection may be served
  // between them.
  using Overdue = ConnectionTable::Overdue;
  std::vector<Overdue> overdue(Clock::time_point now) { return table_.overdue(now); }
  void expire(const Overdue& overdue, Clock::time_point now);

 private:
  using Delays = std::map<std::pair<Clock::time_point, uint32_t>, uint32_t>;

  uint32_t prepare_to_wait(Connection& connection, Phase phase);
  void see_after_client(Connection& connection);
  void withdraw(Connection& connection);
  void watch();
  void send_due_answers(std::unique_lock<std::mutex>& lock, Clock::time_point now);
  void wind_up(const Overdue& overdue);

  const std::chrono::milliseconds grace_;
  const std::chrono::milliseconds write_timeout_;
  const std::chrono::milliseconds interval_;
  ConnectionTable table_;
  Budget budget_;
  Events events_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Delays delays_;  // tickets, by when the answer is due and slot
  bool watching_ = true;
  std::atomic<bool> shutting_down_{false};
  Clock::time_point grace_ends_;
  std::thread watcher_;
};

}  // namespace graphmock::http
