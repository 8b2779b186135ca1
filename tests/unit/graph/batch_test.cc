#include "graph/batch.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "base/json.h"
#include "http/request_head.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

using std::chrono::milliseconds;

std::vector<BatchPart> read(std::string_view text) {
  return read_batch(base::parse_json(text).as_object());
}

// The only request of a batch.
BatchPart part(std::string_view request) {
  auto parts = read(R"({"requests": [)" + std::string(request) + "]}");
  return std::move(parts.at(0));
}

TEST(ReadBatch, GivesTheRequestsInTheirOrder) {
  const auto parts = read(R"({"requests": [
    {"id": "b", "method": "GET", "url": "users?$top=1"},
    {"id": "a", "method": "patch", "url": "/me", "headers": {"Content-Type": "application/json",
     "If-Match": " * "}, "body": {"jobTitle": "Lead", "count": 1.10}, "dependsOn": ["B", "b"]}]})");
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].id, "b");
  EXPECT_EQ(parts[0].method, "GET");
  EXPECT_EQ(parts[0].url, "/users?$top=1");
  EXPECT_EQ(parts[0].body, "");
  EXPECT_EQ(parts[1].method, "PATCH");
  EXPECT_EQ(parts[1].body, R"({"jobTitle":"Lead","count":1.10})") << "with every digit";
  ASSERT_EQ(parts[1].headers.size(), 2u);
  EXPECT_EQ(parts[1].headers[1].second, "*");
  EXPECT_EQ(parts[1].depends_on, std::vector<size_t>{0});
  EXPECT_FALSE(parts[1].error);
}

TEST(ReadBatch, TakesNullForWhatIsNotGiven) {
  const auto read = part(R"({"id": "1", "method": "GET", "url": "/me", "headers": null,
                             "body": null, "dependsOn": null, "if": null})");
  EXPECT_TRUE(read.headers.empty());
  EXPECT_TRUE(read.depends_on.empty());
}

TEST(ReadBatch, TakesNoHeadersThatAreNotAPartsToSay) {
  const auto read = part(R"({"id": "1", "method": "GET", "url": "/me", "headers":
    {"host": "x", "X-Mock-Tenant": "x", "Content-Length": "7", "Prefer": "x"}})");
  ASSERT_EQ(read.headers.size(), 1u);
  EXPECT_EQ(read.headers[0].first, "Prefer");
}

struct BodyRow {
  std::string_view name;
  std::string_view content_type;
  std::string_view body;
  std::string_view expected;
};

class BatchBody : public testing::TestWithParam<BodyRow> {};

TEST_P(BatchBody, IsWhatItWouldBeAlone) {
  const auto& row = GetParam();
  const auto read =
      part(R"({"id": "1", "method": "PUT", "url": "/x", "headers": {"content-type": ")" +
           std::string(row.content_type) + R"("}, "body": )" + std::string(row.body) + "}");
  EXPECT_EQ(read.body, row.expected);
  EXPECT_FALSE(read.error);
}

INSTANTIATE_TEST_SUITE_P(
    Batch, BatchBody,
    testing::Values(BodyRow{"Object", "application/json", R"({"a": [1]})", R"({"a":[1]})"},
                    BodyRow{"EmptyObject", "application/json; charset=utf-8", "{}", "{}"},
                    BodyRow{"OtherJson", "application/scim+json", R"({"a": 1})", R"({"a":1})"},
                    BodyRow{"TextThatIsJson", "application/json", R"("{}")", R"("{}")"},
                    BodyRow{"Base64Url", "image/png", R"("-_-_")", "\xFB\xFF\xBF"},
                    BodyRow{"Base64", "image/png", R"("+/+/")", "\xFB\xFF\xBF"},
                    BodyRow{"Base64WithPadding", "text/plain", R"("aGVsbG8=")", "hello"},
                    BodyRow{"Base64UrlWithoutPadding", "text/plain", R"("aGVsbG8")", "hello"},
                    BodyRow{"Nothing", "text/plain", R"("")", ""}),
    support::RowName());

struct PartErrorRow {
  std::string_view name;
  std::string request;
  int status;
};

class BatchPartError : public testing::TestWithParam<PartErrorRow> {};

