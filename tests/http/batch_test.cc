// JSON batching: what a batch answers, and that its parts go the way of any request: through the
// store, scenarios, tokens and the journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "support/temporary_folder.h"
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

constexpr std::string_view kBatch = "/v1.0/$batch";
constexpr std::string_view kGetMe = R"({"id": "me", "method": "GET", "url": "/me"})";
constexpr std::string_view kNoSuchUser = R"({"id": "none", "method": "GET", "url": "/users/none"})";

// A PATCH of the user's title.
std::string promote(std::string_view id, std::string_view title, std::string_view more = "") {
  return R"({"id": ")" + std::string(id) +
         R"(", "method": "PATCH", "url": "/me", "body": {"jobTitle": ")" + std::string(title) +
         R"("}, "headers": {"Content-Type": "application/json"})" + std::string(more) + "}";
}

std::string batch_of(std::initializer_list<std::string_view> requests) {
  std::string all;
  for (const auto request : requests) all += (all.empty() ? "" : ",") + std::string(request);
  return R"({"requests": [)" + all + "]}";
}

class Batch : public testing::Test {
 protected:
  RawResponse send(std::initializer_list<std::string_view> requests,
                   const RequestHeaders& headers = {}) const {
    return server.send("POST", kBatch, batch_of(requests), headers);
  }
  // "200 404 429", in the order of the requests; the batch's own where it has failed.
  static std::string statuses(const RawResponse& batch) {
    if (batch.status != 200) return std::to_string(batch.status);
    std::string all;
    const auto body = support::json_of(batch);
    for (const auto& one : body.at("responses").as_array()) {
      all += (all.empty() ? "" : " ") + base::to_json(one.at("status"));
    }
    return all;
  }
  std::string title() const { return at(server.get("/v1.0/me"), "/jobTitle"); }
  void play(std::string_view rules) const {
    const auto answer =
        server.send("PUT", "/__admin/scenarios/mine", R"({"rules": [)" + std::string(rules) + "]}");
    ASSERT_EQ(answer.status, 204) << answer.body;
  }
  std::string count(std::string_view pattern) const {
    return at(server.send("POST", "/__admin/requests/count", pattern), "/count");
  }

  TestServer server;
};

TEST_F(Batch, AnswersEveryRequestAsIfItWereAlone) {
  const auto batch = server.send("POST", kBatch, R"({
    "requests": [
      {"id": "1", "method": "GET", "url": "/me?$select=displayName"},
      {"id": "2", "method": "DELETE", "url": "/groups/none"},
      {"id": "3", "method": "PATCH", "url": "me", "body": {"city": "Redmond"},
       "headers": {"Content-Type": "application/json"}},
      {"id": "4", "method": "GET", "headers": {"ConsistencyLevel": "eventual"},
       "url": "users?$select=displayName&$filter=startswith(displayName, 'A')&$count=true&$top=1"},
      {"id": "5", "method": "POST", "url": "/me/messages", "body": {"subject": "Hi"},
       "headers": {"content-type": "application/json", "Prefer": "return=minimal"}}
    ]})");
  EXPECT_EQ(batch.status, 200);
  EXPECT_EQ(batch.header("Content-Type"), "application/json");
  EXPECT_TRUE(batch.header("request-id"));
  EXPECT_EQ(statuses(batch), "200 404 204 200 204");

  EXPECT_EQ(at(batch, "/responses/0/id"), R"("1")");
  EXPECT_EQ(at(batch, "/responses/0/headers/Cache-Control"), R"("no-cache")");
  EXPECT_THAT(at(batch, "/responses/0/headers/Content-Type"), HasSubstr("odata.metadata=minimal"));
  EXPECT_EQ(at(batch, "/responses/0/headers/request-id"), "(absent)");
  EXPECT_EQ(at(batch, "/responses/0/body/@odata.context"),
            "\"" + server.origin() + "/v1.0/$metadata#users(displayName)/$entity\"");
  EXPECT_EQ(at(batch, "/responses/0/body/displayName"), at(server.get("/v1.0/me"), "/displayName"));

  EXPECT_EQ(at(batch, "/responses/1/headers/Content-Type"), R"("application/json")");
  EXPECT_EQ(at(batch, "/responses/1/body/error/code"), R"("Request_ResourceNotFound")");

  EXPECT_EQ(at(batch, "/responses/2/body"), "(absent)");
  EXPECT_EQ(at(batch, "/responses/2/headers/Content-Type"), "(absent)");
  EXPECT_EQ(at(server.get("/v1.0/me?$select=city"), "/city"), R"("Redmond")");

  EXPECT_EQ(at(batch, "/responses/3/body/value/0/displayName").substr(0, 2), "\"A");
  EXPECT_NE(at(batch, "/responses/3/body/@odata.count"), "(absent)");

  EXPECT_EQ(at(batch, "/responses/4/headers/Preference-Applied"), R"("return=minimal")");
  EXPECT_THAT(at(batch, "/responses/4/headers/Location"), HasSubstr("/v1.0/"));
}

