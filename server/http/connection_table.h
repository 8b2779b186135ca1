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

  // Takes, as their holder, all parked connections whose deadline is not later. One may have been
  // served meanwhile and have a later one by now.
  std::vector<Connection*> take_overdue(Clock::time_point now);
  void wait_until_empty();

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