TEST_P(BatchPartError, IsOfThePartAlone) {
  const auto read = part(GetParam().request);
  ASSERT_TRUE(read.error);
  EXPECT_EQ(read.error->status, GetParam().status);
  EXPECT_LT(read.url.size(), 1'000u);
  EXPECT_LT(read.headers.size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(
    Batch, BatchPartError,
    testing::Values(PartErrorRow{"LongUrl",
                                 R"({"id": "1", "method": "GET", "url": "/)" +
                                     std::string(http::kMaxTargetBytes, 'x') + "\"}",
                                 414},
                    PartErrorRow{
                        "LargeHeaders",
                        R"({"id": "1", "method": "GET", "url": "/me", "headers": {"X": ")" +
                            std::string(70'000, 'x') + R"(", "Y": "y"}})",
                        431},
                    PartErrorRow{"CompressedBody",
                                 R"({"id": "1", "method": "PUT", "url": "/x",
                         "headers": {"content-encoding": "gzip",
                                     "Content-Type": "application/json"}, "body": {}})",
                                 415},
                    PartErrorRow{"NoBase64",
                                 R"({"id": "1", "method": "PUT", "url": "/x",
                         "headers": {"Content-Type": "text/plain"}, "body": "what?"})",
                                 400},
                    PartErrorRow{"JsonThatIsToBeText",
                                 R"({"id": "1", "method": "PUT", "url": "/x",
                         "headers": {"Content-Type": "text/plain"}, "body": {}})",
                                 400}),
    support::RowName());

struct RefusedRow {
  std::string_view name;
  std::string text;
  std::string_view message;  // its beginning
};

std::string get(std::string_view id, std::string_view more = "") {
  return R"({"id": ")" + std::string(id) + R"(", "method": "GET", "url": "/me")" +
         std::string(more) + "}";
}
std::string batch(std::string_view requests) {
  return R"({"requests": [)" + std::string(requests) + "]}";
}
std::string many(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += (i == 0 ? "" : ",") + get(std::to_string(i));
  return batch(all);
}

