// cpp-httplib, with what differs between its versions in one place: 0.11 (Debian 12), 0.14 (Ubuntu
// 24.04), 0.18 (Debian 13). Versions are told by what they declare, as old ones have no number.
// Included by acceptor.cc, responder.cc and client.cc only.
#pragma once

#include <httplib.h>

#include <ctime>
#include <functional>
#include <string>
#include <utility>

namespace graphmock::http {

// Reads from one text and appends to another.
class MemoryStream : public httplib::Stream {
 public:
  MemoryStream(std::string_view in, std::string& out) : in_(in), out_(out) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, size_t size) override {
    const size_t taken = in_.copy(to, size);
    in_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* from, size_t size) override {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  // A real descriptor over 1023 would be answered with a 500 (FD_SETSIZE).
  socket_t socket() const override { return INVALID_SOCKET; }

  // Pure in the library from 0.19 on, unknown to it before.
  virtual bool wait_readable() const { return true; }
  virtual bool wait_writable() const { return true; }
  virtual time_t duration() const { return 0; }

 private:
  std::string_view in_;
  std::string& out_;
};

// Runs each task where it is given: accepting and parking is one step.
class InlineQueue : public httplib::TaskQueue {
 public:
  // What enqueue() returns: nothing, or from 0.15 on whether there was room.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));

  Enqueued enqueue(std::function<void()> task) override {
    task();
    return static_cast<Enqueued>(true);
  }
  void shutdown() override {}
};

// process_request() is given both ends' addresses from 0.16 on.
template <typename Library>
class HttplibServer : public Library {
 protected:
  bool process(httplib::Stream& stream, bool close, bool& closed) {
    return process_in<Library>(*this, stream, close, closed);
  }

 private:
  template <typename Base, typename Self>
  static bool process_in(Self& self, httplib::Stream& stream, bool close, bool& closed) {
    if constexpr (requires { self.process_request(stream, close, closed, nullptr); }) {
      return self.process_request(stream, close, closed, nullptr);
    } else {
      return self.process_request(stream, "", 0, "", 0, close, closed, nullptr);
    }
  }
};

}  // namespace graphmock::http
