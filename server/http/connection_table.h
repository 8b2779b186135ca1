// All connections, in slots that are used again: an event names a slot and a ticket, and stays
// harmless when the connection it was meant for is gone, as a slot's memory is never freed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "http/connection.h"

namespace graphmock::http {

class ConnectionTable {
 public:
  ConnectionTable(size_t capacity, RequestLimits limits);

  // Held by the caller. Null when the table is full; the socket is still the caller's then.
  Connection* open(int socket, const TlsContext* tls);
  // For the holder, which loses it.
  void close(Connection& connection);
  // Without a lock: for a slot that an event named.
  Connection& at(uint32_t slot) { return *slots_[slot]; }

  // Parked connections whose deadline is not later. By the time that one is taken, with that
  // ticket, it may have been served, and have a later one.
  struct Overdue {
    Connection* connection;
    uint32_t ticket;
  };
  std::vector<Overdue> overdue(Clock::time_point now);
  bool wait_until_empty(Clock::time_point give_up);

 private:
  const size_t capacity_;
  const RequestLimits limits_;
  std::mutex mutex_;
  std::condition_variable emptied_;
  std::unique_ptr<std::unique_ptr<Connection>[]> slots_;  // never moves: at() takes no lock
  size_t made_ = 0;
  std::vector<uint32_t> free_;
};

}  // namespace graphmock::http
