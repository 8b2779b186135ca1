// A whole server on a free port, with a clock that stands still, for tests that speak HTTP to it.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/app.h"
#include "support/raw_client.h"

namespace graphmock::support {

using RequestHeaders = std::vector<std::pair<std::string, std::string>>;

// What every test's time is, unless it moves it: 2026-01-31T12:00:00Z.
base::Instant test_time();

// The options of a server with the shipped models, fixtures and scenarios.
app::Options shipped_options();

// A world whose one model ("v1.0") and entities a test writes down: `csdl` is what stands within
// the schema "microsoft.graph" with the alias "graph". No fixtures, no scenarios.
std::unique_ptr<tenant::World> small_world(std::string_view csdl);

class TestServer {
 public:
  explicit TestServer(const app::Options& options = shipped_options());
  // It cannot be reloaded.
  explicit TestServer(std::unique_ptr<tenant::World> world, const app::Options& options = {});

  // With a body, a Content-Type of application/json unless one is given. Each on a connection of
  // its own, from any thread.
  RawResponse send(std::string_view method, std::string_view target, std::string_view body = "",
                   const RequestHeaders& headers = {}) const;
  RawResponse get(std::string_view target) const { return send("GET", target); }
  // The text of a "/$count", asked for as the service wants it of directory objects.
  std::string count(std::string_view target) const {
    return send("GET", target, "", {{"ConsistencyLevel", "eventual"}}).body;
  }

  int port() const { return port_; }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  base::ManualClock& clock() { return clock_; }

 private:
  using Load = std::function<tenant::WorldPtr(const base::Clock& clock)>;
  TestServer(const Load& load, bool can_reload, const app::Options& options);

  base::ManualClock clock_;
  app::App app_;
  http::Server server_;
  int port_;
};

// A response's body as JSON; fails the test, and is null, when it is none.
boost::json::value json_of(const RawResponse& response);
// The value at a JSON pointer of the body as JSON text; "(absent)" when there is none.
std::string at(const RawResponse& response, std::string_view pointer);

}  // namespace graphmock::support
