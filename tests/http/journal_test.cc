// The journal: what a tenant was asked, looked up through the control plane.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const support::RequestHeaders kInA = {{"X-Mock-Tenant", "a"}};

std::string count(const TestServer& server, std::string_view pattern) {
  return at(server.send("POST", "/__admin/requests/count", pattern), "/count");
}

TEST(Journal, HasTheNewestFirst) {
  TestServer server;
  server.get("/v1.0/users");
  server.send("PATCH", "/v1.0/me", R"({"jobTitle":"Lead"})");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(journal.status, 200);
  EXPECT_EQ(at(journal, "/meta/total"), "2");
  EXPECT_EQ(at(journal, "/requests/0/request/method"), R"("PATCH")");
  EXPECT_EQ(at(journal, "/requests/0/request/url"), R"("/v1.0/me")");
  EXPECT_EQ(at(journal, "/requests/0/request/body"), R"("{\"jobTitle\":\"Lead\"}")");
  EXPECT_EQ(at(journal, "/requests/0/request/loggedDateString"), R"("2026-01-31T12:00:00Z")");
  EXPECT_EQ(at(journal, "/requests/0/response/status"), "204");
  EXPECT_EQ(at(journal, "/requests/0/wasMatched"), "true");
  EXPECT_EQ(at(journal, "/requests/1/request/url"), R"("/v1.0/users")");
  EXPECT_EQ(at(journal, "/requests/1/response/status"), "200");
}

TEST(Journal, TellsARequestByTheIdThatItsAnswerHas) {
  TestServer server;
  const auto answer = server.get("/v1.0/users");
  EXPECT_EQ(at(server.get("/__admin/requests"), "/requests/0/id"),
            '"' + *answer.header("request-id") + '"');
}

TEST(Journal, LeavesTheControlPlaneOut) {
  TestServer server;
  server.get("/__admin/requests");
  server.get("/__admin/scenarios");
  EXPECT_EQ(at(server.get("/__admin/requests"), "/meta/total"), "0");
}

TEST(Journal, ShowsAsManyAsAreAskedFor) {
  TestServer server;
  for (int i = 0; i < 3; ++i) server.get("/v1.0/users/" + std::to_string(i));
  const auto journal = server.get("/__admin/requests?limit=1");
  EXPECT_EQ(at(journal, "/meta/total"), "3");
  EXPECT_EQ(at(journal, "/requests/0/request/url"), R"("/v1.0/users/2")");
  EXPECT_EQ(at(journal, "/requests/1"), "(absent)");
  EXPECT_EQ(at(server.get("/__admin/requests?limit=0"), "/requests"), "[]");
  EXPECT_EQ(server.get("/__admin/requests?limit=-1").status, 400);
  EXPECT_EQ(server.get("/__admin/requests?limit=x").status, 400);
}

TEST(Journal, ShowsUnmatchedRequestsAlone) {
  TestServer server;
  server.get("/v1.0/users");
  server.get("/v1.0/users/none");        // 404
  server.send("DELETE", "/v1.0/users");  // 405
  server.get("/v1.0/usrs");              // no address
  const auto journal = server.get("/__admin/requests?unmatched=true");
  EXPECT_EQ(at(journal, "/meta/total"), "3");
  EXPECT_EQ(at(journal, "/requests/2/request/url"), R"("/v1.0/users/none")");
  EXPECT_EQ(at(journal, "/requests/2/wasMatched"), "false");
  EXPECT_EQ(at(server.get("/__admin/requests?unmatched=false"), "/meta/total"), "4");
  EXPECT_EQ(server.get("/__admin/requests?unmatched=maybe").status, 400);
}

TEST(Journal, TakesA404ThatAScenarioGivesForMatched) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/gone",
              R"({"rules":[{"name":"r","response":{"status":404}}]})");
  server.get("/v1.0/users");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(at(journal, "/requests/0/wasMatched"), "true");
  EXPECT_EQ(at(journal, "/requests/0/rules"), R"([{"scenario":"gone","rule":"r"}])");
}

TEST(Journal, MasksWhoSomebodyIs) {
  TestServer server;
  server.send("GET", "/v1.0/users", "",
              {{"Authorization", "Bearer s3cret"},
               {"Cookie", "s3cret=s3cret; b=s3cret"},
               {"X-Other", "shown"}});
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(journal.body.find("s3cret"), std::string::npos);
  EXPECT_EQ(at(journal, "/requests/0/request/headers/Authorization"), R"("Bearer ***")");
  EXPECT_EQ(at(journal, "/requests/0/request/headers/Cookie"), R"("***")");
  EXPECT_EQ(at(journal, "/requests/0/request/headers/X-Other"), R"("shown")");
}

