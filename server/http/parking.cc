#include "http/parking.h"

#include <sys/epoll.h>

#include <algorithm>

namespace graphmock::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestInterval{500};
constexpr milliseconds kIntervalWhileShuttingDown{5};

static_assert(Events::kEnd == uint64_t{Claim::kMostTicket} + 1, "a ticket and kEnd share a word");

uint64_t word_of(uint32_t slot, uint32_t ticket) {
  return (uint64_t{slot} << 32) | ticket;
}

milliseconds shortest_timeout(const ServerOptions& options) {
  return std::min({options.request_timeout, options.idle_timeout, options.write_timeout});
}

}  // namespace

Parking::Parking(const ServerOptions& options, size_t capacity, size_t workers)
    : grace_(options.grace),
      write_timeout_(options.write_timeout),
      interval_(std::clamp(shortest_timeout(options) / 4, milliseconds(1), kLongestInterval)),
      table_(capacity, {options.max_head_bytes, options.max_body_bytes}),
      budget_(options.max_held_bytes),
      events_(workers, options.lane_of != nullptr) {
  watcher_ = std::thread([this] { watch(); });
}

Parking::~Parking() {
  shut_down(Clock::now() + kLongestWait);
}

Connection* Parking::open(int socket, const TlsContext* tls) {
  return table_.open(socket, tls);
}

void Parking::close(Connection& connection) {
  budget_.charge(connection.charged, 0);
  table_.close(connection);
}

bool Parking::has_room_for(Connection& connection) {
  return budget_.charge(connection.charged, connection.held_bytes());
}

void Parking::give_back_room(Connection& connection) {
  if (connection.charged == 0) return;
  const size_t rest = connection.reader.empty() ? 0 : connection.reader.held_bytes();
  budget_.charge(connection.charged, std::min(connection.charged, rest));
}

void Parking::park(Connection& connection, Until until, Clock::time_point deadline) {
  if (!has_room_for(connection)) return close(connection);
  connection.deadline.store(deadline.time_since_epoch().count(), std::memory_order_relaxed);
  connection.is_armed_for_bytes = until == Until::Readable;
  const uint32_t ticket = connection.claim.prepare_to_leave();
  const uint32_t interest = until == Until::Readable ? uint32_t{EPOLLIN} | EPOLLRDHUP | EPOLLET
                                                     : uint32_t{EPOLLOUT} | EPOLLONESHOT;
  // When the kernel refuses the deadline still gets the connection closed.
  events_.arm(connection.channel.socket(), std::exchange(connection.is_known_to_epoll, true),
              interest, word_of(connection.slot, ticket));
  connection.claim.leave();
}

bool Parking::park_again(Connection& connection, Clock::time_point deadline) {
  if (!has_room_for(connection)) {
    close(connection);
    return true;
  }
  connection.deadline.store(deadline.time_since_epoch().count(), std::memory_order_relaxed);
  if (connection.claim.leave_again()) return true;
  connection.may_have_ended = true;  // who came would have known
  return false;
}

// For something else than the socket, of which epoll tells the client's end alone meanwhile.
uint32_t Parking::prepare_to_wait(Connection& connection, Phase phase) {
  connection.phase = phase;
  connection.is_armed_for_bytes = false;
  connection.deadline.store(Clock::time_point::max().time_since_epoch().count(),
                            std::memory_order_relaxed);
  const uint32_t ticket = connection.claim.prepare_to_leave();
  const uint32_t interest = connection.has_been_probed ? 0 : uint32_t{EPOLLRDHUP};
  events_.arm(connection.channel.socket(), std::exchange(connection.is_known_to_epoll, true),
              interest | EPOLLONESHOT, word_of(connection.slot, ticket));
  return ticket;
}

void Parking::delay(Connection& connection, Clock::time_point until) {
  if (!has_room_for(connection)) return close(connection);
  connection.due = until;
  const uint32_t ticket = prepare_to_wait(connection, Phase::Delayed);
  {
    const std::lock_guard lock(mutex_);
    const auto place = delays_.insert_or_assign({until, connection.slot}, ticket).first;
    if (place == delays_.begin()) changed_.notify_one();
  }
  connection.claim.leave();
}

void Parking::wait_in_line(Connection& connection, Lane lane) {
  if (!has_room_for(connection)) return close(connection);
  const uint32_t ticket = prepare_to_wait(connection, Phase::Waiting);
  using Line = WaitingLines::Line;
  const Line line = lane != Lane::Ordinary ? Line::Urgent
                    : connection.was_slow  ? Line::Slow
                                           : Line::Quick;
  connection.place = events_.lines().join(line, word_of(connection.slot, ticket));
  connection.claim.leave();
  events_.call_for_line();
}

