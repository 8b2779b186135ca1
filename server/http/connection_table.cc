#include "http/connection_table.h"

#include <string>

namespace graphmock::http {

ConnectionTable::ConnectionTable(size_t capacity, RequestLimits limits)
    : capacity_(capacity),
      limits_(limits),
      slots_(std::make_unique<std::unique_ptr<Connection>[]>(capacity)) {}

Connection* ConnectionTable::open(int socket, const TlsContext* tls) {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    if (made_ == capacity_) return nullptr;
    const auto slot = static_cast<uint32_t>(made_);
    slots_[slot] = std::make_unique<Connection>(slot, limits_);
    free_.push_back(slot);
    ++made_;
  }
  Connection& connection = *slots_[free_.back()];
  if (!connection.channel.open(socket, tls)) return nullptr;
  free_.pop_back();
  return &connection;
}

void ConnectionTable::close(Connection& connection) {
  connection.channel.close();
  connection.is_known_to_epoll = false;
  connection.is_armed_for_bytes = false;
  connection.may_have_ended = false;
  connection.has_ended = false;
  connection.phase = Phase::Reading;
  connection.reader.reset();
  std::string().swap(connection.out);
  connection.sent = 0;
  connection.pace = Pace();
  connection.afterwards = Afterwards::Continue;
  connection.drained = 0;
  connection.was_slow = false;
  connection.has_been_probed = false;
  const std::lock_guard lock(mutex_);
  free_.push_back(connection.slot);
  if (free_.size() == made_) emptied_.notify_all();
}

std::vector<ConnectionTable::Overdue> ConnectionTable::overdue(Clock::time_point now) {
  std::vector<Overdue> overdue;
  const std::lock_guard lock(mutex_);
  for (size_t slot = 0; slot < made_; ++slot) {
    Connection& connection = *slots_[slot];
    const std::optional<uint32_t> ticket = connection.claim.parked();
    if (!ticket) continue;
    if (connection.deadline.load(std::memory_order_relaxed) <= now.time_since_epoch().count()) {
      overdue.push_back({&connection, *ticket});
    }
  }
  return overdue;
}

bool ConnectionTable::wait_until_empty(Clock::time_point give_up) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_until(lock, give_up, [this] { return free_.size() == made_; });
}

}  // namespace graphmock::http
