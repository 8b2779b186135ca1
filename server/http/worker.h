// Serves connections, one at a time: reads what is there, answers every whole request in order,
// writes what fits and is due, and parks the connection again. Never waits for a client.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "http/parking.h"
#include "http/responder.h"
#include "http/server.h"

namespace graphmock::http {

class Worker {
 public:
  // All three must outlive it. `number` is its own among the parking's workers.
  Worker(size_t number, Parking& parking, Responder& responder, const ServerOptions& options);

  // Until the parking is shut down.
  void run();

 private:
  // Those that return bool say whether the connection is still ours; if not, it has been parked
  // or closed.
  enum class Next { Flush, Receive, Gone };

  bool serve(Connection& connection);
  bool receive(Connection& connection);
  bool converse(Connection& connection);
  Next answer_next(Connection& connection);
  bool leave_to_others(Connection& connection);
  bool answer(Connection& connection);
  bool has_had_its_turn(const Connection& connection, int answers) const;
  Afterwards afterwards_of(const Answer& answer, const Connection& connection) const;
  void refuse(Connection& connection, const Error& error);
  bool flush(Connection& connection);
  void reset(Connection& connection);
  void drain(Connection& connection);
  bool park_for_bytes(Connection& connection);
  void park_for_room(Connection& connection);

  const size_t number_;
  const Lane lane_;
  Parking& parking_;
  Responder& responder_;
  const ServerOptions& options_;
  Request request_;
  std::vector<char> received_;
  Clock::time_point turn_began_;  // of the connection that it serves
  std::string spare_;             // an answer's memory, between answers
};

}  // namespace graphmock::http
