// A blocking TCP client that sends exactly the bytes it is told to and reads answers as they come:
// for tests of what stands on the wire. It throws when an answer does not come within 20 s or is
// no HTTP, so that a test fails instead of hanging. It can speak TLS, too.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ssl_st;

namespace graphmock::support {

struct RawResponse {
  int status = 0;
  std::string head;  // status line and header lines, without the empty line
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // transfer coding taken off

  // The first field of that name, whatever its case.
  std::optional<std::string> header(std::string_view name) const;
};

class RawClient {
 public:
  // Of 127.0.0.1. TLS is spoken where it is asked for, or where all of the tests are to.
  explicit RawClient(int port, bool is_tls = is_over_tls());
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the server has closed the connection; what it said can still be read.
  bool send(std::string_view bytes);
  void end_sending();

  // `method` is the one asked with: an answer to HEAD has no body, whatever its head says. An
  // interim answer (100) counts as one.
  RawResponse read_response(std::string_view method = "GET");
  // Whether something of an answer, or the connection's end, has arrived and was not read yet.
  bool has_news() const;
  // All bytes that are still to come; a reset counts as an end.
  std::string read_until_close();
  // Some of them, as soon as there are any; none at the end.
  std::string read_some();
  // Whether the end that was read up to was a reset.
  bool was_reset() const { return was_reset_; }
  ssl_st* tls() const { return tls_.get(); }

  // The tests of the wire are run a second time with this set in the environment.
  static bool is_over_tls();

 private:
  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };

  void begin_tls();
  long receive_into(char* buffer, size_t size);
  bool receive();
  std::string take(size_t size);
  std::string take_line();
  std::string take_chunks();

  int socket_ = -1;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  std::string received_;
  bool was_reset_ = false;
};

bool can_connect(int port);

// One request on a connection of its own, which is then closed. To be called qualified, as
// std::exchange would be found beside it.
RawResponse exchange(int port, std::string_view raw_request);

}  // namespace graphmock::support
