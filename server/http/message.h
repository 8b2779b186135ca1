// A request and a response as the server hands them around: plain structs, free of any HTTP
// library. Everything left of the wire speaks in these.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/fields.h"
#include "http/target.h"

namespace graphmock::http {

// Header fields of a request in the order of arrival; values are trimmed, otherwise as sent, and
// text: this is the one place where bytes of a header become that. Those that are no UTF-8 are
// taken for Latin-1, which is what fields are made of where nothing else is said (RFC 9110 5.5), so
// that every value is UTF-8. Moves, but does not copy.
class Headers {
 public:
  Headers() = default;
  Headers(Headers&&) = default;
  Headers& operator=(Headers&&) = default;

  void add(std::string_view name, std::string_view value);
  // The first field of that name, whatever its case.
  std::optional<std::string_view> find(std::string_view name) const;
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  void clear() {
    fields_.clear();
    from_latin1_.clear();
  }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> fields_;
  std::deque<std::string> from_latin1_;  // values that are not as they were sent
};

// All views point into the connection's buffer and are good until the handler returns.
struct Request {
  std::string_view method;  // as sent, upper case for every method that HTTP defines
  Target target;
  Headers headers;
  std::string_view body;   // whole, transfer coding taken off
  bool is_secure = false;  // came over TLS
};

// What goes wrong on the way. Nothing is sent of an answer whose connection is reset, or closed
// empty. Random data comes in the answer's place, a malformed chunk in the middle of its body, and
// the connection is closed in order, as it is where the body breaks off. What the client has sent
// behind the request is not served.
enum class Fault {
  None,
  ConnectionReset,
  EmptyResponse,
  MalformedChunk,  // an answer that may have no body (204, 304) is then a 200, as with WireMock
  RandomDataThenClose,
  TruncatedBody,
};

// Whether no byte of the answer itself gets through.
constexpr bool loses_answer(Fault fault) {
  return fault == Fault::ConnectionReset || fault == Fault::EmptyResponse ||
         fault == Fault::RandomDataThenClose;
}

struct Dribble {
  uint32_t chunks = 0;  // 0: the body comes in one piece
  std::chrono::milliseconds total{0};
};

// How the answer travels, beside what it says. Scenarios set it; the server carries it out, and no
// worker is held meanwhile. The delay comes first, then the pieces of what the fault leaves.
struct Delivery {
  std::chrono::milliseconds delay{0};  // before the first byte
  Dribble dribble;
  Fault fault = Fault::None;
  uint64_t seed = 0;  // of random data: the same seed gives the same bytes
};

// "https://localhost:8443", as the client has addressed the server.
std::string origin_of(const Request& request);
// The same with the tenant's prefix, if it has one: what links in answers begin with.
std::string root_of(const Request& request);

struct Response {
  int status = 200;
  Fields headers;  // no Content-Length, Connection
  std::string body;
  Delivery delivery;

  void set_header(std::string_view name, std::string_view value) { headers.set(name, value); }
  std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
};

}  // namespace graphmock::http
