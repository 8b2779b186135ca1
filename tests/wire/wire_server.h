// What the tests of the wire talk to: a server on a free port whose handler a test gives or which
// echoes, and whose refusals are plain text.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

#include "http/server.h"
#include "support/raw_client.h"
#include "support/tls_files.h"

namespace graphmock::wire {

// "PATCH /target" and, on a second line, the body.
inline http::Response echo(const http::Request& request) {
  http::Response response;
  response.headers.add("Content-Type", "text/plain");
  response.body = std::string(request.method) + " " + std::string(request.target.as_sent()) + "\n" +
                  std::string(request.body);
  return response;
}

inline http::Response refusal(const http::Error& error) {
  http::Response response;
  response.status = error.status;
  response.headers.add("Content-Type", "text/plain");
  response.body = error.message;
  return response;
}

inline http::ServerOptions one_worker() {
  http::ServerOptions options;
  options.workers = 1;
  return options;
}

// The port that the tests ask at is that of HTTPS where they are run over TLS.
struct WireServer {
  explicit WireServer(http::Server::Handler handler = echo, http::ServerOptions options = {},
                      bool is_tls = support::RawClient::is_over_tls())
      : server(with_tls(std::move(options), is_tls), std::move(handler), refusal),
        plain_port(server.start()),
        port(is_tls ? server.tls_port() : plain_port) {}

  static http::ServerOptions with_tls(http::ServerOptions options, bool is_tls) {
    if (is_tls) options.tls = support::tls_context();
    return options;
  }

  http::Server server;
  const int plain_port;
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

// Asks again and again until it is served: where the server takes one connection at a time, until
// the one before has ended.
inline void expect_a_free_place(int port, const std::string& target = "/") {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string answer;
  while (!answer.starts_with("HTTP/1.1 200 OK")) {
    ASSERT_LT(std::chrono::steady_clock::now(), give_up) << answer;
    support::RawClient next(port);
    next.send(get(target, "Connection: close\r\n"));
    answer = next.read_until_close();
  }
}

}  // namespace graphmock::wire
