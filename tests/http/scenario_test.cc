// Scripted failures: what a rule does to the requests that it is about, and how it is switched on.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kReport =
    "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532";

support::RawResponse update(const TestServer& server, const support::RequestHeaders& headers = {}) {
  return server.send("PATCH", kReport, R"({"totalUserCount": 14})", headers);
}

int define(const TestServer& server, std::string_view script) {
  return server.send("PUT", "/__admin/scenarios/mine", script).status;
}

TEST(Scenario, ThrottlesTheCallsThatItNames) {
  TestServer server;
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/throttle-updates").status, 204);
  EXPECT_EQ(update(server).status, 200);
  const auto throttled = update(server);
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(throttled.header("Retry-After"), "2");
  EXPECT_EQ(at(throttled, "/error/code"), R"("TooManyRequests")");
  EXPECT_EQ(at(throttled, "/error/innerError/request-id"),
            '"' + *throttled.header("request-id") + '"');
  EXPECT_EQ(update(server).status, 429);
  EXPECT_EQ(update(server).status, 200);
}

TEST(Scenario, LeavesTheStoreAloneWhenItAnswers) {
  TestServer server;
  define(server, R"({"rules": [{"request": {"method": "PATCH"}, "response": {"status": 503}}]})");
  const auto response = update(server);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(at(response, "/error/code"), R"("ServiceUnavailable")");
  EXPECT_EQ(at(server.get(kReport), "/totalUserCount"), "25");
}

TEST(Scenario, ActsInItsTenantAlone) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/throttle-updates", "", {{"X-Mock-Tenant", "a"}});
  const support::RequestHeaders in_a = {{"X-Mock-Tenant", "a"}};
  update(server, in_a);
  EXPECT_EQ(update(server, in_a).status, 429);
  EXPECT_EQ(update(server).status, 200);
  EXPECT_EQ(update(server).status, 200);
}

TEST(Scenario, StopsWhenItIsDeactivated) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/throttle-updates");
  update(server);
  EXPECT_EQ(server.send("DELETE", "/__admin/scenarios/throttle-updates").status, 204);
  EXPECT_EQ(update(server).status, 200);
}

TEST(Scenario, ActsForOneRequestByItsHeaderAndCountsOn) {
  TestServer server;
  const support::RequestHeaders with = {{"X-Mock-Scenario", "throttle-updates"}};
  EXPECT_EQ(update(server, with).status, 200);
  EXPECT_EQ(update(server).status, 200);
  EXPECT_EQ(update(server, with).status, 429);
  EXPECT_EQ(update(server).status, 200);
}

TEST(Scenario, IsActiveFromTheStartByOption) {
  auto options = support::shipped_options();
  options.active_scenarios = {"throttle-updates"};
  TestServer server(options);
  update(server);
  EXPECT_EQ(update(server).status, 429);
  server.send("POST", "/__admin/reset");
  EXPECT_EQ(update(server).status, 200);
  EXPECT_EQ(update(server).status, 429);
}

TEST(Scenario, DelaysTheRealAnswer) {
  TestServer server;
  define(server, R"({"rules": [{"response": {"fixedDelayMilliseconds": 50}}]})");
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(at(update(server), "/totalUserCount"), "14");
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(50));
}

TEST(Scenario, MatchesByPathTemplateVersionAndOperation) {
  TestServer server;
  define(server, R"({"rules": [
    {"request": {"version": "beta", "path": "/reports/credentialUserRegistrationCounts/{id}"},
     "response": {"status": 418, "body": "entity"}},
    {"request": {"path": "/users/**"}, "response": {"status": 200, "jsonBody": {"a": [1]}}},
    {"request": {"operation": "microsoft.graph.getByIds"}, "response": {"status": 202, "body": "ids"}}
  ]})");
  EXPECT_EQ(server.get(kReport).body, "entity");
  EXPECT_EQ(server.get("/beta/reports/credentialUserRegistrationCounts('x')").body, "entity");
  EXPECT_EQ(server.get("/beta/reports/credentialUserRegistrationCounts").status, 200);
  EXPECT_EQ(server.get("/v1.0/USERS/1/what/ever").body, R"({"a":[1]})");
  EXPECT_EQ(server.send("POST", "/v1.0/directoryObjects/getByIds", "{}").body, "ids");
  EXPECT_EQ(server.send("POST", "/v1.0/directoryObjects/microsoft.graph.getByIds", "{}").body,
            "ids");
}

TEST(Scenario, ServesWhatStandsElsewhere) {
  TestServer server;
  define(server,
         R"({"rules": [{"request": {"path": "/organization"}, "response": {"serve": "/users"}}]})");
  EXPECT_EQ(at(server.get("/v1.0/organization"), "/value/0/displayName"), R"("Nora Lindqvist")");
}

TEST(Scenario, ThatIsWrongIsRefusedWithItsLines) {
  TestServer server;
  const auto response =
      server.send("PUT", "/__admin/scenarios/mine",
                  "{\"rules\": [\n{\"respons\": {}},\n{\"response\": {\"fault\": \"X\"}}]}");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/details/0/message"),
            R"("mine:2: unknown field 'respons'; did you mean 'response'?")");
  EXPECT_NE(response.body.find("mine:3: 'X' is none of CONNECTION_RESET_BY_PEER"),
            std::string::npos);
  EXPECT_EQ(update(server, {{"X-Mock-Scenario", "mine"}}).status, 400);
}

TEST(Scenario, ThatThereIsNoneOfIsAnError) {
  TestServer server;
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/none").status, 404);
  EXPECT_EQ(server.send("DELETE", "/__admin/scenarios/none").status, 404);
  EXPECT_EQ(update(server, {{"X-Mock-Scenario", "none"}}).status, 400);
  EXPECT_EQ(at(server.get(kReport), "/totalUserCount"), "25");
}

TEST(Scenario, IsListedWithItsCalls) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/throttle-updates");
  update(server);
  const auto list = support::json_of(server.get("/__admin/scenarios"));
  size_t active = 0;
  for (const auto& one : list.at("scenarios").as_array()) {
    const auto name = base::text_of(one.as_object().if_contains("name"));
    EXPECT_EQ(one.at("active").as_bool(), name == "throttle-updates") << name;
    if (!one.at("active").as_bool()) continue;
    ++active;
    EXPECT_EQ(base::to_json(one.at("rules").as_array()[0].at("calls")), "1");
  }
  EXPECT_EQ(active, 1u);
}

}  // namespace
}  // namespace graphmock