// Whose end has been told of while it waits. Half of it is none: who has nothing more to ask still
// wants the answer.
void Parking::see_after_client(Connection& connection) {
  withdraw(connection);
  if (!connection.channel.probe()) return close(connection);
  connection.has_been_probed = true;
  if (connection.phase == Phase::Delayed) return delay(connection, connection.due);
  const uint32_t ticket = prepare_to_wait(connection, Phase::Waiting);
  events_.lines().rejoin(connection.place, word_of(connection.slot, ticket));
  connection.claim.leave();
  events_.call_for_line();
}

// From what it waits for.
void Parking::withdraw(Connection& connection) {
  if (connection.phase == Phase::Waiting) events_.lines().leave(connection.place);
  if (connection.phase != Phase::Delayed) return;
  const std::lock_guard lock(mutex_);
  delays_.erase({connection.due, connection.slot});
}

Connection* Parking::next(size_t worker) {
  for (;;) {
    const uint64_t word = events_.next(worker);
    if (word == Events::kEndOfWork) return nullptr;
    Connection& connection = table_.at(static_cast<uint32_t>(word >> 32));
    if (!connection.claim.take(static_cast<uint32_t>(word) & Claim::kMostTicket)) continue;
    if ((word & Events::kEnd) == 0) return &connection;
    connection.may_have_ended = true;
    const Phase phase = connection.phase;
    if (phase != Phase::Delayed && phase != Phase::Waiting) return &connection;
    see_after_client(connection);
  }
}

bool Parking::shut_down(Clock::time_point give_up) {
  {
    const std::lock_guard lock(mutex_);
    if (!watching_) return true;
    if (!is_shutting_down()) grace_ends_ = Clock::now() + grace_;
    shutting_down_.store(true, std::memory_order_relaxed);
    changed_.notify_one();
  }
  if (!table_.wait_until_empty(give_up)) return false;
  {
    const std::lock_guard lock(mutex_);
    watching_ = false;
    changed_.notify_one();
  }
  watcher_.join();
  events_.end_work();
  return true;
}

// Deadlines are looked at in rounds, so that no request pays for a timer; delays are kept exactly.
void Parking::watch() {
  std::unique_lock lock(mutex_);
  Clock::time_point next_round = Clock::now() + interval_;
  while (watching_) {
    const bool winding_up = is_shutting_down();
    Clock::time_point now = Clock::now();
    send_due_answers(lock, now);
    if (winding_up || now >= next_round) {
      lock.unlock();
      for (const Overdue& parked : overdue(winding_up ? Clock::time_point::max() : now)) {
        winding_up ? wind_up(parked) : expire(parked, now);
      }
      lock.lock();
      now = Clock::now();
      next_round = now + (winding_up ? kIntervalWhileShuttingDown : interval_);
    }
    if (!watching_ || is_shutting_down() != winding_up) continue;
    // A copy: the delay may be withdrawn while this waits.
    const Clock::time_point until =
        delays_.empty() ? next_round : std::min(next_round, delays_.begin()->first.first);
    changed_.wait_until(lock, until);
  }
}

void Parking::send_due_answers(std::unique_lock<std::mutex>& lock, Clock::time_point now) {
  while (!delays_.empty() && delays_.begin()->first.first <= now) {
    const uint32_t slot = delays_.begin()->first.second;
    const uint32_t ticket = delays_.begin()->second;
    delays_.erase(delays_.begin());
    lock.unlock();
    Connection& connection = table_.at(slot);
    if (connection.claim.take(ticket)) {
      connection.phase = Phase::Writing;
      park(connection, Until::Writable, now + write_timeout_);
    }
    lock.lock();
  }
}

void Parking::expire(const Overdue& overdue, Clock::time_point now) {
  Connection& connection = *overdue.connection;
  if (!connection.claim.take(overdue.ticket)) return;
  const Clock::time_point deadline{Clock::duration(connection.deadline.load())};
  if (deadline > now) {  // it has been served since it was looked at
    park(connection, Until::Readable, deadline);
  } else if (connection.phase == Phase::Reading && !connection.reader.empty()) {
    connection.phase = Phase::TimedOut;
    park(connection, Until::Writable, now + write_timeout_);
  } else {
    close(connection);
  }
}

void Parking::wind_up(const Overdue& overdue) {
  Connection& connection = *overdue.connection;
  if (!connection.claim.take(overdue.ticket)) return;
  withdraw(connection);
  const bool owes_an_answer = connection.phase == Phase::Delayed ||
                              connection.phase == Phase::Writing ||
                              connection.phase == Phase::TimedOut;
  if (!owes_an_answer || Clock::now() >= grace_ends_) {
    close(connection);
    return;
  }
  if (connection.phase == Phase::Delayed) connection.phase = Phase::Writing;
  park(connection, Until::Writable, grace_ends_);
}

}  // namespace graphmock::http
