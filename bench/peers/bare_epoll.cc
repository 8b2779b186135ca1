// The least that a server on this machine can do, as a limit to compare with: it looks for the end
// of a head and for the key in the first line, and sends a text that is ready. No limits, no
// deadlines, no errors, one thread a core, each with its own epoll.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "peers/answer.h"

namespace graphmock::bench {
namespace {

int listen_at(int port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener, 1024) != 0) {
    std::perror("bare_epoll");
    std::exit(1);
  }
  return listener;
}

class Loop {
 public:
  Loop(int port, const Answers& answers)
      : answers_(answers), listener_(listen_at(port)), epoll_(epoll_create1(0)) {
    watch(listener_);
  }

  [[noreturn]] void run() {
    epoll_event events[64];
    for (;;) {
      const int ready = epoll_wait(epoll_, events, 64, -1);
      for (int i = 0; i < ready; ++i) {
        events[i].data.fd == listener_ ? accept_one() : serve(events[i].data.fd);
      }
    }
  }

 private:
  void watch(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept_one() {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (socket < 0) return;
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(socket);
  }

  // Taken for whole when it ends in an empty line: the loads of the benchmark fit one read.
  void serve(int socket) {
    const ssize_t size = recv(socket, received_, sizeof received_, 0);
    if (size <= 0) {
      close(socket);
      return;
    }
    const std::string_view request(received_, static_cast<size_t>(size));
    if (!request.ends_with("\r\n\r\n")) return;
    const auto begin = request.find(kPathOfUsers) + kPathOfUsers.size();
    const auto found = answers_.find(request.substr(begin, request.find(' ', begin) - begin));
    out_ = found == answers_.end() ? "HTTP/1.1 404 Not Found\r\nContent-Length: " : kOk;
    const std::string_view body = found == answers_.end() ? "" : found->second;
    out_ += std::to_string(body.size());
    out_ += "\r\n\r\n";
    out_ += body;
    if (send(socket, out_.data(), out_.size(), MSG_NOSIGNAL) < 0) close(socket);
  }

  static constexpr std::string_view kOk =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
  const Answers& answers_;
  const int listener_;
  const int epoll_;
  char received_[16 * 1024];
  std::string out_;
};

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  using namespace graphmock::bench;
  if (argc != 3) {
    std::fprintf(stderr, "bare_epoll PORT ANSWERS\n");
    return 2;
  }
  const auto answers = answers_of(argv[2]);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
    threads.emplace_back([&] { Loop(std::atoi(argv[1]), answers).run(); });
  }
  for (auto& thread : threads) thread.join();
}
