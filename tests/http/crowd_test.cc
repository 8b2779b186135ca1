// Many tenants: which requests bring one into being, which of them go when there are too many, and
// what drops them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::RawResponse;
using support::RequestHeaders;
using support::TestServer;
using testing::HasSubstr;
using testing::Not;

constexpr size_t kMost = 40;
constexpr size_t kCrowd = 3 * kMost;

app::Options options(app::Auth auth = app::Auth::Optional) {
  auto options = support::shipped_options();
  options.limits.tenants = kMost;
  options.auth = auth;
  return options;
}

// One connection, as there are many of them.
class Asker {
 public:
  explicit Asker(const TestServer& server) : client_(server.port()) {}
  RawResponse ask(const std::string& target, const std::string& method = "GET",
                  const std::string& body = "", const std::string& headers = "") {
    client_.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                 (body.empty() ? "" : "Content-Type: application/json\r\n") +
                 "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client_.read_response(method);
  }
  int rename(const std::string& tenant, const std::string& name) {
    return ask("/t/" + tenant + "/v1.0/me", "PATCH", R"({"jobTitle":")" + name + "\"}").status;
  }
  std::string name_in(const std::string& tenant) {
    return at(ask("/t/" + tenant + "/v1.0/me"), "/jobTitle");
  }

 private:
  support::RawClient client_;
};

struct ModeRow {
  std::string_view name;
  app::Auth auth;
  std::string_view target, method, body;
  int status;
};

class Crowd : public testing::TestWithParam<ModeRow> {};

TEST_P(Crowd, LeavesTheServerServing) {
  const auto& row = GetParam();
  auto given = options(row.auth);
  given.admin_token = "secret";
  const TestServer server(given);
  Asker asker(server);
  for (size_t i = 0; i < kCrowd; ++i) {
    auto target = std::string(row.target);
    target.replace(target.find('*'), 1, "x" + std::to_string(i));
    const auto answer = asker.ask(target, std::string(row.method), std::string(row.body));
    ASSERT_EQ(answer.status, row.status) << i << answer.body;
  }
  const std::string secret = "Authorization: Bearer secret\r\n";
  const auto made = asker.ask("/__admin/state/v1.0/users/u1", "PUT", R"({"displayName":"Una"})",
                              secret + "X-Mock-Tenant: mine\r\n");
  EXPECT_EQ(made.status, 201) << made.body;
}

constexpr ModeRow kModes[] = {
    {"OptionalReads", app::Auth::Optional, "/t/*/v1.0/me", "GET", "", 200},
    {"OffReads", app::Auth::Off, "/t/*/v1.0/me", "GET", "", 200},
    {"RequiredReads", app::Auth::Required, "/t/*/v1.0/me", "GET", "", 401},
    {"RequiredWrites", app::Auth::Required, "/t/*/v1.0/me", "PATCH", R"({"jobTitle":"x"})", 401},
    {"RefusedWrites", app::Auth::Optional, "/t/*/v1.0/me", "PATCH", R"({"displayName":1})", 400},
    {"NoSuchAddress", app::Auth::Optional, "/t/*/v1.0/nothing", "GET", "", 400},
    {"NoSuchVersion", app::Auth::Optional, "/t/*/v7", "GET", "", 400},
    {"Tokens", app::Auth::Required, "/*/oauth2/v2.0/token", "POST", "{}", 400},
    {"Keys", app::Auth::Required, "/*/discovery/v2.0/keys", "GET", "", 200},
    {"ControlPlane", app::Auth::Required, "/t/*/__admin/state", "PUT", "{}", 401},
};

INSTANTIATE_TEST_SUITE_P(Tenants, Crowd, testing::ValuesIn(kModes), support::RowName());

// For a server with as many as there may be.
TEST(CrowdOfTenants, IsNotMadeByWhoMayNotAsk) {
  const TestServer server(options(app::Auth::Required));
  for (const std::string target :
       {"/t/a/v1.0/me", "/a/oauth2/v2.0/token", "/a/v2.0/.well-known/openid-configuration",
        "/t/a/__admin/requests", "/t/a/__admin/state/v1.0/users", "/t/a/__admin/scenarios",
        "/t/a/__admin/snapshots", "/t/a/__admin/clock", "/t/a/__admin/permissions"}) {
    server.get(target);
    EXPECT_EQ(server.get("/__admin/tenants").body, R"({"tenants":[]})") << target;
  }
  EXPECT_EQ(server.send("POST", "/t/a/__admin/reset").status, 204);
  EXPECT_EQ(server.get("/__admin/tenants").body, R"({"tenants":[]})");
  EXPECT_THAT(server.get("/__admin/metrics").body, HasSubstr("graphmock_tenants 0\n"));
  const auto first = server.get("/t/a/v1.0/me"), second = server.get("/t/a/v1.0/me");
  EXPECT_NE(first.header("request-id"), second.header("request-id"));
}

// A suite drops its tenant when it is done, whatever its token was for.
TEST(CrowdOfTenants, HasTheOneThatATokenIsOrderedFor) {
  const TestServer server(options(app::Auth::Required));
  EXPECT_EQ(server.send("POST", "/t/a/__admin/tokens", R"({"lifetimeSeconds":-60})").status, 200);
  EXPECT_EQ(server.send("DELETE", "/__admin/tenants/a").status, 204);
  EXPECT_EQ(server.send("DELETE", "/__admin/tenants/a").status, 404);
}

TEST(CrowdOfTenants, KeepsTheJournalOfOneThatOnlyReads) {
  const TestServer server(options());
  const RequestHeaders mine = {{"X-Mock-Tenant", "mine"}};
  server.send("GET", "/v1.0/me", "", mine);
  server.send("GET", "/v1.0/nothing", "", mine);
  EXPECT_EQ(at(server.send("GET", "/__admin/requests", "", mine), "/meta/total"), "2");
  EXPECT_EQ(at(server.get("/__admin/tenants"), "/tenants/0/isTouched"), "false");
}

