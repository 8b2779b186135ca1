// The control plane's hand on a tenant: resets of parts, snapshots, clock, tenants, scenarios,
// metrics, reloading.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const support::RequestHeaders kInA = {{"X-Mock-Tenant", "a"}};

std::string title(const TestServer& server, const support::RequestHeaders& headers = {}) {
  return at(server.send("GET", "/v1.0/me?$select=jobTitle", "", headers), "/jobTitle");
}
int set_title(const TestServer& server, const std::string& text,
              const support::RequestHeaders& headers = {}) {
  return server.send("PATCH", "/v1.0/me", R"({"jobTitle":")" + text + "\"}", headers).status;
}
std::string new_id(const TestServer& server) {
  return at(server.send("POST", "/v1.0/groups",
                        R"({"displayName":"g","mailNickname":"g","mailEnabled":false,)"
                        R"("securityEnabled":true})"),
            "/id");
}

// A tenant with something in every part.
void fill(const TestServer& server) {
  set_title(server, "changed");
  server.send("PUT", "/__admin/scenarios/throttle-updates");
  server.send("PUT", "/__admin/clock", R"({"advance":"P1D"})");
}
// What of that is still there: "title scenario requests clock".
std::string parts(const TestServer& server) {
  const bool has_requests = at(server.get("/__admin/requests"), "/meta/total") != "0";
  const bool is_active =
      server.get("/__admin/scenarios").body.find(R"("active":true)") != std::string::npos;
  const bool is_moved = at(server.get("/__admin/clock"), "/now") != R"("2026-01-31T12:00:00Z")";
  const bool is_changed = title(server) == R"("changed")";
  return std::string(is_changed ? "entities " : "") + (is_active ? "scenarios " : "") +
         (has_requests ? "requests " : "") + (is_moved ? "clock" : "");
}

TEST(Reset, MakesATenantAsNew) {
  TestServer server;
  const auto first_id = new_id(server);
  fill(server);
  EXPECT_EQ(parts(server), "entities scenarios requests clock");
  EXPECT_EQ(server.send("POST", "/__admin/reset").status, 204);
  EXPECT_EQ(parts(server), "");
  EXPECT_EQ(new_id(server), first_id) << "ids begin anew";
}

TEST(Reset, TakesOnePartAlone) {
  const std::pair<std::string, std::string> kRows[] = {
      {"entities", "scenarios requests clock"},
      {"scenarios", "entities requests clock"},
      {"requests", "entities scenarios clock"},
      {"clock", "entities scenarios requests "},
  };
  for (const auto& [part, left] : kRows) {
    TestServer server;
    fill(server);
    EXPECT_EQ(server.send("POST", "/__admin/reset/" + part).status, 204);
    EXPECT_EQ(parts(server), left) << part;
  }
}

TEST(Reset, TakesAllTenants) {
  TestServer server;
  set_title(server, "changed");
  set_title(server, "changed", kInA);
  EXPECT_EQ(server.send("POST", "/__admin/reset/entities?tenant=*").status, 204);
  EXPECT_NE(title(server), R"("changed")");
  EXPECT_NE(title(server, kInA), R"("changed")");
}

TEST(Reset, GivesBackWhatIsActiveFromTheStart) {
  auto options = support::shipped_options();
  options.active_scenarios = {"slow-network"};
  TestServer server(options);
  server.send("DELETE", "/__admin/scenarios/slow-network");
  EXPECT_EQ(server.get("/__admin/scenarios").body.find(R"("active":true)"), std::string::npos);
  server.send("POST", "/__admin/reset/scenarios");
  EXPECT_NE(server.get("/__admin/scenarios").body.find(R"("active":true)"), std::string::npos);
}

