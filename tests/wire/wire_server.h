// What the tests of the wire talk to: a server on a free port whose handler a test gives or which
// echoes, and whose refusals are plain text.
#pragma once

#include <string>
#include <utility>

#include "http/server.h"

namespace graphmock::wire {

// "PATCH /target" and, on a second line, the body.
inline http::Response echo(const http::Request& request) {
  http::Response response;
  response.headers.emplace_back("Content-Type", "text/plain");
  response.body = std::string(request.method) + " " + std::string(request.target) + "\n" +
                  std::string(request.body);
  return response;
}

inline http::Response refusal(const http::Error& error) {
  http::Response response;
  response.status = error.status;
  response.headers.emplace_back("Content-Type", "text/plain");
  response.body = error.message;
  return response;
}

inline http::ServerOptions one_worker() {
  http::ServerOptions options;
  options.workers = 1;
  return options;
}

struct WireServer {
  explicit WireServer(http::Server::Handler handler = echo, http::ServerOptions options = {})
      : server(std::move(options), std::move(handler), refusal), port(server.start()) {}

  http::Server server;
  const int port;
};

// A handler that gives this answer to everything.
inline http::Server::Handler always(http::Response response) {
  return [response = std::move(response)](const http::Request&) { return response; };
}

inline std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n";
}

inline std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

}  // namespace graphmock::wire
