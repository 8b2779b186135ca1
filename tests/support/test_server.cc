#include "support/test_server.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "app/lanes.h"
#include "base/json.h"
#include "base/text.h"
#include "model/csdl_reader.h"
#include "support/project_data.h"

namespace graphmock::support {

base::Instant test_time() {
  using namespace std::chrono;
  return sys_days(2026y / January / 31d) + 12h;
}

app::Options shipped_options() {
  const char* const arguments[] = {"graphmock"};
  return app::parse_options(1, arguments).options;
}

std::unique_ptr<tenant::World> small_world(std::string_view csdl) {
  const auto text =
      R"(<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
)" + std::string(csdl) +
      "</Schema></edmx:DataServices></edmx:Edmx>";
  base::LoadErrors errors;
  auto world = std::make_unique<tenant::World>();
  world->models.add(model::read_csdl("v1.0", "model.xml", text, errors));
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  for (const auto& model : world->models.all()) shipped_facts().join(*model);
  world->fixtures = std::make_shared<store::Snapshot>();
  return world;
}

namespace {

// All tests are run a second time with this set, in tenants that are read under their locks: what
// is only ever read in a fresh one never takes a lock, and cannot lock itself out.
bool reads_under_lock() {
  return std::getenv("GRAPHMOCK_TEST_UNDER_LOCK") != nullptr;
}

http::ServerOptions options_of_program() {
  http::ServerOptions options;
  options.lane_of = app::lane_of;
  return options;
}

}  // namespace

TestServer::TestServer(const app::Options& options)
    : TestServer(
          [options](const base::Clock& clock) {
            auto world = app::load_world(options, clock);
            world->reads_under_lock = reads_under_lock();
            return world;
          },
          true, options) {}

TestServer::TestServer(std::unique_ptr<tenant::World> world, const app::Options& options)
    : TestServer(
          [&world](const base::Clock& clock) {
            world->clock = &clock;
            world->reads_under_lock = reads_under_lock();
            return tenant::WorldPtr(std::move(world));
          },
          false, options) {}

TestServer::TestServer(const Load& load, bool can_reload, const app::Options& options)
    : clock_(test_time()),
      app_(load(clock_),
           can_reload ? app::App::Load([this, load] { return load(clock_); }) : nullptr, options),
      server_(
          options_of_program(),
          [this](const http::Request& request) { return app_.serve(request); },
          [this](const http::Error& error) { return app_.refuse(error); }),
      port_(server_.start()) {}

RawResponse TestServer::send(std::string_view method, std::string_view target,
                             std::string_view body, const RequestHeaders& headers) const {
  std::string request = std::string(method) + " " + std::string(target) +
                        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                        "\r\nConnection: close\r\n";
  bool has_type = false;
  for (const auto& [name, value] : headers) {
    has_type = has_type || base::equals_ignoring_case(name, "Content-Type");
    request += name + ": " + value + "\r\n";
  }
  if (!body.empty()) {
    if (!has_type) request += "Content-Type: application/json\r\n";
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  RawClient client(port_);
  client.send(request + "\r\n" + std::string(body));
  return client.read_response(method);
}

boost::json::value json_of(const RawResponse& response) {
  try {
    return base::parse_json(response.body);
  } catch (const base::JsonError& error) {
    ADD_FAILURE() << error.what() << " in: " << response.body;
    return nullptr;
  }
}

std::string at(const RawResponse& response, std::string_view pointer) {
  const auto root = json_of(response);
  const auto* value = base::at_pointer(root, pointer);
  return value ? base::to_json(*value) : "(absent)";
}

}  // namespace graphmock::support