TEST(Snapshots, BringBackWhatWas) {
  TestServer server;
  set_title(server, "before");
  server.send("PUT", "/__admin/scenarios/throttle-updates");
  server.send("PUT", "/__admin/clock", R"({"now":"2027-01-01T00:00:00Z","frozen":true})");
  const auto taken = server.send("PUT", "/__admin/snapshots/base");
  EXPECT_EQ(taken.status, 201);
  EXPECT_EQ(at(taken, "/name"), R"("base")");
  EXPECT_EQ(at(taken, "/takenAt"), R"("2027-01-01T00:00:00Z")");
  const auto id = new_id(server);
  set_title(server, "after");
  server.send("DELETE", "/__admin/scenarios/throttle-updates");
  server.send("PUT", "/__admin/clock", R"({"advance":"P1D","frozen":false})");
  EXPECT_EQ(server.send("POST", "/__admin/snapshots/base/restore").status, 204);
  EXPECT_EQ(title(server), R"("before")");
  EXPECT_EQ(server.get("/v1.0/groups/" + id.substr(1, id.size() - 2)).status, 404);
  EXPECT_EQ(new_id(server), id) << "ids go on where they were";
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2027-01-01T00:00:00Z")");
  EXPECT_EQ(set_title(server, "first"), 204);
  EXPECT_EQ(set_title(server, "second"), 429) << "the scenario stands where it stood";
}

TEST(Snapshots, LastThroughResetsAndRestores) {
  TestServer server;
  set_title(server, "before");
  server.send("PUT", "/__admin/snapshots/base");
  server.send("POST", "/__admin/reset");
  for (int i = 0; i < 2; ++i) {
    EXPECT_NE(title(server), R"("before")");
    server.send("POST", "/__admin/snapshots/base/restore");
    EXPECT_EQ(title(server), R"("before")");
    set_title(server, "again");
  }
}

TEST(Snapshots, KeepTheJournalGoing) {
  TestServer server;
  server.send("PUT", "/__admin/snapshots/base");
  set_title(server, "x");
  server.send("POST", "/__admin/snapshots/base/restore");
  EXPECT_EQ(at(server.get("/__admin/requests"), "/meta/total"), "1");
}

TEST(Snapshots, AreListedReplacedAndDeleted) {
  TestServer server;
  EXPECT_EQ(at(server.get("/__admin/snapshots"), "/snapshots"), "[]");
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/b").status, 201);
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/a").status, 201);
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/a").status, 200);
  EXPECT_EQ(at(server.get("/__admin/snapshots"), "/snapshots/0/name"), R"("a")");
  EXPECT_EQ(at(server.get("/__admin/snapshots/b"), "/name"), R"("b")");
  EXPECT_EQ(server.send("DELETE", "/__admin/snapshots/b").status, 204);
  EXPECT_EQ(server.get("/__admin/snapshots/b").status, 404);
  EXPECT_EQ(server.send("DELETE", "/__admin/snapshots/b").status, 404);
  EXPECT_EQ(server.send("POST", "/__admin/snapshots/b/restore").status, 404);
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/a%20b").status, 400);
}

TEST(Snapshots, AreATenantsOwn) {
  TestServer server;
  server.send("PUT", "/__admin/snapshots/mine");
  EXPECT_EQ(server.send("GET", "/__admin/snapshots/mine", "", kInA).status, 404);
  EXPECT_EQ(server.get("/__admin/snapshots?tenant=*").status, 400);
}

TEST(Snapshots, AreBoundedInNumber) {
  TestServer server;
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(server.send("PUT", "/__admin/snapshots/s" + std::to_string(i)).status, 201);
  }
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/more").status, 503);
  EXPECT_EQ(server.send("PUT", "/__admin/snapshots/s7").status, 200);
}

TEST(StateDifference, IsToldSinceASnapshot) {
  TestServer server;
  set_title(server, "one");
  server.send("PUT", "/__admin/snapshots/s");
  EXPECT_EQ(at(server.get("/__admin/state/diff?from=s"), "/updated"), "[]");
  set_title(server, "two");
  const auto since = server.get("/__admin/state/diff?from=s");
  EXPECT_EQ(at(since, "/updated/0/changes"), R"([{"path":"/jobTitle","from":"one","to":"two"}])");
  EXPECT_EQ(at(server.get("/__admin/state/diff"), "/updated/0/changes/0/to"), R"("two")");
  EXPECT_EQ(server.get("/__admin/state/diff?from=none").status, 404);
}

