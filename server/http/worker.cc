#include "http/worker.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <chrono>

#include "http/error.h"
#include "http/fault.h"

namespace graphmock::http {
namespace {

constexpr size_t kReceiveBytes = 64 * 1024;
// In a row for one connection; then others get their turn.
constexpr int kReceivesInARow = 16;
constexpr int kAnswersInARow = 64;
constexpr std::chrono::milliseconds kTimeInARow{10};
// A request that takes longer is slow; when workers are short, the connection's next one waits for
// those of others.
constexpr std::chrono::milliseconds kSlow{20};
// A client that is refused while it sends gets this long to come to read the answer. Closing at
// once would have the kernel reset the connection, and the answer would be lost on the way.
constexpr std::chrono::seconds kDrainTime{5};
constexpr size_t kDrainBytes = 64 * 1024 * 1024;
constexpr size_t kSpareBytes = 256 * 1024;
// Between two looks at whether a connection that is to be reset has sent all that came before.
constexpr std::chrono::milliseconds kResetInterval{1};

Error too_much() {
  return Error(503, "", "The server holds too much of other requests.");
}

}  // namespace

Worker::Worker(size_t number, Parking& parking, Responder& responder, const ServerOptions& options)
    : number_(number),
      lane_(parking.lane_of(number)),
      parking_(parking),
      responder_(responder),
      options_(options),
      received_(kReceiveBytes) {}

void Worker::run() {
  while (Connection* connection = parking_.next(number_)) {
    while (serve(*connection)) {
    }
  }
}

bool Worker::serve(Connection& connection) {
  switch (connection.phase) {
    case Phase::Reading:
      if (!receive(connection)) return false;
      if (connection.channel.fell_back_to_plain()) {
        refuse(connection, Error(400, "",
                                 "This port is for HTTPS. The address needs https://, or "
                                 "the port that is for HTTP."));
      }
      break;
    case Phase::Waiting:
      turn_began_ = Clock::now();
      break;
    case Phase::TimedOut:
      refuse(connection, Error(408, "", "The request did not arrive whole in time."));
      break;
    case Phase::Draining:
      drain(connection);
      return false;
    case Phase::Delayed:
    case Phase::Writing:
      // The wait was not for the client's next one.
      connection.request_began = turn_began_ = Clock::now();
      break;
  }
  connection.phase = Phase::Reading;
  return converse(connection);
}

// A short reading has read out the connection, but for its end. What is left has to show by itself,
// as epoll tells of nothing twice.
bool Worker::receive(Connection& connection) {
  connection.is_read_out = false;
  bool received_any = false;
  for (int i = 0; i < kReceivesInARow && !connection.is_read_out; ++i) {
    const auto received = connection.channel.receive(received_);
    if (received.bytes > 0) {
      if (connection.reader.empty()) {
        connection.request_began = turn_began_ = Clock::now();
      } else if (!received_any) {
        turn_began_ = Clock::now();
      }
      connection.reader.append({received_.data(), received.bytes});
      received_any = true;
      connection.is_read_out = received.is_read_out && !connection.may_have_ended;
    } else if (received.stop == Channel::Stop::WouldBlock) {
      connection.is_read_out = true;
      connection.may_have_ended = false;
    } else if (received_any || connection.channel.fell_back_to_plain()) {
      connection.is_read_out = connection.has_ended = true;
    } else {
      parking_.close(connection);
      return false;
    }
  }
  return true;
}

bool Worker::converse(Connection& connection) {
  for (int answers = 0; flush(connection); ++answers) {
    if (has_had_its_turn(connection, answers)) {
      park_for_room(connection);
      return false;
    }
    const Next next = answer_next(connection);
    if (next != Next::Flush) return next == Next::Receive;
  }
  return false;
}

Worker::Next Worker::answer_next(Connection& connection) {
  try {
    if (connection.reader.next(request_)) {
      request_.is_secure = connection.channel.is_tls();
      if (lane_ != Lane::Ordinary && leave_to_others(connection)) return Next::Gone;
      return answer(connection) ? Next::Flush : Next::Gone;
    }
  } catch (const Error& error) {
    refuse(connection, error);
    return Next::Flush;
  }
  if (connection.reader.take_expectation()) {
    connection.out = "HTTP/1.1 100 Continue\r\n\r\n";
    return Next::Flush;
  }
  if (!parking_.has_room_for(connection)) {
    refuse(connection, too_much());
    return Next::Flush;
  }
  return park_for_bytes(connection) ? Next::Receive : Next::Gone;
}

// One in reserve carries out what it is kept for. Throws Error where there is no room to wait.
bool Worker::leave_to_others(Connection& connection) {
  Lane lane = Lane::Ordinary;
  try {
    lane = options_.lane_of(request_);
  } catch (...) {
    // What is wrong with it is for the handler to say.
  }
  if (lane >= lane_) return false;
  if (!parking_.has_room_for(connection)) throw too_much();
  parking_.wait_in_line(connection, lane);
  return true;
}

bool Worker::has_had_its_turn(const Connection& connection, int answers) const {
  if (answers == kAnswersInARow) return true;
  return answers > 0 && !connection.reader.empty() &&
         connection.request_began - turn_began_ > kTimeInARow;
}

bool Worker::answer(Connection& connection) {
  const Clock::time_point previous = connection.request_began;
  const bool keep_alive = connection.reader.keep_alive() && !parking_.is_shutting_down();
  connection.out.swap(spare_);
  const Answer answer = responder_.answer(request_, keep_alive, connection.out);
  connection.reader.pop();
  parking_.give_back_room(connection);
  const Clock::time_point now = Clock::now();
  connection.was_slow = now - std::max(previous, turn_began_) > kSlow;
  connection.request_began = now;  // should the next one be there in part
  connection.afterwards = afterwards_of(answer, connection);
  const Delivery& delivery = answer.delivery;
  const Clock::time_point due =
      now + std::clamp<std::chrono::milliseconds>(delivery.delay, {}, kLongestWait);
  connection.reset_until = due + options_.write_timeout;
  if (delivery.dribble.chunks > 0) {
    const size_t head = head_size(connection.out);
    connection.pace = Pace(delivery.dribble, head, connection.out.size() - head, due);
  }
  if (due <= now) return true;
  parking_.delay(connection, due);
  return false;
}

Afterwards Worker::afterwards_of(const Answer& answer, const Connection& connection) const {
  const Fault fault = answer.delivery.fault;
  if (fault == Fault::None && !answer.close) return Afterwards::Continue;
  if (fault == Fault::ConnectionReset) return Afterwards::Reset;
  // What comes behind it unread would make closing a reset. A fault is to be the fault asked for
  // even when the client is still sending.
  if (fault != Fault::None || !connection.reader.empty()) return Afterwards::Drain;
  return Afterwards::Close;
}

void Worker::refuse(Connection& connection, const Error& error) {
  connection.out.swap(spare_);
  responder_.refuse(error, connection.out);
  connection.afterwards = Afterwards::Drain;
  connection.reader.reset();
  parking_.give_back_room(connection);
}

bool Worker::flush(Connection& connection) {
  const bool is_at_once = connection.pace.is_at_once() || parking_.is_shutting_down();
  const Clock::time_point now = is_at_once ? Clock::time_point() : Clock::now();
  const size_t due = is_at_once ? connection.out.size() : connection.pace.due_bytes(now);
  while (connection.sent < due) {
    const auto rest =
        std::string_view(connection.out).substr(connection.sent, due - connection.sent);
    const auto sent = connection.channel.send(rest);
    connection.sent += sent.bytes;
    if (sent.stop == Channel::Stop::None) continue;
    if (sent.stop == Channel::Stop::WouldBlock) {
      park_for_room(connection);
    } else {
      parking_.close(connection);
    }
    return false;
  }
  if (due < connection.out.size()) {
    parking_.delay(connection, connection.pace.next_time(now));
    return false;
  }
  connection.sent = 0;
  connection.pace = Pace();
  connection.out.clear();
  if (connection.out.capacity() > spare_.capacity()) connection.out.swap(spare_);
  // An empty string that is assigned leaves the memory where it is.
  std::string().swap(connection.out);
  if (spare_.capacity() > kSpareBytes) std::string().swap(spare_);
  switch (connection.afterwards) {
    case Afterwards::Continue:
      return true;
    case Afterwards::Close:
      parking_.close(connection);
      return false;
    case Afterwards::Drain:
      connection.channel.end_sending();
      connection.drain_until = Clock::now() + kDrainTime;
      drain(connection);
      return false;
    case Afterwards::Reset:
      reset(connection);
      return false;
  }
  return false;
}

// The kernel drops what it has not delivered yet of the answers before when it resets.
void Worker::reset(Connection& connection) {
  int undelivered = 0;
  const bool is_known = ::ioctl(connection.channel.socket(), SIOCOUTQ, &undelivered) == 0;
  const Clock::time_point now = Clock::now();
  if (is_known && undelivered > 0 && now < connection.reset_until) {
    parking_.delay(connection, now + kResetInterval);
    return;
  }
  connection.channel.reset();
  parking_.close(connection);
}

void Worker::drain(Connection& connection) {
  connection.phase = Phase::Draining;
  for (int i = 0; i < kReceivesInARow; ++i) {
    const auto skipped = connection.channel.skip(received_);
    if (skipped.stop == Channel::Stop::WouldBlock) break;
    connection.drained += skipped.bytes;
    if (skipped.stop == Channel::Stop::Ended || connection.drained > kDrainBytes) {
      parking_.close(connection);
      return;
    }
  }
  parking_.park(connection, Parking::Until::Readable, connection.drain_until);
}

bool Worker::park_for_bytes(Connection& connection) {
  if (connection.has_ended) {
    parking_.close(connection);
    return false;
  }
  connection.phase = Phase::Reading;
  const Channel& channel = connection.channel;
  if (!connection.is_read_out && channel.holds_bytes()) return true;
  const bool is_idle = connection.reader.empty() && !channel.is_in_handshake();
  const Clock::time_point deadline =
      connection.request_began + (is_idle ? options_.idle_timeout : options_.request_timeout);
  if (channel.wants_room()) {
    parking_.park(connection, Parking::Until::Writable, deadline);
    return false;
  }
  if (connection.is_armed_for_bytes && connection.is_read_out) {
    return !parking_.park_again(connection, deadline);
  }
  parking_.park(connection, Parking::Until::Readable, deadline);
  return false;
}

// Also for a connection that has nothing to send: it is given to a worker again at once.
void Worker::park_for_room(Connection& connection) {
  connection.phase = Phase::Writing;
  parking_.park(connection, Parking::Until::Writable, Clock::now() + options_.write_timeout);
}

}  // namespace graphmock::http