TEST(CrowdOfTenants, TakesTheUntouchedThatWereIdleLongest) {
  const TestServer server(options());
  Asker asker(server);
  EXPECT_EQ(asker.rename("touched", "Una"), 204);
  EXPECT_EQ(asker.ask("/t/told/__admin/scenarios/slow-network", "PUT").status, 204);
  for (size_t i = 2; i < kMost; ++i) asker.ask("/t/x" + std::to_string(i) + "/v1.0/me");
  asker.ask("/t/x2/v1.0/me");
  EXPECT_EQ(asker.rename("another", "Otto"), 204);
  const auto list = server.get("/__admin/tenants").body;
  EXPECT_THAT(list, HasSubstr("\"x2\"")) << "asked for meanwhile";
  EXPECT_THAT(list, Not(HasSubstr("\"x3\"")));
  EXPECT_THAT(list, HasSubstr("\"x4\""));
  for (size_t i = 0; i < kCrowd; ++i) asker.ask("/t/y" + std::to_string(i) + "/v1.0/me");
  EXPECT_EQ(asker.name_in("touched"), "\"Una\"");
  EXPECT_EQ(asker.name_in("another"), "\"Otto\"");
  EXPECT_THAT(server.get("/__admin/tenants").body,
              HasSubstr(R"("activeScenarios":["slow-network"])"));
}

class FullServer : public testing::Test {
 protected:
  FullServer() : server_(options()), asker_(server_) {
    for (size_t i = 0; i < kMost; ++i) {
      EXPECT_EQ(asker_.rename("x" + std::to_string(i), std::to_string(i)), 204);
    }
  }

  TestServer server_;
  Asker asker_;
};

TEST_F(FullServer, RefusesWritesAndSaysTheWaysOut) {
  for (const std::string target : {"/t/more/v1.0/me", "/t/more/__admin/snapshots/s"}) {
    const auto refused = asker_.ask(target, target.ends_with("me") ? "PATCH" : "PUT", "{}");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(at(refused, "/error/code"), R"("TooManyTenants")");
    for (const std::string way :
         {"DELETE /__admin/tenants/NAME", "DELETE /__admin/tenants?idle=PT1H",
          "DELETE /__admin/tenants?tenant=*"}) {
      EXPECT_THAT(refused.body, HasSubstr(way));
    }
  }
  EXPECT_EQ(asker_.name_in("x7"), "\"7\"");
  EXPECT_EQ(asker_.ask("/t/more/v1.0/me").status, 200) << "the fixtures answer";
  EXPECT_EQ(server_.send("DELETE", "/__admin/tenants/x7").status, 204);
  EXPECT_EQ(asker_.rename("more", "new"), 204);
}

TEST_F(FullServer, HasRoomAfterAReset) {
  EXPECT_EQ(server_.send("POST", "/t/x7/__admin/reset").status, 204);
  EXPECT_EQ(asker_.rename("more", "new"), 204);
  EXPECT_EQ(asker_.rename("yet-another", "new"), 503);
}

TEST_F(FullServer, DropsAll) {
  EXPECT_EQ(server_.send("DELETE", "/__admin/tenants?tenant=*").status, 204);
  EXPECT_EQ(server_.get("/__admin/tenants").body, R"({"tenants":[]})");
  EXPECT_NE(asker_.name_in("x7"), "\"7\"");
}

TEST_F(FullServer, DropsThoseThatAreIdle) {
  EXPECT_EQ(at(server_.get("/__admin/tenants"), "/tenants/0/idleSince"),
            R"("2026-01-31T12:00:00Z")");
  server_.clock().advance(std::chrono::minutes(59));
  asker_.name_in("x7");
  EXPECT_EQ(server_.send("DELETE", "/__admin/tenants?idle=PT1H").status, 204);
  EXPECT_THAT(server_.get("/__admin/metrics").body,
              HasSubstr("graphmock_tenants " + std::to_string(kMost) + "\n"));
  server_.clock().advance(std::chrono::minutes(1));
  EXPECT_EQ(server_.send("DELETE", "/__admin/tenants?idle=PT1H").status, 204);
  EXPECT_THAT(server_.get("/__admin/metrics").body, HasSubstr("graphmock_tenants 1\n"));
  EXPECT_EQ(asker_.name_in("x7"), "\"7\"");
}

TEST_F(FullServer, DropsNoneWhereItIsNotSaidWhich) {
  for (const std::string target :
       {"/__admin/tenants", "/t/x7/__admin/tenants",
        "/__admin/tenants?idle=", "/__admin/tenants?idle=1h", "/__admin/tenants?idle=3600",
        "/__admin/tenants?idle=-PT1H", "/__admin/tenants?tenant=x7",
        "/__admin/tenants?tenant=", "/__admin/tenants?all=true", "/__admin/tenants?idle=%FF"}) {
    const auto answer = server_.send("DELETE", target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_GT(at(answer, "/error/message").size(), 20u) << target;
  }
  EXPECT_EQ(asker_.rename("more", "new"), 503);
}

TEST(StateOfATenant, IsNotChangedByHead) {
  const TestServer server;
  server.send("PUT", "/__admin/state/v1.0/users/u1", R"({"displayName":"Una"})");
  EXPECT_EQ(server.send("HEAD", "/__admin/state/v1.0/users/u1").status, 200);
  EXPECT_EQ(server.get("/v1.0/users/u1").status, 200);
}

}  // namespace
}  // namespace graphmock