TEST_F(Batch, GivesLinksThatCanBeFollowedAlone) {
  const auto batch = send({R"({"id": "1", "method": "GET",
      "url": "/users?$top=2&$filter=accountEnabled eq true&$select=id"})"});
  auto link = at(batch, "/responses/0/body/@odata.nextLink");
  ASSERT_GT(link.size(), server.origin().size() + 2) << batch.body;
  const auto next =
      server.get(link.substr(1 + server.origin().size(), link.size() - 2 - server.origin().size()));
  EXPECT_EQ(next.status, 200) << next.body;
  EXPECT_NE(at(next, "/value/0/id"), at(batch, "/responses/0/body/value/0/id"));
}

TEST_F(Batch, IsOfItsVersion) {
  const auto request = R"({"requests": [{"id": "1", "method": "GET",
                           "url": "/reports/credentialUserRegistrationCounts"}]})";
  EXPECT_EQ(at(server.send("POST", "/beta/$batch", request), "/responses/0/status"), "200");
  EXPECT_EQ(at(server.send("POST", kBatch, request), "/responses/0/status"), "400");
  EXPECT_EQ(at(send({R"({"id": "1", "method": "GET", "url": "/v1.0/me"})"}),
               "/responses/0/body/error/message"),
            R"("Resource not found for the segment 'v1.0'.")");
  EXPECT_EQ(server.send("POST", "/v2.0/$batch", request).status, 400);
}

TEST_F(Batch, IsOfItsTenant) {
  const auto patched = server.send("POST", "/t/one/v1.0/$batch", batch_of({promote("1", "One")}));
  EXPECT_EQ(statuses(patched), "204");
  EXPECT_EQ(statuses(send({promote("1", "Two", "")}, {{"X-Mock-Tenant", "two"}})), "204");
  const auto read = server.send("POST", "/t/one/v1.0/%24batch", batch_of({kGetMe}));
  EXPECT_EQ(at(read, "/responses/0/body/jobTitle"), R"("One")");
  EXPECT_EQ(at(read, "/responses/0/body/@odata.context"),
            "\"" + server.origin() + "/t/one/v1.0/$metadata#users/$entity\"");
  EXPECT_EQ(at(send({R"({"id": "1", "method": "GET", "url": "/me",
                         "headers": {"X-Mock-Tenant": "one"}})"},
                    {{"X-Mock-Tenant", "two"}}),
               "/responses/0/body/jobTitle"),
            R"("Two")")
      << "a part has no tenant of its own";
  EXPECT_NE(title(), R"("One")");
  EXPECT_EQ(at(server.get("/t/one/__admin/requests"), "/requests/1/request/url"),
            R"("/t/one/v1.0/me")");
}

TEST_F(Batch, RunsItsRequestsInTheirOrder) {
  const auto batch = send({promote("1", "Lead"), kGetMe, promote("3", "Head")});
  EXPECT_EQ(at(batch, "/responses/1/body/jobTitle"), R"("Lead")");
  EXPECT_EQ(title(), R"("Head")");
}

