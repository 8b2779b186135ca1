// A request and a response as the server hands them around: plain structs, free of any HTTP
// library. Everything left of the wire speaks in these.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graphmock::http {

// Header fields of a request in the order of arrival; values are trimmed, otherwise as sent.
class Headers {
 public:
  void add(std::string_view name, std::string_view value) { fields_.emplace_back(name, value); }
  // The first field of that name, whatever its case.
  std::optional<std::string_view> find(std::string_view name) const;
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  void clear() { fields_.clear(); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> fields_;
};

// All views point into the connection's buffer and are good until the handler returns.
struct Request {
  std::string_view method;  // as sent, upper case for every method that HTTP defines
  std::string_view target;  // as sent: "/v1.0/users?$top=1", nothing decoded
  Headers headers;
  std::string_view body;  // whole, transfer coding taken off
};

enum class Fault {
  None,
  ConnectionReset,
  EmptyResponse,
  MalformedChunk,
  RandomDataThenClose,
  TruncatedBody,
};

// The body in so many pieces, evenly spread over the time; 0 chunks: in one.
struct Dribble {
  uint32_t chunks = 0;
  std::chrono::milliseconds total{0};
};

// How the answer travels, beside what it says. Scenarios set it; the server carries it out.
struct Delivery {
  std::chrono::milliseconds delay{0};  // before the first byte; holds no worker
  Dribble dribble;
  Fault fault = Fault::None;
  uint64_t seed = 0;  // of random data
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // no Content-Length, Connection
  std::string body;
  Delivery delivery;

  // Replaces the field of that name, whatever its case, or adds it.
  void set_header(std::string_view name, std::string value);
  std::optional<std::string_view> header(std::string_view name) const;
};

}  // namespace graphmock::http
