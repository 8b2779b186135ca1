// Each field of a scenario's rules, as the contract has them, by what a client sees.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "library_world.h"
#include "support/test_name.h"

namespace graphmock {
namespace {

using namespace std::chrono_literals;
using support::at;
using support::TestServer;
using Statuses = std::vector<int>;

constexpr std::string_view kReports = "/beta/reports/credentialUserRegistrationCounts";
constexpr std::string_view kReport =
    "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532";
constexpr std::string_view kNora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";

// As the contract's example, without comments that would be its own.
constexpr std::string_view kExample = R"json({
  "description": "The second and third update are throttled, then all is well",
  "rules": [
    {
      "name": "throttle",
      "priority": 5,
      "request": {
        "method": "PATCH",                                      // or a list; absent = any
        "version": "beta",                                      // absent = any
        "path": "/reports/credentialUserRegistrationCounts/{id}", // template; ** = the rest
        "type": "microsoft.graph.credentialUserRegistrationCount",
        "query":   { "$filter": { "contains": "eq" } },
        "headers": { "Prefer": { "matches": "return=(minimal|representation)" } },
        "body":    { "/totalUserCount": { "greaterThan": 10 } }
      },
      "requiredScenarioState": "Started", "newScenarioState": "Throttled",
      "calls": { "from": 2, "to": 3, "every": 1 },
      "probability": @PROBABILITY@,
      "phase": "before",
      "response": { "status": 429, "error": { "code": "TooManyRequests", "message": "..." },
                    "headers": { "Retry-After": "2" },
                    "fixedDelayMilliseconds": 1,
                    "delayDistribution": { "type": "lognormal", "median": 8, "sigma": 0.4, "maxValue": 50 },
                    "chunkedDribbleDelay": { "numberOfChunks": 5, "totalDuration": 10 }
                    @FAULT@ }
    }
  ]
})json";

std::string example(const std::string& probability, const std::string& fault) {
  std::string text(kExample);
  const auto put = [&text](std::string_view mark, const std::string& replacement) {
    text.replace(text.find(mark), mark.size(), replacement);
  };
  put("@PROBABILITY@", probability);
  put("@FAULT@", fault);
  return text;
}

class Contract : public testing::Test {
 protected:
  support::RawResponse update(int count, const std::string& prefer = "return=representation") {
    return server.send("PATCH", std::string(kReport) + "?$filter=x%20eq%201",
                       R"({"totalUserCount": )" + std::to_string(count) + "}",
                       {{"Prefer", prefer}});
  }
  TestServer server;
};

TEST_F(Contract, ExampleActsAsItIsWritten) {
  ASSERT_EQ(server.send("PUT", "/__admin/scenarios/example", example("1", "")).status, 204);
  const auto first = update(11).status;
  EXPECT_NE(first, 429);
  EXPECT_EQ(update(9).status, first) << "not above 10, so no call";
  EXPECT_EQ(update(11, "respond-async").status, first) << "no such preference, so no call";
  const auto throttled = update(12);
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(throttled.header("Retry-After"), "2");
  EXPECT_EQ(at(throttled, "/error/code"), R"("TooManyRequests")");
  EXPECT_EQ(at(throttled, "/error/message"), R"("...")");
  EXPECT_EQ(update(12).status, first) << "its state is another now";
  EXPECT_NE(server.get("/__admin/scenarios").body.find(R"("state":"Throttled")"),
            std::string::npos);
}

TEST_F(Contract, ExampleTakesItsFaultAndItsChance) {
  ASSERT_EQ(server
                .send("PUT", "/__admin/scenarios/example",
                      example("0.25", R"(, "fault": "CONNECTION_RESET_BY_PEER")"))
                .status,
            204);
  EXPECT_NE(update(11).status, 429);
}

struct RequestRow {
  std::string_view name;
  std::string_view request;  // of a rule that answers 418
  std::string_view method, target, body;
  bool is_met;
};

class RuleRequest : public testing::TestWithParam<RequestRow> {
 protected:
  static const TestServer& server() {
    static const TestServer one;
    return one;
  }
};

TEST_P(RuleRequest, SaysWhatTheRuleIsAbout) {
  const auto& row = GetParam();
  const auto script = R"({"rules": [{"request": )" + std::string(row.request) +
                      R"(, "response": {"status": 418, "body": "met"}}]})";
  const auto defined = server().send("PUT", "/__admin/scenarios/mine", script);
  ASSERT_EQ(defined.status, 204) << defined.body;
  const auto answer = server().send(row.method, row.target, row.body, {{"Prefer", "a=b"}});
  EXPECT_EQ(answer.body == "met", row.is_met) << answer.status << " " << answer.body;
}