TEST_F(Batch, UndoesNothingWhenARequestFails) {
  EXPECT_EQ(statuses(send({promote("1", "Lead"), kNoSuchUser,
                           R"({"id": "3", "method": "PATCH", "url": "/me", "body": {"jobTitle": 1},
                               "headers": {"Content-Type": "application/json"}})"})),
            "204 404 400");
  EXPECT_EQ(title(), R"("Lead")");
}

TEST_F(Batch, LeavesOutWhatDependsOnAFailure) {
  const auto before = title();
  const auto batch = send({kNoSuchUser, promote("2", "Lead", R"(, "dependsOn": ["NONE"])"),
                           R"({"id": "3", "method": "GET", "url": "/me", "dependsOn": ["2"]})",
                           R"({"id": "4", "method": "GET", "url": "/me"})",
                           R"({"id": "5", "method": "GET", "url": "/me", "dependsOn": ["4"]})"});
  EXPECT_EQ(statuses(batch), "404 424 424 200 200");
  EXPECT_EQ(at(batch, "/responses/1/body/error/code"), R"("FailedDependency")");
  EXPECT_THAT(at(batch, "/responses/1/body/error/message"), HasSubstr("'none'"));
  EXPECT_EQ(title(), before);
}

TEST_F(Batch, CarriesBytesInBase64) {
  const auto batch = send(
      {R"({"id": "1", "method": "PUT", "url": "/me/photo/$value", "body": "_9j_4AE",
           "headers": {"Content-Type": "image/jpeg"}})",
       R"({"id": "2", "method": "GET", "url": "/me/photo/$value"})",
       R"({"id": "3", "method": "GET", "url": "/me/photo/$value", "headers": {"Range": "bytes=1-2"}})",
       R"({"id": "4", "method": "GET", "url": "/users/$count",
           "headers": {"ConsistencyLevel": "eventual"}})"});
  EXPECT_EQ(at(batch, "/responses/1/status"), "200") << batch.body;
  EXPECT_EQ(at(batch, "/responses/1/headers/Content-Type"), R"("image/jpeg")");
  EXPECT_EQ(at(batch, "/responses/1/body"), R"("/9j/4AE=")");
  EXPECT_EQ(server.get("/v1.0/me/photo/$value").body, "\xFF\xD8\xFF\xE0\x01");
  EXPECT_EQ(at(batch, "/responses/2/status"), "206");
  EXPECT_EQ(at(batch, "/responses/2/body"), R"("2P8=")");
  EXPECT_EQ(at(batch, "/responses/3/body"), R"("MjU=")") << "25";
}

TEST_F(Batch, GivesItsHeadersToNoRequest) {
  constexpr std::string_view kCount = R"({"id": "1", "method": "GET", "url": "/users/$count"})";
  EXPECT_EQ(statuses(send({kCount}, {{"ConsistencyLevel", "eventual"}})), "400");
  EXPECT_EQ(statuses(send({promote("1", "x")}, {{"Prefer", "return=representation"}})), "204");
  EXPECT_EQ(statuses(send({promote("1", "x")}, {{"If-Match", "\"no\""}})), "204");
}

TEST_F(Batch, GivesTheIdThatTheClientHasForIt) {
  const auto batch = send({kNoSuchUser, R"({"id": "2", "method": "GET", "url": "/users/none",
                             "headers": {"client-request-id": "own"}})"},
                          {{"client-request-id", "mine"}});
  EXPECT_EQ(batch.header("client-request-id"), "mine");
  EXPECT_EQ(at(batch, "/responses/0/body/error/innerError/client-request-id"), R"("mine")");
  EXPECT_EQ(at(batch, "/responses/1/body/error/innerError/client-request-id"), R"("own")");
}