class RefusedBatch : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedBatch, IsToldWhatIsWrong) {
  try {
    read(GetParam().text);
    FAIL() << "taken";
  } catch (const http::Error& error) {
    EXPECT_TRUE(error.message.starts_with(GetParam().message)) << error.message;
    EXPECT_EQ(error.status, error.code == "NotImplemented" ? 501 : 400);
    EXPECT_TRUE(error.status == 501 || error.code == "BadRequest") << error.code;
    EXPECT_LT(error.message.size(), 1'000u);
  }
}

const std::string kWrite = R"({"id": "1", "method": "POST", "url": "/users")";

INSTANTIATE_TEST_SUITE_P(
    Batch, RefusedBatch,
    testing::Values(
        RefusedRow{"Empty", "{}", "Invalid batch payload format. It has no 'requests'."},
        RefusedRow{"RequestsNull", R"({"requests": null})", "Invalid batch payload format. It has"},
        RefusedRow{"RequestsNoArray", R"({"requests": {}})",
                   "Invalid batch payload format. Expect"},
        RefusedRow{"NoRequests", batch(""),
                   "Invalid batch payload format. Expected 'requests' to "},
        RefusedRow{"TooMany", many(21),
                   "The batch has 21 requests, which exceeds the maximum value of 20."},
        RefusedRow{"NoObject", batch("7"),
                   "Invalid batch payload format. The request at /requests/0 is a JSON number."},
        RefusedRow{"NoId", batch(get("1") + R"(,{"method": "GET", "url": "/me"})"),
                   "Invalid batch payload format. The request at /requests/1 has no 'id'."},
        RefusedRow{"EmptyId", batch(get("")),
                   "Invalid batch payload format. The request at /requests/0 has an empty 'id'."},
        RefusedRow{"IdIsNoText", batch(R"({"id": 1, "method": "GET", "url": "/me"})"),
                   "Invalid batch payload format. The request at /requests/0 has a JSON number as "
                   "'id'."},
        RefusedRow{"LongId", batch(get(std::string(1'000, 'x'))),
                   "Invalid batch payload format. The request at /requests/0 has an 'id' of more"},
        RefusedRow{"SameId", batch(get("a") + "," + get("A")),
                   "Request Id A has to be unique in a batch."},
        RefusedRow{"NoMethod", batch(R"({"id": "1", "url": "/me"})"),
                   "Invalid batch payload format. The request with id '1' has no 'method'."},
        RefusedRow{"NoSuchMethod", batch(R"({"id": "1", "method": "G T", "url": "/me"})"),
                   "Invalid batch payload format. The request with id '1' has a 'method'"},
        RefusedRow{"NoUrl", batch(R"({"id": "1", "method": "GET"})"),
                   "Invalid batch payload format. The request with id '1' has no 'url'."},
        RefusedRow{
            "AbsoluteUrl",
            batch(R"({"id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/me"})"),
            "Invalid request URL. The request with id '1' has the absolute URL "
            "'https://graph.microsoft.com/v1.0/me'."},
        RefusedRow{"UrlWithAHost", batch(R"({"id": "1", "method": "GET", "url": "//host/me"})"),
                   "Invalid request URL."},
        RefusedRow{"HeadersNoObject", batch(get("1", R"(, "headers": [])")),
                   "Invalid batch payload format. The request with id '1' has 'headers' that"},
        RefusedRow{"HeaderNoText", batch(get("1", R"(, "headers": {"X": 1})")),
                   "Invalid batch payload format. The request with id '1' has a header 'X'"},
        RefusedRow{"HeaderNoName", batch(get("1", R"(, "headers": {"X Y": "1"})")),
                   "Invalid batch payload format. The request with id '1' has a header 'X Y'"},
        RefusedRow{"HeaderOfTwoLines", batch(get("1", R"(, "headers": {"X": "1\r\nY: 2"})")),
                   "Invalid batch payload format. The request with id '1' has a header 'X'"},
        RefusedRow{"WriteWithNothing", batch(kWrite + "}"),
                   "Write request id : 1 does not contain Content-Type header or body."},
        RefusedRow{"WriteWithoutContentType", batch(kWrite + R"(, "body": {}})"),
                   "Write request id : 1 does not contain Content-Type header or body."},
        RefusedRow{"WriteWithoutBody",
                   batch(kWrite + R"(, "headers": {"Content-Type": "application/json"}})"),
                   "Write request id : 1 does not contain Content-Type header or body."},
        RefusedRow{"ReadWithABodyOfNoType", batch(get("1", R"(, "body": {})")),
                   "Request id : 1 does not contain Content-Type header or body."},
        RefusedRow{"DependsOnNoArray", batch(get("1") + "," + get("2", R"(, "dependsOn": "1")")),
                   "Invalid dependency for request Id 2. Expected an array of ids."},
        RefusedRow{"DependsOnNoText", batch(get("1") + "," + get("2", R"(, "dependsOn": [1])")),
                   "Invalid dependency for request Id 2. No request before it in the batch has the "
                   "id 1."},
        RefusedRow{"DependsOnNobody", batch(get("1") + "," + get("2", R"(, "dependsOn": ["3"])")),
                   "Invalid dependency for request Id 2. No request before it in the batch has the "
                   "id \"3\"."},
        RefusedRow{"DependsOnItself", batch(get("1", R"(, "dependsOn": ["1"])")),
                   "Invalid dependency for request Id 1. No request before it"},
        RefusedRow{"DependsOnALaterOne",
                   batch(get("1", R"(, "dependsOn": ["2"])") + "," + get("2")),
                   "Invalid dependency for request Id 1. No request before it"},
        RefusedRow{"AtomicityGroup", batch(get("1", R"(, "atomicityGroup": "g")")),
                   "graphmock does not implement 'atomicityGroup' of a request in a batch."},
        RefusedRow{"If", batch(get("1", R"(, "if": "x")")),
                   "graphmock does not implement 'if' of a request in a batch."}),
    support::RowName());

TEST(ReadBatch, TakesTwenty) {
  EXPECT_EQ(read(many(20)).size(), 20u);
}

TEST(ReadBatch, TakesUrlsThatOnlyLookAbsolute) {
  for (const std::string url :
       {"me?$filter=a eq 'http://x'", "/drive/root:/a:b", "x:y", "users/a:b"}) {
    EXPECT_EQ(part(R"({"id": "1", "method": "GET", "url": ")" + url + "\"}").url.back(),
              url.back());
  }
}

TEST(BatchRequest, HasOfTheEnvelopeWhoAsksAndNothingElse) {
  http::Request envelope{"POST", {}, {}, "{}", true};
  for (const auto& [name, value] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"Host", "h"},
           {"Authorization", "Bearer a"},
           {"X-Mock-Tenant", "t"},
           {"X-Mock-Scenario", "s"},
           {"client-request-id", "c"},
           {"Content-Type", "application/json"},
           {"ConsistencyLevel", "eventual"},
           {"Prefer", "x"}}) {
    envelope.headers.add(name, value);
  }
  BatchPart part;
  part.method = "GET";
  part.headers = {{"authorization", "Bearer b"}, {"Accept", "y"}};
  const auto request = request_of(part, envelope, "/v1.0/me");
  std::string all;
  for (const auto& [name, value] : request.headers) {
    all += std::string(name) + "=" + std::string(value) + ";";
  }
  EXPECT_EQ(all,
            "authorization=Bearer b;Accept=y;Host=h;X-Mock-Tenant=t;X-Mock-Scenario=s;"
            "client-request-id=c;");
  EXPECT_EQ(request.target.as_sent(), "/v1.0/me");
  EXPECT_TRUE(request.is_secure);
}

// Answers each part with what stands at its place.
http::Response answer(const std::string& requests, const std::vector<http::Response>& responses,
                      std::vector<std::string>* errors = nullptr) {
  size_t next = 0;
  return answer_batch(read(batch(requests)), {"r", "c", {}}, [&](const BatchPart& part) {
    if (errors) errors->push_back(part.error ? part.error->code : "");
    auto response = responses.at(next++);
    if (part.error) response.status = part.error->status;
    return response;
  });
}

http::Response response(int status, std::string_view content_type = "", std::string body = "") {
  http::Response made;
  made.status = status;
  if (!content_type.empty()) made.set_header("Content-Type", content_type);
  made.body = std::move(body);
  return made;
}

TEST(BatchAnswer, EmbedsJsonAsItIsAndAllElseInBase64) {
  auto made = response(201, "application/json;odata.metadata=minimal", R"({"a": 1.10})");
  made.set_header("Location", "http://h/x");
  made.set_header("request-id", "r");
  made.set_header("Date", "d");
  made.headers.add("X", "1");
  made.headers.add("x", "2");
  const auto batch = answer(get("1") + "," + get("2") + "," + get("3") + "," + get("4"),
                            {made, response(200, "text/plain", "25"), response(204, "text/plain"),
                             response(200, "application/json", "{\"a\":")});
  EXPECT_EQ(batch.status, 200);
  EXPECT_EQ(batch.header("Content-Type"), "application/json");
  EXPECT_EQ(batch.body,
            R"({"responses":[{"id":"1","status":201,"headers":{)"
            R"("Content-Type":"application/json;odata.metadata=minimal","Location":"http://h/x",)"
            R"("X":"1, 2"},"body":{"a": 1.10}},)"
            R"({"id":"2","status":200,"headers":{"Content-Type":"text/plain"},"body":"MjU="},)"
            R"({"id":"3","status":204,"headers":{}},)"
            R"({"id":"4","status":200,"headers":{"Content-Type":"application/json"},)"
            R"("body":"eyJhIjo="}]})");
}

TEST(BatchAnswer, HasNoBodyOfWhatNeverHasOne) {
  const auto batch = answer(R"({"id": "1", "method": "HEAD", "url": "/me"},)" + get("2"),
                            {response(200, "text/plain", "x"), response(304, "text/plain", "x")});
  EXPECT_EQ(batch.body.find("body"), std::string::npos) << batch.body;
}

TEST(BatchAnswer, LeavesOutWhatDependsOnAFailure) {
  std::vector<std::string> errors;
  answer(get("1") + "," + get("2", R"(, "dependsOn": ["1"])") + "," + get("3") + "," +
             get("4", R"(, "dependsOn": ["3", "2"])") + "," + get("5", R"(, "dependsOn": ["3"])"),
         {response(404), response(200), response(302), response(200), response(200)}, &errors);
  EXPECT_EQ(errors, (std::vector<std::string>{"", "FailedDependency", "", "FailedDependency", ""}));
}

http::Response late(int64_t delay, int64_t dribble = 0) {
  auto made = response(200);
  made.delivery.delay = milliseconds(delay);
  if (dribble > 0) made.delivery.dribble = {2, milliseconds(dribble)};
  return made;
}

TEST(BatchAnswer, IsAsLateAsTheSlowestOfThoseThatRunAtTheSameTime) {
  EXPECT_EQ(answer(get("1") + "," + get("2") + "," + get("3"), {late(20), late(300), late(100)})
                .delivery.delay,
            milliseconds(300));
  EXPECT_EQ(answer(get("1") + "," + get("2"), {late(20), late(10, 30)}).delivery.delay,
            milliseconds(40));
}

TEST(BatchAnswer, IsAsLateAsThoseThatWaitForEachOther) {
  EXPECT_EQ(answer(get("1") + "," + get("2", R"(, "dependsOn": ["1"])") + "," + get("3") + "," +
                       get("4", R"(, "dependsOn": ["1"])"),
                   {late(20), late(300), late(310), late(100)})
                .delivery.delay,
            milliseconds(320));
}

TEST(BatchAnswer, IsBounded) {
  std::string requests;
  std::vector<http::Response> responses;
  for (int i = 0; i < 4; ++i) {
    requests += (i == 0 ? "" : ",") + get(std::to_string(i));
    responses.push_back(
        response(200, "text/plain", std::string(i == 3 ? 100 : 25 * 1024 * 1024, 'x')));
  }
  const auto answered = base::parse_json(answer(requests, responses).body);
  const auto status = [&](int i) {
    return base::to_json(
        *base::at_pointer(answered, "/responses/" + std::to_string(i) + "/status"));
  };
  EXPECT_EQ(status(1), "200");
  EXPECT_EQ(status(2), "413");
  EXPECT_EQ(status(3), "200");
}

}  // namespace
}  // namespace graphmock::graph
