#include "http/server.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "http/acceptor.h"
#include "http/parking.h"
#include "http/responder.h"
#include "http/worker.h"

namespace graphmock::http {
namespace {

// Left for whatever else the process opens.
constexpr size_t kSpareDescriptors = 64;
// What is left when the grace is over is closed at once.
constexpr std::chrono::milliseconds kTimeToClose{500};

// Raises the soft limit on open files, often 1024, as far as it may; returns how many connections
// there is room for. Beyond it accepting would fail, and clients would hang unanswered.
size_t room_for_connections(size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = std::min<rlim_t>(wanted + kSpareDescriptors, limit.rlim_max);
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = needed;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  const rlim_t spare = std::min<rlim_t>(kSpareDescriptors, limit.rlim_cur / 2);
  return static_cast<size_t>(std::min<rlim_t>(wanted, limit.rlim_cur - spare));
}

// So that a time-out may be given as "never" without a deadline running over.
ServerOptions bounded(ServerOptions options) {
  for (std::chrono::milliseconds* timeout :
       {&options.request_timeout, &options.idle_timeout, &options.write_timeout, &options.grace}) {
    *timeout = std::min<std::chrono::milliseconds>(*timeout, kLongestWait);
  }
  return options;
}

size_t workers_of(const ServerOptions& options) {
  return options.workers > 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

class Server::Loop {
 public:
  Loop(ServerOptions options, Handler handler, Refuse refuse)
      : options_(bounded(std::move(options))),
        handler_(std::move(handler)),
        refuse_(std::move(refuse)),
        acceptor_([this](int socket) { take(socket, nullptr); }),
        tls_acceptor_([this](int socket) { take(socket, options_.tls.get()); }),
        overflow_responder_(handler_, refuse_, options_) {}
  ~Loop() { stop(Clock::now() + kLongestWait); }

  int start();
  bool stop();
  int tls_port() const { return tls_port_; }

 private:
  bool stop(Clock::time_point give_up);
  void take(int socket, const TlsContext* tls);

  const ServerOptions options_;
  const Handler handler_;
  const Refuse refuse_;
  std::mutex mutex_;  // over start() and stop()
  std::atomic<bool> is_stopping_{false};
  Acceptor acceptor_;
  Acceptor tls_acceptor_;
  int tls_port_ = 0;
  Responder overflow_responder_;  // the accepting thread's of plain HTTP
  std::unique_ptr<Parking> parking_;
  std::vector<std::thread> workers_;
};

int Server::Loop::start() {
  const std::lock_guard lock(mutex_);
  ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to a connection that has ended without a word
  const int port = acceptor_.bind(options_.host, options_.port);
  if (options_.tls) tls_port_ = tls_acceptor_.bind(options_.host, options_.tls_port);
  parking_ = std::make_unique<Parking>(options_, room_for_connections(options_.max_connections),
                                       workers_of(options_));
  for (size_t i = 0; i < parking_->workers(); ++i) {
    workers_.emplace_back([this, i] {
      Responder responder(handler_, refuse_, options_);
      Worker(i, *parking_, responder, options_).run();
    });
  }
  acceptor_.start();
  if (options_.tls) tls_acceptor_.start();
  return port;
}

bool Server::Loop::stop() {
  const bool has_been_told = is_stopping_.exchange(true);
  return stop(Clock::now() + (has_been_told ? kLongestWait : options_.grace + kTimeToClose));
}

bool Server::Loop::stop(Clock::time_point give_up) {
  const std::lock_guard lock(mutex_);
  acceptor_.stop();
  tls_acceptor_.stop();
  if (parking_ && !parking_->shut_down(give_up)) return false;
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  return true;
}

void Server::Loop::take(int socket, const TlsContext* tls) {
  if (Connection* connection = parking_->open(socket, tls)) {
    connection->request_began = Clock::now();
    parking_->park(
        *connection, Parking::Until::Readable,
        connection->request_began + (tls ? options_.request_timeout : options_.idle_timeout));
    return;
  }
  if (tls) {  // a handshake to say so is what there is no room for
    ::close(socket);
    return;
  }
  std::string answer;
  overflow_responder_.refuse(Error(503, "", "The server has too many connections open."), answer);
  ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
  ::close(socket);
}

Server::Server(ServerOptions options, Handler handler, Refuse refuse)
    : loop_(std::make_unique<Loop>(std::move(options), std::move(handler), std::move(refuse))) {}
Server::~Server() = default;
int Server::start() {
  return loop_->start();
}
int Server::tls_port() const {
  return loop_->tls_port();
}
bool Server::stop() {
  return loop_->stop();
}

}  // namespace graphmock::http