TEST_F(Batch, TakesNoBatch) {
  for (const auto* url : {"/$batch", "%24batch", "/$batch?x=y", "/$BATCH/"}) {
    const auto batch =
        send({kGetMe, R"({"id": "2", "method": "POST", "url": ")" + std::string(url) +
                          R"(", "headers": {"Content-Type": "application/json"},
                                             "body": {"requests": []}})"});
    EXPECT_EQ(statuses(batch), "200 400") << url;
    EXPECT_EQ(at(batch, "/responses/1/body/error/message"),
              R"("A batch cannot be a request in a batch.")");
  }
}

struct EnvelopeRow {
  std::string_view name;
  std::string_view method, target, body, content_type;
  int status;
  std::string_view message;
};

class Envelope : public testing::TestWithParam<EnvelopeRow> {};

TEST_P(Envelope, IsToldWhatIsWrong) {
  static const TestServer server;
  const auto& row = GetParam();
  const auto answer = server.send(row.method, row.target, row.body,
                                  {{"Content-Type", std::string(row.content_type)}});
  EXPECT_EQ(answer.status, row.status) << answer.body;
  EXPECT_THAT(at(answer, "/error/message"), HasSubstr(std::string(row.message)));
  if (row.status == 400) {
    EXPECT_EQ(at(answer, "/error/code"), R"("BadRequest")");
  }
  if (row.status == 405) {
    EXPECT_EQ(answer.header("Allow"), "POST");
  }
}

constexpr std::string_view kJson = "application/json";

INSTANTIATE_TEST_SUITE_P(
    Batch, Envelope,
    testing::Values(EnvelopeRow{"Get", "GET", kBatch, "", kJson, 405, "not allowed"},
                    EnvelopeRow{"Put", "PUT", kBatch, "{}", kJson, 405, "not allowed"},
                    EnvelopeRow{"NoBody", "POST", kBatch, "", kJson, 400, "no body"},
                    EnvelopeRow{"NoJson", "POST", kBatch, "{\n\"requests\": x", kJson, 400,
                                "line 2, column 13"},
                    EnvelopeRow{"Multipart", "POST", kBatch, "--a--", "multipart/mixed;boundary=a",
                                415, "multipart/mixed"},
                    EnvelopeRow{"Array", "POST", kBatch, "[]", kJson, 400, "JSON array"},
                    EnvelopeRow{"NoRequests", "POST", kBatch, "{}", kJson, 400,
                                "Invalid batch payload format."},
                    EnvelopeRow{"SameIds", "POST", kBatch,
                                R"({"requests": [{"id": "1", "method": "GET", "url": "/me"},
                                     {"id": "1", "method": "GET", "url": "/me"}]})",
                                kJson, 400, "Request Id 1 has to be unique in a batch."},
                    EnvelopeRow{"QueryOption", "POST", "/v1.0/$batch?$top=1",
                                R"({"requests": [{"id": "1", "method": "GET", "url": "/me"}]})",
                                kJson, 400, "'$top' belongs to the URL of a request in the batch"},
                    EnvelopeRow{"SegmentBehindIt", "POST", "/v1.0/$batch/me", "{}", kJson, 400,
                                "nothing stands behind it"},
                    EnvelopeRow{"BehindAResource", "POST", "/v1.0/me/$batch", "{}", kJson, 400,
                                "Resource not found for the segment '$batch'."}),
    support::RowName());

TEST_F(Batch, TakesNothingOfABatchThatIsWrong) {
  const auto before = title();
  EXPECT_EQ(send({promote("1", "Lead"), promote("1", "Head")}).status, 400);
  EXPECT_EQ(title(), before);
}

TEST_F(Batch, AnswersWhatIsNoResourceAsIfItWereAlone) {
  EXPECT_EQ(statuses(send({R"({"id": "1", "method": "GET", "url": "/"})",
                           R"({"id": "2", "method": "GET", "url": "/usrs"})",
                           R"({"id": "3", "method": "DELETE", "url": "/users"})",
                           R"({"id": "4", "method": "GET", "url": "/me?$filter=%"})",
                           R"({"id": "5", "method": "GET", "url": "/me\u0000\n"})",
                           R"({"id": "6", "method": "WHAT", "url": "/me"})"})),
            "501 400 405 400 400 405");
}