TEST(StateDifference, TellsWhatReadsDoNotSeeYet) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/lag", R"({"rules":[{"consistencyLag":{"reads":9}}]})");
  set_title(server, "late");
  EXPECT_NE(title(server), R"("late")");
  EXPECT_EQ(at(server.get("/__admin/state/diff"), "/updated/0/changes/0/to"), R"("late")");
}

TEST(WholeState, GoesFromOneTenantToAnother) {
  TestServer server;
  set_title(server, "changed");
  new_id(server);
  const auto document = server.get("/__admin/state").body;
  EXPECT_EQ(server.send("PUT", "/__admin/state", document, kInA).status, 204);
  EXPECT_EQ(title(server, kInA), R"("changed")");
  EXPECT_EQ(server.send("GET", "/__admin/state", "", kInA).body, document);
  EXPECT_EQ(at(server.send("GET", "/__admin/state/diff", "", kInA), "/created"), "[]");
  server.send("POST", "/__admin/reset", "", kInA);
  EXPECT_NE(title(server, kInA), R"("changed")");
}

TEST(WholeState, ThatIsWrongChangesNothing) {
  TestServer server;
  set_title(server, "kept");
  const auto answer = server.send("PUT", "/__admin/state", R"({"users":[{"id":7}]})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(at(answer, "/error/details/0/message").find("body:1"), std::string::npos);
  EXPECT_EQ(title(server), R"("kept")");
}

TEST(WholeState, HasNoDifferenceToASnapshotOfAnotherBeginning) {
  TestServer server;
  server.send("PUT", "/__admin/snapshots/s");
  server.send("PUT", "/__admin/state", R"({"users":[{"id":"u"}]})");
  EXPECT_EQ(server.get("/__admin/state/diff?from=s").status, 409);
  server.send("POST", "/__admin/snapshots/s/restore");
  EXPECT_EQ(at(server.get("/__admin/state/diff?from=s"), "/deleted"), "[]");
}

TEST(Clock, IsMovedAndHeldStill) {
  TestServer server;
  EXPECT_EQ(at(server.get("/__admin/clock"), "/frozen"), "false");
  const auto set = server.send("PUT", "/__admin/clock", R"({"now":"2030-05-01T00:00:00+02:00"})");
  EXPECT_EQ(set.status, 200);
  EXPECT_EQ(at(set, "/now"), R"("2030-04-30T22:00:00Z")");
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2030-04-30T23:00:00Z")") << "it runs";
  server.send("PUT", "/__admin/clock", R"({"frozen":true})");
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2030-04-30T23:00:00Z")") << "it stands";
  server.send("PUT", "/__admin/clock", R"({"advance":"PT1H30M"})");
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2030-05-01T00:30:00Z")");
  server.send("PUT", "/__admin/clock", R"({"frozen":false})");
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2030-05-01T01:30:00Z")");
}

TEST(Clock, IsTheOneThatEntitiesAreStampedBy) {
  TestServer server;
  server.send("PUT", "/__admin/clock", R"({"now":"2031-01-01T00:00:00Z","frozen":true})");
  const auto group = server.send("POST", "/v1.0/groups",
                                 R"({"displayName":"g","mailNickname":"g","mailEnabled":false,)"
                                 R"("securityEnabled":true})");
  EXPECT_EQ(at(group, "/createdDateTime"), R"("2031-01-01T00:00:00Z")");
  EXPECT_EQ(group.header("Date"), "Wed, 01 Jan 2031 00:00:00 GMT");
}

TEST(Clock, BelongsToATenant) {
  TestServer server;
  server.send("PUT", "/__admin/clock", R"({"advance":"P1D"})", kInA);
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2026-01-31T12:00:00Z")");
  EXPECT_EQ(at(server.send("GET", "/__admin/clock", "", kInA), "/now"),
            R"("2026-02-01T12:00:00Z")");
}