TEST(Journal, MasksByTheKindOfASecret) {
  TestServer server;
  server.send("GET", "/v1.0/users?$top=1&access_token=s3cret&api-key=s3cret", "",
              {{"X-Session-Token", "s3cret"},
               {"X-MS-Client-Principal-Name", "s3cret"},
               {"X-Auth-Request-User", "s3cret"},
               {"Db-Password", "s3cret"},
               {"Referer", "http://x/cb?code=s3cret"}});
  server.get("/t/default/v1.0/none?client_secret=s3cret#id_token=s3cret");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(journal.body.find("s3cret"), std::string::npos) << journal.body;
  EXPECT_EQ(at(journal, "/requests/1/request/url"),
            R"("/v1.0/users?$top=1&access_token=***&api-key=***")");
  EXPECT_EQ(at(journal, "/requests/1/request/headers/Referer"), R"("http://x/cb?code=***")");
  EXPECT_EQ(server.get("/__admin/requests/unmatched/near-misses").body.find("s3cret"),
            std::string::npos);
  // What was masked is compared as it is kept, and all else as it was sent.
  EXPECT_EQ(count(server, R"({"query":{"access_token":"s3cret"}})"), "0");
  EXPECT_EQ(count(server, R"({"query":{"access_token":{"absent":false},"$top":"1"}})"), "1");
  EXPECT_EQ(count(server, R"({"headers":{"referer":{"contains":"code="}}})"), "1");
}

TEST(Journal, MasksSecretsInBodies) {
  TestServer server;
  server.send("PATCH", "/v1.0/me",
              R"({"passwordProfile":{"password":"s3cret"},"passwordPolicies":"shown"})");
  server.send("POST", "/v1.0/oauth2/token", "grant_type=password&password=s3cret&username=shown",
              {{"Content-Type", "application/x-www-form-urlencoded"}});
  server.send("POST", "/v1.0/$batch", R"({"requests":[
    {"id":"1","method":"GET","url":"/me?access_token=s3cret","headers":{"X-Auth-Token":"s3cret"}},
    {"id":"2","method":"PATCH","url":"/me","headers":{"Content-Type":"application/json"},
     "body":{"passwordProfile":{"password":"s3cret"}}}]})");
  server.send("PUT", "/__admin/scenarios/leads", R"({"rules":[{"response":{"status":302,"headers":
    {"Location":"http://x/#access_token=s3cret","Set-Cookie":"s3cret"}}}]})");
  server.get("/v1.0/me");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(journal.body.find("s3cret"), std::string::npos) << journal.body;
  EXPECT_NE(journal.body.find("shown"), std::string::npos);
  EXPECT_EQ(at(journal, "/requests/0/response/headers/Location"),
            R"("http://x/#access_token=***")");
  EXPECT_EQ(count(server, R"({"body":{"/passwordProfile/password":"s3cret"}})"), "2");
  EXPECT_EQ(server.get("/__admin/requests/unmatched/near-misses").body.find("s3cret"),
            std::string::npos);
}

TEST(Journal, ShowsWhatANextPageIsAskedForBy) {
  TestServer server;
  const auto page = server.get("/v1.0/users?$top=1&access_token=s3cret");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(journal.body.find("s3cret"), std::string::npos) << journal.body;
  EXPECT_NE(journal.body.find("$skiptoken="), std::string::npos) << journal.body;
}

