#include "http/worker.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "http/error.h"

namespace graphmock::http {
namespace {

constexpr size_t kReceiveBytes = 64 * 1024;
// In a row for one connection; then others get their turn.
constexpr int kReceivesInARow = 16;
constexpr int kAnswersInARow = 64;
// A client that is refused while it sends gets this long to come to read the answer. Closing at
// once would have the kernel reset the connection, and the answer would be lost on the way.
constexpr std::chrono::seconds kDrainTime{5};
constexpr size_t kDrainBytes = 64 * 1024 * 1024;
constexpr size_t kSpareBytes = 256 * 1024;

}  // namespace

Worker::Worker(Parking& parking, Responder& responder, const ServerOptions& options)
    : parking_(parking), responder_(responder), options_(options), received_(kReceiveBytes) {}

void Worker::run() {
  while (Connection* connection = parking_.next()) serve(*connection);
}

void Worker::serve(Connection& connection) {
  switch (connection.phase) {
    case Phase::Reading:
      if (!receive(connection)) return;
      break;
    case Phase::TimedOut:
      refuse(connection, Error(408, "", "The request did not arrive whole in time."));
      break;
    case Phase::Draining:
      drain(connection);
      return;
    case Phase::Delayed:
    case Phase::Writing:
      connection.request_began = Clock::now();  // the wait was not for the client's next one
      break;
  }
  connection.phase = Phase::Reading;
  converse(connection);
}

bool Worker::receive(Connection& connection) {
  bool received_any = false;
  for (int i = 0; i < kReceivesInARow;) {
    const ssize_t size = ::recv(connection.socket, received_.data(), received_.size(), 0);
    if (size > 0) {
      if (connection.reader.empty()) connection.request_began = Clock::now();
      connection.reader.append({received_.data(), static_cast<size_t>(size)});
      received_any = true;
      if (static_cast<size_t>(size) < received_.size()) break;
      ++i;
    } else if (size < 0 && errno == EINTR) {
      continue;
    } else if (received_any || (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))) {
      break;  // an end behind some bytes is seen again
    } else {
      parking_.close(connection);
      return false;
    }
  }
  return true;
}

void Worker::converse(Connection& connection) {
  for (int answers = 0; flush(connection); ++answers) {
    if (answers == kAnswersInARow) {
      park_for_room(connection);
      return;
    }
    if (!answer_next(connection)) return;
  }
}

bool Worker::answer_next(Connection& connection) {
  try {
    if (connection.reader.next(request_)) return answer(connection);
  } catch (const Error& error) {
    refuse(connection, error);
    return true;
  }
  if (connection.reader.take_expectation()) {
    connection.out = "HTTP/1.1 100 Continue\r\n\r\n";
    return true;
  }
  park_for_bytes(connection);
  return false;
}

bool Worker::answer(Connection& connection) {
  const bool keep_alive = connection.reader.keep_alive() && !parking_.is_shutting_down();
  connection.out.swap(spare_);
  const Answer answer = responder_.answer(request_, keep_alive, connection.out);
  connection.reader.pop();
  const Clock::time_point now = Clock::now();
  connection.request_began = now;  // should the next one be there in part
  if (answer.close) {
    // What came behind it unread would make closing a reset.
    connection.afterwards = connection.reader.empty() ? Afterwards::Close : Afterwards::Drain;
  }
  if (answer.delay.count() <= 0) return true;
  parking_.delay(connection, now + std::min<std::chrono::milliseconds>(answer.delay, kLongestWait));
  return false;
}

void Worker::refuse(Connection& connection, const Error& error) {
  connection.out.swap(spare_);
  responder_.refuse(error, connection.out);
  connection.afterwards = Afterwards::Drain;
  connection.reader.reset();
}

bool Worker::flush(Connection& connection) {
  while (connection.sent < connection.out.size()) {
    const ssize_t size = ::send(connection.socket, connection.out.data() + connection.sent,
                                connection.out.size() - connection.sent, MSG_NOSIGNAL);
    if (size >= 0) {
      connection.sent += static_cast<size_t>(size);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      park_for_room(connection);
      return false;
    } else if (errno != EINTR) {
      parking_.close(connection);
      return false;
    }
  }
  connection.sent = 0;
  connection.out.clear();
  if (connection.out.capacity() > spare_.capacity()) connection.out.swap(spare_);
  connection.out = std::string();
  if (spare_.capacity() > kSpareBytes) spare_ = std::string();
  switch (connection.afterwards) {
    case Afterwards::Continue:
      return true;
    case Afterwards::Close:
      parking_.close(connection);
      return false;
    case Afterwards::Drain:
      ::shutdown(connection.socket, SHUT_WR);
      connection.drain_until = Clock::now() + kDrainTime;
      drain(connection);
      return false;
  }
  return false;
}

void Worker::drain(Connection& connection) {
  connection.phase = Phase::Draining;
  for (int i = 0; i < kReceivesInARow; ++i) {
    const ssize_t size = ::recv(connection.socket, received_.data(), received_.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (size > 0) connection.drained += static_cast<size_t>(size);
    if (size <= 0 || connection.drained > kDrainBytes) {
      parking_.close(connection);
      return;
    }
  }
  parking_.park(connection, Parking::Until::Readable, connection.drain_until);
}

void Worker::park_for_bytes(Connection& connection) {
  connection.phase = Phase::Reading;
  const Clock::time_point deadline = connection.reader.empty()
                                         ? Clock::now() + options_.idle_timeout
                                         : connection.request_began + options_.request_timeout;
  parking_.park(connection, Parking::Until::Readable, deadline);
}

// Also for a connection that has nothing to send: it is given to a worker again at once.
void Worker::park_for_room(Connection& connection) {
  connection.phase = Phase::Writing;
  parking_.park(connection, Parking::Until::Writable, Clock::now() + options_.write_timeout);
}

}  // namespace graphmock::http