// Scenarios.

constexpr std::string_view kThrottleTwo =
    R"({"calls": {"to": 2}, "response": {"status": 429, "headers": {"Retry-After": "1"}}})";

TEST_F(Batch, LetsRulesSeeItsRequestsAndNotItself) {
  play(kThrottleTwo);
  const auto batch = send({kGetMe, promote("2", "Lead"), promote("3", "Head")});
  EXPECT_EQ(statuses(batch), "429 429 204");
  EXPECT_EQ(at(batch, "/responses/0/headers/Retry-After"), R"("1")");
  EXPECT_FALSE(batch.header("Retry-After"));
  EXPECT_EQ(title(), R"("Head")");
}

TEST_F(Batch, IsMeantByARuleThatNamesIt) {
  play(R"({"request": {"method": "POST", "path": "/$batch"}, "calls": {"to": 1},
           "response": {"status": 429}})");
  EXPECT_EQ(server.get("/v1.0/me").status, 200);
  EXPECT_EQ(send({promote("1", "Lead")}).status, 429);
  EXPECT_NE(title(), R"("Lead")");
  EXPECT_EQ(statuses(send({promote("1", "Lead")})), "204");
  play(R"({"request": {"path": "/$batch", "body": {"/requests/0/method": "PATCH"}},
           "phase": "after", "response": {"status": 504}})");
  EXPECT_EQ(send({promote("1", "Head")}).status, 504);
  EXPECT_EQ(title(), R"("Head")");
  EXPECT_EQ(send({kGetMe}).status, 200);
}

TEST_F(Batch, ChargesARateLimitForEachOfItsRequests) {
  play(R"({"rateLimit": {"limit": 2, "windowSeconds": 60}})");
  const auto batch =
      send({kGetMe, kNoSuchUser, R"({"id": "3", "method": "GET", "url": "/users"})"});
  EXPECT_EQ(statuses(batch), "200 404 429");
  EXPECT_EQ(at(batch, "/responses/0/headers/RateLimit-Remaining"), R"("1")");
  EXPECT_EQ(at(batch, "/responses/2/headers/Retry-After"), R"("60")");
  EXPECT_FALSE(batch.header("RateLimit-Remaining"));
  EXPECT_EQ(server.get("/v1.0/me").status, 429);
}

TEST_F(Batch, HandsTheScenarioOfItsHeaderOn) {
  play(R"({"response": {"status": 503}})");
  server.send("DELETE", "/__admin/scenarios/mine");
  EXPECT_EQ(statuses(send({kGetMe, kNoSuchUser})), "200 404");
  EXPECT_EQ(statuses(send({kGetMe, R"({"id": "2", "method": "GET", "url": "/me",
                                       "headers": {"X-Mock-Scenario": "maintenance"}})"},
                          {{"X-Mock-Scenario", "throttle-updates"}})),
            "200 503");
  EXPECT_EQ(statuses(send({kGetMe, kNoSuchUser}, {{"X-Mock-Scenario", "mine"}})), "503 503");
  EXPECT_EQ(statuses(send({kGetMe, R"({"id": "2", "method": "GET", "url": "/me",
                                       "headers": {"X-Mock-Scenario": "no-such"}})"})),
            "200 400");
  EXPECT_EQ(send({kGetMe}, {{"X-Mock-Scenario", "no-such"}}).status, 400);
}

TEST_F(Batch, IsAsLateAsItsSlowestRequest) {
  play(R"({"request": {"path": "/me"}, "response": {"fixedDelayMilliseconds": 20}},
          {"request": {"path": "/users/**"}, "response": {"fixedDelayMilliseconds": 30}},
          {"request": {"path": "/$batch"}, "response": {"fixedDelayMilliseconds": 1}})");
  EXPECT_EQ(statuses(send({kGetMe, kNoSuchUser, promote("3", "x", R"(, "dependsOn": ["me"])")})),
            "200 404 204");
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(at(journal, "/requests/0/delayMilliseconds"), "41");
  EXPECT_EQ(at(journal, "/requests/1/delayMilliseconds"), "20");
  EXPECT_EQ(at(journal, "/requests/2/delayMilliseconds"), "30");
}