TEST(Journal, CutsLongBodies) {
  TestServer server;
  const auto text = std::string(20'000, 'x');
  server.send("PATCH", "/v1.0/me", R"({"jobTitle":")" + text + "\"}");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(at(journal, "/requests/0/request/bodySize"), "20015");
  EXPECT_EQ(at(journal, "/requests/0/request/bodyCut"), "true");
  EXPECT_LT(at(journal, "/requests/0/request/body").size(), 9'000u);
}

TEST(Journal, KeepsABoundedNumber) {
  TestServer server;
  support::RawClient client(server.port());
  for (int i = 0; i < 1'100; ++i) {
    client.send("GET /v1.0/users/" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.read_response();
  }
  const auto journal = server.get("/__admin/requests?limit=1");
  EXPECT_EQ(at(journal, "/meta/total"), "1000");
  EXPECT_EQ(at(journal, "/requests/0/number"), "1100");
}

TEST(Journal, ShowsBytesThatAreNoTextInBase64) {
  TestServer server;
  server.send("PUT", "/v1.0/me/photo/$value", "\x89PNG\r\n\xff", {{"Content-Type", "image/png"}});
  EXPECT_EQ(at(server.get("/__admin/requests"), "/requests/0/request/bodyAsBase64"),
            R"("iVBORw0K/w==")");
}

TEST(Journal, ForgetsWhenItIsTold) {
  TestServer server;
  server.send("PATCH", "/v1.0/me", R"({"jobTitle":"Lead"})");
  EXPECT_EQ(server.send("DELETE", "/__admin/requests").status, 204);
  EXPECT_EQ(at(server.get("/__admin/requests"), "/meta/total"), "0");
  EXPECT_EQ(at(server.get("/v1.0/me?$select=jobTitle"), "/jobTitle"), R"("Lead")");
}

TEST(Journal, CountsWhatARuleWouldBeAbout) {
  TestServer server;
  server.get("/v1.0/users?$filter=displayName+eq+'a'");
  server.get("/beta/users");
  server.send("PATCH", "/v1.0/me", R"({"jobTitle":"Lead"})", {{"Prefer", "return=minimal"}});
  EXPECT_EQ(count(server, "{}"), "3");
  EXPECT_EQ(count(server, ""), "3");
  EXPECT_EQ(count(server, R"({"method":"GET"})"), "2");
  EXPECT_EQ(count(server, R"({"version":"beta","path":"/users"})"), "1");
  EXPECT_EQ(count(server, R"({"type":"microsoft.graph.directoryObject"})"), "3");
  EXPECT_EQ(count(server, R"({"query":{"$filter":{"contains":"eq"}}})"), "1");
  EXPECT_EQ(count(server, R"({"headers":{"prefer":{"matches":"return=.*"}}})"), "1");
  EXPECT_EQ(count(server, R"({"body":{"/jobTitle":"Lead"}})"), "1");
  EXPECT_EQ(count(server, R"({"body":{"/jobTitle":"Head"}})"), "0");
}

TEST(Journal, FindsWhatARuleWouldBeAbout) {
  TestServer server;
  server.get("/v1.0/users");
  server.get("/v1.0/groups");
  const auto found = server.send("POST", "/__admin/requests/find", R"({"path":"/groups/**"})");
  EXPECT_EQ(at(found, "/meta/total"), "1");
  EXPECT_EQ(at(found, "/requests/0/request/url"), R"("/v1.0/groups")");
}

TEST(Journal, SaysWhatIsWrongWithAPattern) {
  TestServer server;
  const auto answer = server.send("POST", "/__admin/requests/find", R"({"metod":"GET"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(at(answer, "/error/message"),
            R"("body:1: unknown field 'metod'; did you mean 'method'?")");
}

TEST(Journal, BelongsToATenant) {
  TestServer server;
  server.get("/v1.0/users");
  server.send("GET", "/v1.0/groups", "", kInA);
  server.get("/t/a/v1.0/devices");
  EXPECT_EQ(at(server.get("/__admin/requests"), "/meta/total"), "1");
  EXPECT_EQ(at(server.send("GET", "/__admin/requests", "", kInA), "/meta/total"), "2");
  EXPECT_EQ(at(server.get("/t/a/__admin/requests"), "/meta/total"), "2");
  EXPECT_EQ(at(server.get("/t/a/__admin/requests"), "/requests/0/request/url"),
            R"("/t/a/v1.0/devices")");
  EXPECT_EQ(at(server.get("/__admin/requests?tenant=*"), "/meta/total"), "3");
  EXPECT_EQ(at(server.send("POST", "/__admin/requests/count?tenant=*", R"({"path":"/devices"})"),
               "/count"),
            "1");
}

TEST(Journal, TellsOfAnswersThatWereLost) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/lost", R"({"rules":[
    {"name":"r","response":{"fault":"EMPTY_RESPONSE","fixedDelayMilliseconds":1}}]})");
  support::RawClient client(server.port());
  client.send("GET /v1.0/users HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.read_until_close(), "");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(at(journal, "/requests/0/response"), "null");
  EXPECT_EQ(at(journal, "/requests/0/fault"), R"("EMPTY_RESPONSE")");
  EXPECT_EQ(at(journal, "/requests/0/delayMilliseconds"), "1");
}

TEST(NearMisses, ExplainWhatEachRuleLacked) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/mine", R"({"rules":[
    {"name":"far","request":{"method":"PATCH","path":"/groups/{id}","version":"beta"},
     "response":{"status":500}},
    {"name":"near","request":{"method":"GET","path":"/user/{id}"},"response":{"status":500}}]})");
  server.get("/v1.0/users/none");
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(at(answer, "/nearMisses/0/request/request/url"), R"("/v1.0/users/none")");
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/0/rule"), R"("near")");
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/0/active"), "true");
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/0/mismatches"),
            R"(["path: expected /user/{id}, was /users/none"])");
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/1/rule"), R"("far")");
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/1/mismatches/0"),
            R"("method: expected PATCH, was GET")");
}

TEST(NearMisses, TellOfStatesAndOfScenariosThatAreNotActive) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/mine", R"({"rules":[
    {"name":"r","requiredScenarioState":"Later","response":{"status":500}}]})");
  server.get("/v1.0/users/none");
  EXPECT_EQ(
      at(server.get("/__admin/requests/unmatched/near-misses"), "/nearMisses/0/rules/0/mismatches"),
      R"(["state: expected Later, is now Started"])");
  server.send("PUT", "/__admin/scenarios/a-rule", R"({"rules":[{"response":{"status":500}}]})");
  server.send("DELETE", "/__admin/scenarios/a-rule");
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_NE(answer.body.find("'a-rule' is not active in this tenant"), std::string::npos);
}

TEST(NearMisses, NameKeysThatMayHaveBeenMeant) {
  TestServer server;
  server.send("PUT", "/__admin/state/v1.0/users/adele", R"({"displayName":"Adele"})");
  server.get("/v1.0/users/adelle/messages");
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_EQ(at(answer, "/nearMisses/0/paths/0/path"), R"("/v1.0/users/adele")");
}

TEST(NearMisses, NameTheMethodsThatAnAddressTakes) {
  TestServer server;
  server.send("DELETE", "/v1.0/users");
  EXPECT_EQ(at(server.get("/__admin/requests/unmatched/near-misses"), "/nearMisses/0/paths/0/why"),
            R"("method: the address takes GET, POST, not DELETE")");
}

TEST(NearMisses, NameTheVersionThatHasTheAddress) {
  TestServer server;
  server.get("/v1.0/reports/credentialUserRegistrationCounts");
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_EQ(at(answer, "/nearMisses/0/paths/0/path"),
            R"("/beta/reports/credentialUserRegistrationCounts")");
  EXPECT_EQ(at(answer, "/nearMisses/0/paths/0/why"), R"("beta has the address, v1.0 has not")");
}

TEST(NearMisses, NameTheVersionThatWasForgotten) {
  TestServer server;
  server.get("/users");
  EXPECT_EQ(at(server.get("/__admin/requests/unmatched/near-misses"), "/nearMisses/0/paths/0"),
            R"({"path":"/v1.0/users","why":"a path begins with the version"})");
  server.get("/v2.0/users");
  EXPECT_EQ(at(server.get("/__admin/requests/unmatched/near-misses"), "/nearMisses/0/paths/0"),
            R"({"path":"/v1.0/users","why":"there is no version 'v2.0'"})");
}

TEST(NearMisses, DoNotTellSecretsOfRulesOrRequests) {
  TestServer server;
  server.send("PUT", "/__admin/scenarios/mine", R"({"rules":[
    {"request":{"headers":{"Authorization":"Bearer s3cret"},"query":{"access_token":"s3cret"},
     "body":{"/password":"s3cret"}},"response":{"status":500}}]})");
  server.send("GET", "/v1.0/users/none", "", {{"X-Api-Key", "s3cret"}});
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_NE(answer.body.find("header 'Authorization': its value is another"), std::string::npos);
  EXPECT_NE(answer.body.find("query option 'access_token': its value is another"),
            std::string::npos);
  EXPECT_NE(answer.body.find("body '/password': its value is another"), std::string::npos);
  EXPECT_EQ(answer.body.find("s3cret"), std::string::npos) << answer.body;
}

TEST(NearMisses, AreThereForUnmatchedRequestsAlone) {
  TestServer server;
  server.get("/v1.0/users");
  EXPECT_EQ(at(server.get("/__admin/requests/unmatched/near-misses"), "/nearMisses"), "[]");
}

}  // namespace
}  // namespace graphmock