TEST(Clock, RefusesWhatIsNoTime) {
  TestServer server;
  for (const std::string body :
       {"", "{}", "[]", R"({"now":"tomorrow"})", R"({"now":"2030-01-01"})", R"({"advance":"1h"})",
        R"({"advance":3600})", R"({"frozen":"yes"})", R"({"nov":"2030-01-01T00:00:00Z"})",
        R"({"now":"9999-12-31T23:00:00Z","advance":"PT2H"})",
        R"({"advance":"-P100000D","now":"0100-01-01T00:00:00Z"})",
        R"({"advance":"P106751D","now":"9990-01-01T00:00:00Z"})"}) {
    EXPECT_EQ(server.send("PUT", "/__admin/clock", body).status, 400) << body;
  }
  EXPECT_EQ(at(server.get("/__admin/clock"), "/now"), R"("2026-01-31T12:00:00Z")");
}

TEST(TenantList, NamesAllAndDropsOne) {
  TestServer server;
  server.get("/t/a/v1.0/users");
  server.get("/v1.0/users");
  server.send("PUT", "/__admin/scenarios/slow-network", "", kInA);
  const auto list = server.get("/__admin/tenants");
  EXPECT_EQ(at(list, "/tenants/0"),
            R"({"name":"a","requests":1,"activeScenarios":["slow-network"],"bytes":)" +
                at(list, "/tenants/0/bytes") +
                R"(,"isTouched":true,"idleSince":"2026-01-31T12:00:00Z"})");
  EXPECT_EQ(at(list, "/tenants/1/name"), R"("default")");
  set_title(server, "changed", {{"X-Mock-Tenant", "b"}});
  EXPECT_EQ(server.send("DELETE", "/__admin/tenants/b").status, 204);
  EXPECT_EQ(server.send("DELETE", "/__admin/tenants/b").status, 404);
  EXPECT_NE(title(server, {{"X-Mock-Tenant", "b"}}), R"("changed")") << "it is new";
}

TEST(ScenarioList, TellsPositionsAndRulesThatNeverActed) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/mine", R"({"description":"d","rules":[
    {"name":"first","calls":{"from":2},"newScenarioState":"Two","response":{"status":500}},
    {"name":"second","request":{"method":"PUT"},"response":{"status":501}}]})");
  server.get("/v1.0/users");
  server.get("/v1.0/users");
  const auto list = support::json_of(server.get("/__admin/scenarios"));
  for (const auto& one : list.at("scenarios").as_array()) {
    if (one.at("name").as_string() != "mine") continue;
    EXPECT_EQ(base::to_json(one),
              R"({"name":"mine","description":"d","active":true,"state":"Two","rules":[)"
              R"({"name":"first","priority":5,"calls":2,"hits":1},)"
              R"({"name":"second","priority":5,"calls":0,"hits":0}],"neverHit":["second"]})");
    return;
  }
  FAIL() << "not listed";
}

TEST(ScenarioState, IsSetByHand) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/mine", R"({"rules":[
    {"requiredScenarioState":"Broken","response":{"status":503}}]})");
  EXPECT_EQ(server.get("/v1.0/users").status, 200);
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/mine/state", R"({"state":"Broken"})").status,
            204);
  EXPECT_EQ(server.get("/v1.0/users").status, 503);
  server.send("PUT", "/__admin/scenarios/mine/state", R"({"state":"Started"})");
  EXPECT_EQ(server.get("/v1.0/users").status, 200);
}

TEST(ScenarioState, IsOneThatTheScenarioKnows) {
  TestServer server;
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/none/state", R"({"state":"x"})").status, 404);
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/slow-network/state", R"({"state":"x"})").status,
            409);
  server.send("PUT", "/__admin/scenarios/slow-network");
  const auto answer =
      server.send("PUT", "/__admin/scenarios/slow-network/state", R"({"state":"x"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("Its states: 'Started'"), std::string::npos) << answer.body;
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/slow-network/state", R"({"stat":"x"})").status,
            400);
}