struct FaultRow {
  std::string_view name;
  int status;
};

class BatchFault : public Batch, public testing::WithParamInterface<FaultRow> {
 protected:
  void break_updates(std::string_view phase) {
    play(R"({"request": {"method": "PATCH"}, "phase": ")" + std::string(phase) +
         R"(", "response": {"fault": ")" + std::string(GetParam().name) + "\"}}");
  }
};

TEST_P(BatchFault, IsAFailureOfThePartAlone) {
  break_updates("after");
  const auto batch = send({kGetMe, promote("2", "Lead"), kNoSuchUser,
                           R"({"id": "4", "method": "GET", "url": "/me", "dependsOn": ["2"]})"});
  EXPECT_EQ(statuses(batch), "200 " + std::to_string(GetParam().status) + " 404 424");
  EXPECT_EQ(title(), R"("Lead")") << "as the store was asked";
  EXPECT_THAT(at(batch, "/responses/1/body/error/message"),
              HasSubstr(std::string(GetParam().name)));
  const auto journal = server.get("/__admin/requests");
  EXPECT_EQ(at(journal, "/requests/4/fault"), '"' + std::string(GetParam().name) + '"');
  EXPECT_EQ(at(journal, "/requests/4/response/status"), std::to_string(GetParam().status));
}

TEST_P(BatchFault, LeavesTheStoreAloneWhereItLosesTheAnswerBefore) {
  const auto before = title();
  break_updates("before");
  EXPECT_EQ(statuses(send({promote("1", "Lead")})), std::to_string(GetParam().status));
  EXPECT_EQ(title(), GetParam().status == 504 ? before : R"("Lead")");
}

INSTANTIATE_TEST_SUITE_P(All, BatchFault,
                         testing::Values(FaultRow{"CONNECTION_RESET_BY_PEER", 504},
                                         FaultRow{"EMPTY_RESPONSE", 504},
                                         FaultRow{"RANDOM_DATA_THEN_CLOSE", 504},
                                         FaultRow{"MALFORMED_RESPONSE_CHUNK", 502},
                                         FaultRow{"TRUNCATED_BODY", 502}),
                         support::RowName());

TEST_F(Batch, BreaksAsAWholeByARuleThatNamesIt) {
  play(R"({"request": {"path": "/$batch"}, "phase": "after",
           "response": {"fault": "CONNECTION_RESET_BY_PEER"}})");
  const auto body = batch_of({promote("1", "Lead")});
  support::RawClient client(server.port());
  client.send(
      "POST /v1.0/$batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(client.read_until_close(), "");
  EXPECT_TRUE(client.was_reset());
  EXPECT_EQ(title(), R"("Lead")");
}

TEST_F(Batch, CarriesBrokenJsonThatAScenarioAnswers) {
  server.send("PUT", "/__admin/scenarios/malformed-json");
  const auto batch = send({kGetMe, R"({"id": "2", "method": "GET", "url": "/me"})"});
  EXPECT_EQ(statuses(batch), "200 200");
  EXPECT_EQ(at(batch, "/responses/0/headers/Content-Type"), R"("application/json")");
  EXPECT_EQ(at(batch, "/responses/0/body").front(), '"') << "base64, as it is no JSON";
}

// Each part's writes and reads are of their own.
TEST_F(Batch, HasItsWritesSeenLateByARuleThatSaysSo) {
  play(R"({"request": {"method": "PATCH"}, "consistencyLag": {"reads": 1}})");
  const auto before = title();
  const auto batch =
      send({promote("1", "Lead"), kGetMe, R"({"id": "3", "method": "GET", "url": "/me"})"});
  EXPECT_EQ(at(batch, "/responses/1/body/jobTitle"), before);
  EXPECT_EQ(at(batch, "/responses/2/body/jobTitle"), R"("Lead")");
}