constexpr RequestRow kAddresses[] = {
    {"MethodList", R"({"method": ["PUT", "PATCH"]})", "PATCH", kNora, "{}", true},
    {"MethodListOfOthers", R"({"method": ["PUT", "PATCH"]})", "GET", kNora, "", false},
    {"AnyMethod", "{}", "DELETE", kNora, "", true},
    {"Version", R"({"version": "beta"})", "GET", kReport, "", true},
    {"OtherVersion", R"({"version": "beta"})", "GET", kNora, "", false},
    {"Path", R"({"path": "/users/{id}"})", "GET", kNora, "", true},
    {"PathOfAnyVersion", R"({"path": "/users/{id}"})", "GET", "/beta/users/1", "", true},
    {"PathWithKeyInParentheses", R"({"path": "/users/{id}"})", "GET", "/v1.0/users('1')", "", true},
    {"TemplateWithKeyInParentheses", R"x({"path": "/users('{id}')"})x", "GET", kNora, "", true},
    {"PathWithEscapes", R"({"path": "/users/a b"})", "GET", "/v1.0/users/a%20b", "", true},
    {"PathOfNothingKnown", R"({"path": "/no/such/thing"})", "GET", "/v1.0/no/such/thing", "", true},
    {"PathBehindATenant", R"({"path": "/users/{id}"})", "GET", "/t/default/v1.0/users/1", "", true},
    {"Rest", R"({"path": "/users/**"})", "GET", "/v1.0/users/1/messages/2", "", true},
    {"RestOfAnother", R"({"path": "/users/**"})", "GET", "/v1.0/groups/1", "", false},
    {"FunctionOfAPath", R"x({"path": "/reports/getCredentialUsageSummary(period='{period}')"})x",
     "GET", "/beta/reports/getCredentialUsageSummary(period='D30')", "", true},
    {"Type", R"({"type": "microsoft.graph.user"})", "GET", kNora, "", true},
    {"TypeOfACollection", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/users", "", true},
    {"TypeOfACount", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/users/$count", "", true},
    {"TypeOfASingleton", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/me", "", true},
    {"TypeOfAProperty", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/me/displayName", "",
     true},
    {"BaseType", R"({"type": "microsoft.graph.directoryObject"})", "GET", kNora, "", true},
    {"DerivedType", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/directoryObjects/1", "",
     false},
    {"TypeBehindACast", R"({"type": "microsoft.graph.user"})", "GET",
     "/v1.0/directoryObjects/1/microsoft.graph.user", "", true},
    {"TypeBehindANavigation", R"({"type": "microsoft.graph.message"})", "GET",
     "/v1.0/me/messages/1", "", true},
    {"TypeBeforeANavigation", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/me/messages/1",
     "", false},
    {"TypeThatAPathCannotSay", R"({"type": "microsoft.graph.credentialUserRegistrationCount"})",
     "GET", kReports, "", true},
    {"TypeOfNothing", R"({"type": "microsoft.graph.user"})", "GET", "/v1.0/nothing", "", false},
    {"Action", R"({"operation": "microsoft.graph.getByIds"})", "POST",
     "/v1.0/directoryObjects/getByIds", "{}", true},
    {"ActionByItsWholeName", R"({"operation": "microsoft.graph.getByIds"})", "POST",
     "/v1.0/directoryObjects/microsoft.graph.getByIds", "{}", true},
    {"FunctionWithArguments", R"({"operation": "microsoft.graph.getCredentialUsageSummary"})",
     "GET", "/beta/reports/getCredentialUsageSummary(period='D30')", "", true},
    {"OtherOperation", R"({"operation": "microsoft.graph.getByIds"})", "GET", "/v1.0/users/delta()",
     "", false},
    {"NoOperation", R"({"operation": "microsoft.graph.getByIds"})", "GET", kNora, "", false},
};

constexpr RequestRow kValues[] = {
    {"Query", R"({"query": {"$filter": {"contains": "eq"}}})", "GET",
     "/v1.0/users?$filter=displayName%20eq%20'x'", "", true},
    {"QueryOfAnother", R"({"query": {"$filter": {"contains": "eq"}}})", "GET",
     "/v1.0/users?$filter=displayName%20ne%20'x'", "", false},
    {"QueryBare", R"({"query": {"$top": 3}})", "GET", "/v1.0/users?top=3", "", true},
    {"QueryWithPlus", R"({"query": {"x": "a b"}})", "GET", "/v1.0/users?x=a+b", "", true},
    {"QueryAbsent", R"({"query": {"$top": {"absent": true}}})", "GET", "/v1.0/users", "", true},
    {"QueryNotAbsent", R"({"query": {"$top": {"absent": true}}})", "GET", "/v1.0/users?$top=1", "",
     false},
    {"Header", R"({"headers": {"prefer": {"matches": "a=[bc]"}}})", "GET", kNora, "", true},
    {"HeaderOfAnother", R"({"headers": {"prefer": {"matches": "a=[cd]"}}})", "GET", kNora, "",
     false},
    {"HeaderInAnyCase", R"({"headers": {"Prefer": {"equals": "A=B", "caseInsensitive": true}}})",
     "GET", kNora, "", true},
    {"HeaderThatIsMissing", R"({"headers": {"If-Match": {"absent": true}}})", "GET", kNora, "",
     true},
    {"Body", R"({"body": {"/a/0/b": {"lessThan": 3}}})", "PATCH", kNora, R"({"a": [{"b": 2}]})",
     true},
    {"BodyOfAnother", R"({"body": {"/a/0/b": {"lessThan": 3}}})", "PATCH", kNora,
     R"({"a": [{"b": 3}]})", false},
    {"BodyThatIsNoJson", R"({"body": {"/a": {"absent": true}}})", "PATCH", kNora, "{", true},
    {"BodyThatIsMissing", R"({"body": {"": {"absent": true}}})", "GET", kNora, "", true},
    {"All",
     R"({"method": "PATCH", "version": "v1.0", "path": "/users/{id}", "type": "microsoft.graph.user",
         "query": {"x": "1"}, "headers": {"Prefer": "a=b"}, "body": {"/a": null}})",
     "PATCH", "/v1.0/users/1?x=1", R"({"a": null})", true},
};

INSTANTIATE_TEST_SUITE_P(Address, RuleRequest, testing::ValuesIn(kAddresses), support::RowName());
INSTANTIATE_TEST_SUITE_P(Value, RuleRequest, testing::ValuesIn(kValues), support::RowName());

class Rule : public Library {
 protected:
  support::RawResponse play(std::string_view rules) {
    return server.send("PUT", "/__admin/scenarios/mine",
                       "{\"rules\": [" + std::string(rules) + "]}");
  }
  int status(std::string_view method = "GET", std::string_view body = "") {
    return server.send(method, "/v1.0/books/b", body).status;
  }
  Statuses statuses(int count) {
    Statuses all;
    for (int i = 0; i < count; ++i) all.push_back(status());
    return all;
  }
};

TEST_F(Rule, CountsItsCalls) {
  play(R"({"calls": {"from": 2, "to": 6, "every": 2}, "response": {"status": 500}})");
  EXPECT_EQ(statuses(8), (Statuses{200, 500, 200, 500, 200, 500, 200, 200}));
}

TEST_F(Rule, GivesItsResponsesInTurn) {
  play(R"({"responses": [{"status": 500}, {"status": 503}, {"fixedDelayMilliseconds": 1}]})");
  EXPECT_EQ(statuses(5), (Statuses{500, 503, 200, 200, 200}));
}

TEST_F(Rule, GoesThroughStates) {
  play(R"({"request": {"method": "PATCH"}, "newScenarioState": "Down"},
          {"request": {"method": "GET"}, "requiredScenarioState": "Down", "response": {"status": 503}})");
  EXPECT_EQ(status(), 200);
  EXPECT_EQ(status("PATCH", R"({"year": 1})"), 200);
  EXPECT_EQ(statuses(2), (Statuses{503, 503}));
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/mine/state", R"({"state": "Started"})").status,
            204);
  EXPECT_EQ(status(), 200);
}

TEST_F(Rule, IsAskedByPriorityThenByOrder) {
  play(
      R"({"response": {"status": 500}}, {"priority": 4, "calls": {"to": 1}, "response": {"status": 503}},
          {"priority": 5, "response": {"status": 504}}, {"priority": -1, "calls": {"to": 0}})");
  EXPECT_EQ(status(), 200) << "refused, so that nothing plays";
  play(
      R"({"response": {"status": 500}}, {"priority": 4, "calls": {"to": 1}, "response": {"status": 503}},
          {"priority": 5, "response": {"status": 504}})");
  EXPECT_EQ(statuses(3), (Statuses{503, 500, 500}));
}

TEST_F(Rule, ActsByChanceTheSameAfterAReset) {
  const std::string_view rules = R"({"probability": 0.5, "response": {"status": 500}})";
  play(rules);
  const auto drawn = statuses(32);
  EXPECT_GT(std::count(drawn.begin(), drawn.end(), 500), 4);
  EXPECT_LT(std::count(drawn.begin(), drawn.end(), 500), 28);
  play(rules);
  EXPECT_EQ(statuses(32), drawn);
}

TEST_F(Rule, WritesBeforeTheAnswerIsLost) {
  play(R"({"request": {"method": "PATCH"}, "phase": "after",
           "response": {"status": 504, "error": {"code": "GatewayTimeout", "message": "late"}}})");
  const auto answer = patch(R"({"title": "Two"})");
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(at(answer, "/error/code"), R"("GatewayTimeout")");
  EXPECT_EQ(stored("/title"), R"("Two")");
  EXPECT_EQ(patch(R"({"title": 1})").status, 504) << "the client does not see why it failed";
  EXPECT_EQ(stored("/title"), R"("Two")");
}

TEST_F(Rule, WritesNothingBeforeItsAnswer) {
  play(R"({"request": {"method": "PATCH"}, "phase": "before", "response": {"status": 504}})");
  EXPECT_EQ(patch(R"({"title": "Two"})").status, 504);
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_F(Rule, AnswersWithAnError) {
  play(R"({"response": {"error": {"code": "x", "message": "y"}}})");
  EXPECT_EQ(status(), 500);
  play(R"({"response": {"status": 423, "error": {"code": "x", "message": "y"}}})");
  const auto answer = server.send("GET", "/v1.0/books/b", "", {{"client-request-id", "mine"}});
  EXPECT_EQ(answer.status, 423);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(at(answer, "/error/code"), R"("x")");
  EXPECT_EQ(at(answer, "/error/message"), R"("y")");
  EXPECT_EQ(at(answer, "/error/innerError/client-request-id"), R"("mine")");
}

TEST_F(Rule, AnswersWithAJsonBody) {
  play(R"({"response": {"jsonBody": {"value": [1.10, null, "ä"]}}})");
  const auto answer = server.get("/v1.0/nothing");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"value":[1.10,null,"ä"]})");
  EXPECT_TRUE(answer.header("Content-Type")->starts_with("application/json"));
  EXPECT_NE(answer.header("request-id"), std::nullopt);
}

TEST_F(Rule, AnswersWithATextAndItsHeaders) {
  play(R"({"response": {"status": 202, "body": "text", "headers": {"Content-Type": "text/csv",
           "Location": "https://elsewhere", "request-id": "mine"}}})");
  const auto answer = server.get("/v1.0/books/b");
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.body, "text");
  EXPECT_EQ(answer.header("Content-Type"), "text/csv");
  EXPECT_EQ(answer.header("Location"), "https://elsewhere");
  EXPECT_EQ(answer.header("request-id"), "mine");
}

TEST_F(Rule, AnswersWithAStatusAlone) {
  play(R"({"responses": [{"status": 204}, {"status": 200}, {"status": 404}]})");
  const auto none = server.get("/v1.0/books/b");
  EXPECT_EQ(none.status, 204);
  EXPECT_EQ(none.body, "");
  EXPECT_EQ(server.get("/v1.0/books/b").body, "");
  EXPECT_EQ(at(server.get("/v1.0/books/b"), "/error/message"), R"("The scenario answers 404.")");
}

TEST_F(Rule, ServesWhatStandsElsewhere) {
  play(R"({"request": {"path": "/favourite"}, "response": {"serve": "/authors/a0"}},
          {"request": {"path": "/best"}, "response": {"serve": "/authors", "headers": {"A": "1"}}},
          {"request": {"path": "/gone"}, "response": {"serve": "/authors/none"}},
          {"request": {"path": "/late"}, "response": {"status": 203, "serve": "/authors/a1"}})");
  EXPECT_EQ(at(server.get("/v1.0/favourite"), "/name"), R"("A0")");
  const auto best = server.get("/v1.0/best?$top=2&$select=id&$orderby=id%20desc");
  EXPECT_EQ(at(best, "/value"), R"([{"id":"a9"},{"id":"a8"}])") << best.body;
  EXPECT_EQ(best.header("A"), "1");
  EXPECT_EQ(at(server.get("/v1.0/favourite?$select=id"), "/name"), "(absent)");
  EXPECT_EQ(server.get("/v1.0/favourite?$select=none").status, 400);
  EXPECT_EQ(server.get("/v1.0/favourite?$filter=(").status, 400) << "as of the real one";
  EXPECT_EQ(server.get("/v1.0/best?$filter=(").status, 400);
  EXPECT_EQ(server.get("/v1.0/gone").status, 404);
  EXPECT_EQ(server.get("/v1.0/late").status, 203);
}

TEST_F(Rule, AddsHeadersToTheRealAnswer) {
  play(R"({"response": {"headers": {"Sunset": "soon"}}})");
  const auto answer = server.get("/v1.0/books/b");
  EXPECT_EQ(answer.header("Sunset"), "soon");
  EXPECT_EQ(at(answer, "/title"), R"("One")");
}

TEST_F(Rule, DelaysByAllThatSaysSo) {
  play(R"({"response": {"delayDistribution": {"type": "fixed", "milliseconds": 30}}},
          {"response": {"status": 503, "fixedDelayMilliseconds": 20,
                        "delayDistribution": {"type": "uniform", "lower": 10, "upper": 20}}})");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(status(), 503);
  EXPECT_GE(std::chrono::steady_clock::now() - began, 60ms);
}

TEST_F(Rule, DribblesTheRealAnswer) {
  play(R"({"response": {"chunkedDribbleDelay": {"numberOfChunks": 4, "totalDuration": 60}}})");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(stored("/title"), R"("One")");
  EXPECT_GE(std::chrono::steady_clock::now() - began, 40ms);
}

TEST_F(Rule, LimitsTheRateOfRequests) {
  play(R"({"rateLimit": {"limit": 3, "windowSeconds": 60, "cost": 1}})");
  const auto first = server.get("/v1.0/books/b");
  EXPECT_EQ(first.header("RateLimit-Limit"), "3");
  EXPECT_EQ(first.header("RateLimit-Remaining"), "2");
  EXPECT_EQ(first.header("RateLimit-Reset"), "60");
  EXPECT_EQ(statuses(3), (Statuses{200, 200, 429}));
  server.clock().advance(20s);
  const auto refused = patch(R"({"title": "Two"})");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "40");
  EXPECT_EQ(at(refused, "/error/code"), R"("TooManyRequests")");
  server.clock().advance(39s);
  EXPECT_EQ(status(), 429);
  server.clock().advance(1s);
  EXPECT_EQ(stored("/title"), R"("One")");
}

TEST_F(Rule, LimitsEachAppAndPath) {
  play(R"({"rateLimit": {"limit": 1, "windowSeconds": 60, "by": ["app", "path"]}})");
  // {"appid":"one"}, {"azp":"two"}
  const auto ask = [&](const std::string& payload, std::string_view path) {
    return server
        .send("GET", path, "", {{"Authorization", "Bearer eyJhbGciOiJub25lIn0." + payload + "."}})
        .status;
  };
  const std::string one = "eyJhcHBpZCI6Im9uZSJ9", two = "eyJhenAiOiJ0d28ifQ";
  EXPECT_EQ(ask(one, "/v1.0/books/b"), 200);
  EXPECT_EQ(ask(one, "/v1.0/books/b?$select=id"), 429);
  EXPECT_EQ(ask(one, "/v1.0/authors"), 200);
  EXPECT_EQ(ask(two, "/v1.0/books/b"), 200);
  EXPECT_EQ(status(), 200) << "without a token";
  EXPECT_EQ(status(), 429);
}

TEST_F(Rule, LimitsEachTenantApart) {
  const support::RequestHeaders other = {{"X-Mock-Tenant", "other"}};
  const std::string_view script =
      R"({"rules": [{"rateLimit": {"limit": 1, "windowSeconds": 60}}]})";
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/mine?tenant=*", script).status, 204);
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/mine", script, other).status, 204);
  EXPECT_EQ(statuses(2), (Statuses{200, 429}));
  EXPECT_EQ(server.send("GET", "/v1.0/authors", "", other).status, 200);
  EXPECT_EQ(server.send("GET", "/v1.0/authors", "", other).status, 429);
}

TEST_F(Rule, PutsNoMoreThanOneLineInAHeader) {
  play(R"({"rateLimit": {"limit": 0, "windowSeconds": 60, "by": ["app"]}})");
  // {"appid":"a\r\nX-Evil: 1"}
  const auto refused = server.send(
      "GET", "/v1.0/books/b", "",
      {{"Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJhcHBpZCI6ImFcclxuWC1FdmlsOiAxIn0."}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("X-Evil"), std::nullopt);
  EXPECT_NE(refused.header("x-ms-throttle-scope")->find("X-Evil"), std::string::npos);
}

}  // namespace
}  // namespace graphmock