TEST(Scenarios, AreSwitchedInAllTenants) {
  TestServer server;
  server.get("/t/a/v1.0/users");
  server.get("/v1.0/users");
  const auto script = R"({"rules":[{"response":{"status":503}}]})";
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/mine?tenant=*", script).status, 204);
  EXPECT_EQ(server.get("/t/a/v1.0/users").status, 503);
  EXPECT_EQ(server.get("/v1.0/users").status, 503);
  EXPECT_EQ(server.send("DELETE", "/__admin/scenarios/mine?tenant=*").status, 204);
  EXPECT_EQ(server.get("/t/a/v1.0/users").status, 200);
}

TEST(Metrics, AreTextForPrometheus) {
  TestServer server;
  server.get("/v1.0/users");
  server.get("/v1.0/users");
  server.get("/v1.0/users/none");
  server.get("/t/a/v1.0/users");
  const auto metrics = server.get("/__admin/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_EQ(metrics.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const std::string line :
       {"graphmock_requests_total{method=\"GET\",status=\"200\"} 3\n",
        "graphmock_requests_total{method=\"GET\",status=\"404\"} 1\n",
        "graphmock_request_duration_seconds_count 4\n", "graphmock_tenants 2\n",
        "# TYPE graphmock_requests_total counter\n"}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line << metrics.body;
  }
  EXPECT_EQ(server.send("POST", "/__admin/metrics").status, 405);
}

// A fixture set and a folder of scenarios that a test changes while the server runs.
class Reload : public testing::Test {
 protected:
  static app::Options options_of(const support::TemporaryFolder& folder) {
    auto options = support::shipped_options();
    folder.write("fixtures/users.json", R"([{"id":"u","displayName":"Old"}])");
    folder.write("scenarios/one.json", R"({"rules":[{"response":{"status":503}}]})");
    options.fixtures = folder.path() / "fixtures";
    options.scenarios = folder.path() / "scenarios";
    return options;
  }

  support::TemporaryFolder folder_;
  TestServer server_{options_of(folder_)};
};

TEST_F(Reload, ReadsFixturesAndScenariosAnew) {
  server_.send("PATCH", "/v1.0/users/u", R"({"displayName":"Changed"})");
  folder_.write("fixtures/users.json", R"([{"id":"u","displayName":"New"}])");
  folder_.write("scenarios/two.json", R"({"rules":[{"response":{"status":504}}]})");
  const auto answer = server_.send("POST", "/__admin/reload");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(at(answer, "/entities"), "1");
  EXPECT_EQ(at(answer, "/scenarios"), "2");
  EXPECT_EQ(at(server_.get("/v1.0/users/u"), "/displayName"), R"("New")");
  EXPECT_EQ(server_.send("GET", "/v1.0/users", "", {{"X-Mock-Scenario", "two"}}).status, 504);
}

TEST_F(Reload, ChangesNothingWhenAFileIsBad) {
  server_.send("PATCH", "/v1.0/users/u", R"({"displayName":"Changed"})");
  folder_.write("fixtures/users.json", R"([{"id":"u","displayName":"New"}])");
  const auto bad = folder_.write("scenarios/one.json", "{\n\"rules\":7}");
  const auto answer = server_.send("POST", "/__admin/reload");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(at(answer, "/error/details/0/message"),
            '"' + bad.string() + R"(:2: expected an array of rules")");
  EXPECT_EQ(at(server_.get("/v1.0/users/u"), "/displayName"), R"("Changed")");
  EXPECT_EQ(server_.send("GET", "/v1.0/users", "", {{"X-Mock-Scenario", "one"}}).status, 503);
}

TEST_F(Reload, TakesNoOtherMethod) {
  const auto answer = server_.get("/__admin/reload");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "POST");
}

}  // namespace
}  // namespace graphmock