// The journal.

TEST_F(Batch, IsInTheJournalBehindItsParts) {
  const auto batch = send({kGetMe, promote("2", "Lead"), kNoSuchUser});
  const auto journal = server.get("/__admin/requests");
  const auto id = '"' + *batch.header("request-id") + '"';
  EXPECT_EQ(at(journal, "/meta/total"), "4");
  EXPECT_EQ(at(journal, "/requests/0/id"), id);
  EXPECT_EQ(at(journal, "/requests/0/request/url"), R"("/v1.0/$batch")");
  EXPECT_EQ(at(journal, "/requests/0/response/status"), "200");
  EXPECT_EQ(at(journal, "/requests/0/wasMatched"), "true");
  EXPECT_EQ(at(journal, "/requests/0/batch"), "(absent)");
  EXPECT_EQ(at(journal, "/requests/1/request/url"), R"("/v1.0/users/none")");
  EXPECT_EQ(at(journal, "/requests/1/wasMatched"), "false");
  EXPECT_EQ(at(journal, "/requests/1/batch"), R"({"id":)" + id + R"(,"part":"none"})");
  EXPECT_EQ(at(journal, "/requests/2/request/method"), R"("PATCH")");
  EXPECT_EQ(at(journal, "/requests/2/request/body"), R"("{\"jobTitle\":\"Lead\"}")");
  EXPECT_EQ(at(journal, "/requests/2/response/status"), "204");
  EXPECT_EQ(at(journal, "/requests/3/batch/part"), R"("me")");
  EXPECT_EQ(at(server.get("/__admin/requests/unmatched/near-misses"),
               "/nearMisses/0/request/request/url"),
            R"("/v1.0/users/none")");
}

TEST_F(Batch, IsCountedByItsParts) {
  const auto user = R"({"id": "1", "method": "POST", "url": "/users", "body": {},
                        "headers": {"Content-Type": "application/json"}})";
  send({user, kGetMe, R"({"id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"]})"});
  EXPECT_EQ(count(R"({"method": "POST", "path": "/users"})"), "1");
  EXPECT_EQ(count(R"({"method": "POST"})"), "1");
  EXPECT_EQ(count(R"({"path": "/me"})"), "2") << "the one that was left out as well";
  EXPECT_EQ(count(R"({"path": "/$batch"})"), "1");
  EXPECT_EQ(count("{}"), "3");
  EXPECT_EQ(at(server.get("/__admin/requests"), "/requests/1/response/status"), "424");
}

TEST_F(Batch, TellsNearMissesOfItself) {
  server.get(kBatch);
  play(R"({"name": "r", "response": {"status": 500}})");
  const auto answer = server.get("/__admin/requests/unmatched/near-misses");
  EXPECT_THAT(at(answer, "/nearMisses/0/paths/0/why"), HasSubstr("takes POST, not GET"));
  EXPECT_EQ(at(answer, "/nearMisses/0/rules/0/mismatches"),
            R"(["path: a batch is meant by '/$batch' alone"])");
}

TEST_F(Batch, MasksWhoSomebodyIs) {
  send({R"({"id": "1", "method": "GET", "url": "/me",
            "headers": {"Authorization" : "Bearer s3cret", "X-Other": "Cookie"}})"});
  server.send("POST", kBatch, R"({"headers": {"x-api-key":
      "s3cret\"s3cret"}, "authorization": "s3cret)");
  server.send("POST", kBatch, R"({"Authorization": ["Bearer s3cret", ["s3cret"]], "a": "shown",
      "\u0041uthorization": "Bearer s3cret", "Cookie": {"s3cret": "s3cret"}})");
  const auto journal = server.get("/__admin/requests");
  EXPECT_THAT(journal.body, Not(HasSubstr("s3cret")));
  EXPECT_THAT(at(journal, "/requests/0/request/body"), HasSubstr(R"(\"a\": \"shown\")"));
  EXPECT_THAT(at(journal, "/requests/2/request/body"), HasSubstr(R"(\"X-Other\": \"Cookie\")"));
  EXPECT_EQ(at(journal, "/requests/3/request/headers/Authorization"), R"("Bearer ***")");
}

