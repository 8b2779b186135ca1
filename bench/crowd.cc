// Many connections at once, from one thread:
//   crowd hold PORT COUNT TARGET    asks once on each, says "ready", keeps them open until its
//                                   standard input ends
//   crowd burst PORT COUNT TARGET   connects all at once, prints how many milliseconds after the
//                                   first connect the last one's answer had begun to come
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace graphmock::bench {
namespace {

using Clock = std::chrono::steady_clock;

class Crowd {
 public:
  Crowd(int port, size_t count, const std::string& target)
      : request_("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        epoll_(epoll_create1(0)) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address_.sin_port = htons(static_cast<uint16_t>(port));
    sockets_.reserve(count);
  }
  ~Crowd() {
    for (const int socket : sockets_) close(socket);
    close(epoll_);
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  void connect_one() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (socket < 0) throw std::runtime_error("no more sockets");
    sockets_.push_back(socket);
    if (connect(socket, reinterpret_cast<sockaddr*>(&address_), sizeof address_) != 0 &&
        errno != EINPROGRESS) {
      throw std::runtime_error("no connection");
    }
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.fd = socket;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  // Until `count` of those under way have been answered.
  void converse(size_t count) {
    epoll_event events[256];
    while (count > 0) {
      const int ready = epoll_wait(epoll_, events, std::size(events), 10'000);
      if (ready == 0) throw std::runtime_error("no answer for 10 s");
      for (int i = 0; i < ready; ++i) {
        if (events[i].events & EPOLLOUT) {
          ask(events[i].data.fd);
        } else {
          hear(events[i].data.fd);
          --count;
        }
      }
    }
  }

 private:
  void ask(int socket) {
    if (send(socket, request_.data(), request_.size(), MSG_NOSIGNAL) < 0) {
      throw std::runtime_error("a connection is refused");
    }
    epoll_event event{};
    event.events = EPOLLIN | EPOLLONESHOT;
    event.data.fd = socket;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
  }

  void hear(int socket) {
    char received[16 * 1024];
    const ssize_t size = recv(socket, received, sizeof received, 0);
    if (size <= 0) throw std::runtime_error("a connection ended without an answer");
    if (!std::string(received, static_cast<size_t>(size)).starts_with("HTTP/1.1 200")) {
      throw std::runtime_error("an answer is not 200");
    }
  }

  const std::string request_;
  const int epoll_;
  sockaddr_in address_{};
  std::vector<int> sockets_;
};

void run(const std::string& command, int port, size_t count, const std::string& target) {
  Crowd crowd(port, count, target);
  if (command == "burst") {
    const auto began = Clock::now();
    for (size_t i = 0; i < count; ++i) crowd.connect_one();
    crowd.converse(count);
    std::printf("%.1f\n", std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    crowd.connect_one();
    crowd.converse(1);
  }
  std::printf("ready\n");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  const std::string command = argc == 5 ? argv[1] : "";
  if (command != "hold" && command != "burst") {
    std::fprintf(stderr, "crowd hold|burst PORT COUNT TARGET\n");
    return 2;
  }
  try {
    graphmock::bench::run(command, std::atoi(argv[2]), std::strtoull(argv[3], nullptr, 10),
                          argv[4]);
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "crowd: %s\n", error.what());
    return 1;
  }
}
