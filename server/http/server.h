// The wire: accepts connections, frames whole requests, hands each to one handler, and carries
// the answer out as its Delivery says. It knows HTTP and nothing of Graph.
//
// cpp-httplib accepts connections (acceptor). They wait in epoll (parking) and are served by one
// worker per core (worker, which cuts requests out of the bytes with request_reader and has
// responder write the answers), so that idle ones cost nothing and a delay holds no worker. Two
// more are kept for what is urgent (events).
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "http/error.h"
#include "http/lane.h"
#include "http/message.h"

namespace graphmock::http {

class TlsContext;

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                           // 0: any free one
  std::shared_ptr<const TlsContext> tls;  // if there is one, a second port speaks HTTPS with it
  int tls_port = 0;                       // 0: any free one
  size_t workers = 0;                     // 0: one per core
  size_t max_head_bytes = 64 * 1024;
  size_t max_body_bytes = 32 * 1024 * 1024;
  size_t max_connections = 20'000;  // what comes beyond is answered with 503
  // Of all connections, held of requests that are not whole and of answers that are not read. A
  // request beyond is answered with 503, an answer beyond is broken off.
  size_t max_held_bytes = 512 * 1024 * 1024;
  std::chrono::milliseconds request_timeout{20'000};  // from a request's first byte to its last
  std::chrono::milliseconds idle_timeout{120'000};    // between requests of one connection
  std::chrono::milliseconds write_timeout{20'000};    // without progress, while sending an answer
  std::chrono::milliseconds grace{2'000};             // for what is under way when it stops
  // If there is one, what is urgent is read and answered whatever the workers are busy with: two
  // more are kept in reserve for that.
  LaneOf lane_of;
};

// The address cannot be bound; says which and why.
struct ListenError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Server {
 public:
  // Called from the workers, many at once. Must not throw http::Error (render it as a response);
  // anything else that escapes is answered by `refuse` as a 500.
  using Handler = std::function<Response(const Request&)>;
  // Renders what is wrong with the bytes themselves (400, 408, 413, 414, 417, 431, 501, 505), and
  // 503 for one connection too many. The connection is closed after it. Called from any thread.
  using Refuse = std::function<Response(const Error&)>;

  Server(ServerOptions options, Handler handler, Refuse refuse);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and begins to serve; returns the port. Throws ListenError.
  int start();
  // That of HTTPS, once started; 0 if there is none.
  int tls_port() const;
  // Accepts no more, lets requests in flight finish (what is delayed or dribbled is sent at once),
  // closes every connection, returns when all is done. False: a handler has not returned within the
  // grace. It runs on and needs what it uses, so that the process had better end where it stands;
  // to stop again, or to destroy the server, is to wait for it. From any thread but a worker's.
  bool stop();

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace graphmock::http
