// Listens on one address and hands over every connection that it accepts.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace graphmock::http {

class Acceptor {
 public:
  // Called from the accepting thread with a non-blocking socket, which it must close one day.
  using Take = std::function<void(int socket)>;

  explicit Acceptor(Take take);
  ~Acceptor();  // stops

  // Returns the port, a free one for port 0. Throws ListenError.
  int bind(const std::string& host, int port);
  void start();
  void stop();

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace graphmock::http
