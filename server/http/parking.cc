#include "http/parking.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace graphmock::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestInterval{500};
constexpr milliseconds kIntervalWhileShuttingDown{5};
// To send what is due when the server stops.
constexpr milliseconds kGrace{1000};
constexpr uint64_t kEndOfWork = ReadyEvents::kNone - 1;

// What epoll tells of a connection, in one word: its slot, a ticket, and whether it may have ended.
constexpr uint64_t kEnd = uint64_t{Claim::kMostTicket} + 1;

uint64_t word_of(uint32_t slot, uint32_t ticket) {
  return (uint64_t{slot} << 32) | ticket;
}

uint64_t word_of(const epoll_event& event) {
  const bool may_have_ended = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  return event.data.u64 | (may_have_ended ? kEnd : 0);
}

int valid(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return descriptor;
}

milliseconds shortest_timeout(const ServerOptions& options) {
  return std::min({options.request_timeout, options.idle_timeout, options.write_timeout});
}

}  // namespace

Parking::Parking(const ServerOptions& options, size_t capacity, size_t workers)
    : write_timeout_(options.write_timeout),
      interval_(std::clamp(shortest_timeout(options) / 4, milliseconds(1), kLongestInterval)),
      table_(capacity, {options.max_head_bytes, options.max_body_bytes}),
      budget_(options.max_held_bytes),
      ready_(workers),
      epoll_(valid(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      end_of_work_(valid(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kEndOfWork;
  valid(epoll_ctl(epoll_, EPOLL_CTL_ADD, end_of_work_, &event), "epoll_ctl");
  watcher_ = std::thread([this] { watch(); });
}

Parking::~Parking() {
  shut_down();
  ::close(end_of_work_);
  ::close(epoll_);
}

Connection* Parking::open(int socket, const TlsContext* tls) {
  return table_.open(socket, tls);
}

void Parking::close(Connection& connection) {
  budget_.charge(connection.charged, 0);
  table_.close(connection);
}

bool Parking::has_room_for(Connection& connection) {
  return budget_.charge(connection.charged,
                        connection.reader.held_bytes() + connection.out.capacity());
}

void Parking::give_back_room(Connection& connection) {
  if (connection.charged == 0) return;
  budget_.charge(connection.charged, std::min(connection.charged, connection.reader.held_bytes()));
}

void Parking::park(Connection& connection, Until until, Clock::time_point deadline) {
  if (!has_room_for(connection)) return close(connection);
  connection.deadline.store(deadline.time_since_epoch().count(), std::memory_order_relaxed);
  connection.is_armed_for_bytes = until == Until::Readable;
  const uint32_t ticket = connection.claim.prepare_to_leave();
  epoll_event event{};
  event.events =
      until == Until::Readable ? EPOLLIN | EPOLLRDHUP | EPOLLET : uint32_t{EPOLLOUT} | EPOLLONESHOT;
  event.data.u64 = word_of(connection.slot, ticket);
  const int operation = connection.is_known_to_epoll ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  connection.is_known_to_epoll = true;
  // When the kernel refuses (out of memory) the deadline still gets the connection closed.
  epoll_ctl(epoll_, operation, connection.channel.socket(), &event);
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

void Parking::delay(Connection& connection, Clock::time_point until) {
  if (!has_room_for(connection)) return close(connection);
  connection.phase = Phase::Delayed;
  connection.is_armed_for_bytes = false;
  connection.deadline.store(Clock::time_point::max().time_since_epoch().count(),
                            std::memory_order_relaxed);
  const uint32_t ticket = connection.claim.prepare_to_leave();
  {
    const std::lock_guard lock(mutex_);
    const auto place = delays_.emplace(until, std::pair(connection.slot, ticket));
    if (place == delays_.begin()) changed_.notify_one();
  }
  connection.claim.leave();
}

Connection* Parking::next(size_t worker) {
  for (;;) {
    auto ready = take_ready(worker);
    if (ready == ReadyEvents::kNone) {
      std::array<epoll_event, 1 + ReadyEvents::kMost> events;
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      if (count < 1) continue;  // a signal
      ready = word_of(events[0]);
      for (int i = 1; i < count; ++i) {
        ready_[worker].put(static_cast<size_t>(i - 1), word_of(events[static_cast<size_t>(i)]));
      }
    }
    if (ready == kEndOfWork) return nullptr;
    Connection& connection = table_.at(static_cast<uint32_t>(ready >> 32));
    if (!connection.claim.take(static_cast<uint32_t>(ready) & Claim::kMostTicket)) continue;
    connection.may_have_ended = connection.may_have_ended || (ready & kEnd) != 0;
    return &connection;
  }
}

// Its own first, then what others have and may be too busy for.
uint64_t Parking::take_ready(size_t worker) {
  for (size_t i = 0; i < ready_.size(); ++i) {
    const auto event = ready_[(worker + i) % ready_.size()].take();
    if (event != ReadyEvents::kNone) return event;
  }
  return ReadyEvents::kNone;
}

void Parking::shut_down() {
  {
    const std::lock_guard lock(mutex_);
    if (!watching_) return;
    grace_ends_ = Clock::now() + kGrace;
    shutting_down_.store(true, std::memory_order_relaxed);
    changed_.notify_one();
  }
  table_.wait_until_empty();
  {
    const std::lock_guard lock(mutex_);
    watching_ = false;
    changed_.notify_one();
  }
  watcher_.join();
  eventfd_write(end_of_work_, 1);
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
      for (Connection* connection :
           table_.take_overdue(winding_up ? Clock::time_point::max() : now)) {
        winding_up ? wind_up(*connection) : expire(*connection);
      }
      lock.lock();
      now = Clock::now();
      next_round = now + (winding_up ? kIntervalWhileShuttingDown : interval_);
    }
    if (!watching_ || is_shutting_down() != winding_up) continue;
    changed_.wait_until(
        lock, delays_.empty() ? next_round : std::min(next_round, delays_.begin()->first));
  }
}

void Parking::send_due_answers(std::unique_lock<std::mutex>& lock, Clock::time_point now) {
  while (!delays_.empty() && delays_.begin()->first <= now) {
    const auto [slot, ticket] = delays_.begin()->second;
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

void Parking::expire(Connection& connection) {
  const Clock::time_point deadline{Clock::duration(connection.deadline.load())};
  if (deadline > Clock::now()) {  // it has been served since it was looked at
    park(connection, Until::Readable, deadline);
  } else if (connection.phase == Phase::Reading && !connection.reader.empty()) {
    connection.phase = Phase::TimedOut;
    park(connection, Until::Writable, Clock::now() + write_timeout_);
  } else {
    close(connection);
  }
}

void Parking::wind_up(Connection& connection) {
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
