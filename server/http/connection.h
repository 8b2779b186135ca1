// One client's connection as the workers pass it on: what has arrived, what is still to be sent,
// and what it waits for. No behaviour; Worker serves it, Parking keeps it meanwhile.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "http/channel.h"
#include "http/claim.h"
#include "http/pace.h"
#include "http/request_reader.h"
#include "http/waiting_lines.h"

namespace graphmock::http {

using Clock = std::chrono::steady_clock;
inline constexpr std::chrono::hours kLongestWait{24 * 365};

enum class Phase {
  Reading,   // waits for bytes of a request
  Waiting,   // for a worker: the next request is there, whole
  TimedOut,  // the request did not arrive whole in time: to be told so
  Delayed,   // the answer is ready, and it or its next piece not yet to be sent
  Writing,   // the answer waits for room in the socket
  Draining,  // all is said; what the client still sends is thrown away
};

enum class Afterwards { Continue, Close, Drain, Reset };

struct Connection {
  Connection(uint32_t slot_number, RequestLimits limits) : slot(slot_number), reader(limits) {}

  const uint32_t slot;
  Claim claim;
  // Stored before parking; whoever looks for overdue connections reads it without holding them.
  std::atomic<Clock::rep> deadline{0};

  // The rest is the holder's.
  Channel channel;
  bool is_known_to_epoll = false;
  bool is_armed_for_bytes = false;  // epoll goes on to tell of them under the ticket it was given
  bool is_read_out = false;         // as far as the last reading goes
  bool may_have_ended = false;      // so that reading is to go on until it shows
  bool has_ended = false;           // behind what is in the reader
  Phase phase = Phase::Reading;
  RequestReader reader;
  Clock::time_point request_began;  // if a part of it is there; or since when nothing is
  bool was_slow = false;            // to be served, last time
  WaitingLines::Place place;        // while Waiting
  Clock::time_point due;            // while Delayed
  bool has_been_probed = false;     // whether its client is still there, since it ended sending
  std::string out;
  size_t sent = 0;  // of `out`
  Pace pace;
  Afterwards afterwards = Afterwards::Continue;  // when `out` is sent
  Clock::time_point reset_until;
  Clock::time_point drain_until;
  size_t drained = 0;
  size_t charged = 0;  // of the Budget, for what it holds

  // Of a request that is not whole or not yet carried out, and of an answer that is not yet sent.
  // What memory an idle connection keeps for its next request is not counted (RequestReader).
  size_t held_bytes() const {
    return (reader.empty() ? 0 : reader.held_bytes()) + (out.empty() ? 0 : out.capacity());
  }
};

}  // namespace graphmock::http