// Tokens.

class BatchAuthorization : public Batch {
 protected:
  static app::Options options(const support::TemporaryFolder& folder) {
    auto options = support::shipped_options();
    options.auth = app::Auth::Required;
    options.permissions = folder.write("permissions.json", R"({"permissions": {
      "User.ReadBasic.All": {"pathSets": [{"schemeKeys": ["Application"], "methods": ["GET"],
        "paths": {"/users": "least=Application"}}]},
      "Group.Read.All": {"pathSets": [{"schemeKeys": ["Application"], "methods": ["GET"],
        "paths": {"/groups": "least=Application"}}]}}})");
    return options;
  }
  std::string bearer(std::string_view permission) const {
    const auto answer = guarded.send("POST", "/__admin/tokens",
                                     R"({"permissions": [")" + std::string(permission) + "\"]}");
    return "Bearer " + base::text_of(base::at_pointer(support::json_of(answer), "/access_token"));
  }

  const support::TemporaryFolder folder;
  TestServer guarded{options(folder)};
};

TEST_F(BatchAuthorization, IsCheckedForTheBatchAndForEachPart) {
  const auto reader = bearer("User.ReadBasic.All");
  const auto body = batch_of(
      {R"({"id": "1", "method": "GET", "url": "/users"})",
       R"({"id": "2", "method": "GET", "url": "/groups"})",
       R"({"id": "3", "method": "GET", "url": "/groups", "headers": {"Authorization": ")" +
           bearer("Group.Read.All") + "\"}}",
       R"({"id": "4", "method": "GET", "url": "/users", "headers": {"Authorization": "Bearer x"}})"});
  const auto batch = guarded.send("POST", kBatch, body, {{"Authorization", reader}});
  EXPECT_EQ(statuses(batch), "200 403 200 401");
  EXPECT_EQ(at(batch, "/responses/1/body/error/code"), R"("Authorization_RequestDenied")");
  EXPECT_THAT(at(batch, "/responses/3/headers/WWW-Authenticate"), HasSubstr("invalid_token"));
  const auto refused = guarded.send("POST", kBatch, body);
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(refused.header("WWW-Authenticate"));
}

// Whatever a client sends, no answer is a 500.
TEST_F(Batch, SurvivesAnything) {
  for (const std::string body :
       {R"({"requests": [[]]})", R"({"requests": [{}]})", R"({"requests": [null]})",
        R"({"requests": [{"id": {}, "method": [], "url": 7}]})",
        R"({"requests": [{"id": "\ud83d\ude00", "method": "GET", "url": "/\ud83d\ude00"}]})",
        R"({"requests": [{"id": "1", "method": "GET", "url": "?"}]})",
        R"({"requests": [{"id": "1", "method": "GET", "url": "#"}]})",
        R"({"requests": [{"id": "1", "method": "GET", "url": "/../../__admin/reset"}]})",
        R"({"requests": [{"id": "1", "method": "GET", "url": "t/other/v1.0/me"}]})"}) {
    const auto answer = server.send("POST", kBatch, body);
    EXPECT_NE(answer.status, 500) << body;
    EXPECT_THAT(answer.body, Not(HasSubstr("\"status\":500"))) << body;
  }
  const std::string deep = std::string(90, '[') + std::string(90, ']');
  EXPECT_EQ(send({R"({"id": "1", "method": "PATCH", "url": "/me", "body": {"x": )" + deep +
                  R"(}, "headers": {"Content-Type": "application/json"}})"})
                .status,
            200);
  EXPECT_EQ(
      send({R"({"id": "1", "method": "PATCH", "url": "/me", "body": {"x": )" + deep + deep + "}}"})
          .status,
      400);
}

}  // namespace
}  // namespace graphmock
