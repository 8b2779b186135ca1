#include "http/acceptor.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "http/httplib_compat.h"
#include "http/server.h"

namespace graphmock::http {
namespace {

// The library asks for 5, with which many clients that come at once wait for a second.
constexpr int kBacklog = 1024;
// After which a connection is asked whether the other end is still there.
constexpr int kQuietSeconds = 60;

bool resolves(const std::string& host) {
  addrinfo* addresses = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, nullptr, &addresses) != 0) return false;
  freeaddrinfo(addresses);
  return true;
}

std::string why_not_bound(const std::string& host, int error) {
  if (!resolves(host)) return "the host name is not known";
  switch (error) {
    case EADDRINUSE:
      return "the address is in use (is another server running? try --port 0)";
    case EACCES:
      return "ports below 1024 are for the administrator";
    case EADDRNOTAVAIL:
      return "the address is none of this machine's";
    default:
      return std::strerror(error);
  }
}

}  // namespace

class Acceptor::Listener : public httplib::Server {
 public:
  explicit Listener(Take take) : take_(std::move(take)) {
    set_tcp_nodelay(true);  // accepted sockets inherit it
    // Not SO_REUSEPORT, which the library sets by itself: two servers would share the port unseen.
    set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      // Clients whose machine is gone are found out about; accepted sockets inherit it.
      setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
      setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &kQuietSeconds, sizeof kQuietSeconds);
    });
    new_task_queue = [] { return new InlineQueue; };
  }
  ~Listener() override { end(); }

  int bind(const std::string& host, int port) {
    errno = 0;
    const int bound = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
    const int error = errno;
    if (bound <= 0) {
      const std::string shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
      throw ListenError("cannot listen on " + shown + ":" + std::to_string(port) + ": " +
                        why_not_bound(host, error));
    }
    listening_ = fcntl(svr_sock_, F_DUPFD_CLOEXEC, 0);
    ::listen(listening_, kBacklog);
    return bound;
  }

  void begin() {
    thread_ = std::thread([this] {
      // The library stops listening after an error that passes, a client gone before it was
      // accepted for instance; stop() makes the library forget that it did.
      while (!listen_after_bind()) {
        library_closed_its_socket_ = true;
        if (ending_) return;
        httplib::Server::stop();
        svr_sock_ = fcntl(listening_, F_DUPFD_CLOEXEC, 0);
        library_closed_its_socket_ = false;
      }
    });
  }

  // Not the library's stop(): it closes the socket under a thread that may be about to use it.
  void end() {
    if (listening_ == -1) return;
    ending_ = true;
    const int socket = svr_sock_.exchange(INVALID_SOCKET);
    ::shutdown(listening_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    if (socket != INVALID_SOCKET && !library_closed_its_socket_) ::close(socket);
    ::close(listening_);
    listening_ = -1;
  }

 private:
  bool process_and_close_socket(socket_t socket) override {
    fcntl(socket, F_SETFL, O_NONBLOCK);
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    take_(socket);
    return true;
  }

  const Take take_;
  int listening_ = -1;  // a second descriptor of the socket, as the library may close its own
  std::atomic<bool> ending_{false};
  bool library_closed_its_socket_ = false;  // the thread's, while there is one
  std::thread thread_;
};

Acceptor::Acceptor(Take take) : listener_(std::make_unique<Listener>(std::move(take))) {}
Acceptor::~Acceptor() = default;
int Acceptor::bind(const std::string& host, int port) {
  return listener_->bind(host, port);
}
void Acceptor::start() {
  listener_->begin();
}
void Acceptor::stop() {
  listener_->end();
}

}  // namespace graphmock::http
