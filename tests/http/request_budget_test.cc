// What one request may take: all of it together, whatever it is made of, and what is answered
// beyond that. The real clock stands still here, or jumps, as a test wants it.
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using namespace std::chrono_literals;
using support::at;
using support::RawResponse;
using support::TestServer;
using Time = base::WorkBudget::Time;

Time standing() {
  return Time(1h);
}

// Jumps an hour once it has been asked so often, and stands still otherwise.
std::atomic<int> asked_before_jump{0};
Time jumping() {
  return Time(asked_before_jump-- > 0 ? 1h : 2h);
}

app::Options limited(double seconds, base::WorkBudget::Now now = standing) {
  auto options = support::shipped_options();
  options.request_time_limit = std::chrono::duration<double>(seconds);
  options.steady_now = now;
  return options;
}

const support::RequestHeaders kEventual = {{"ConsistencyLevel", "eventual"}};

std::string users_where(std::string_view filter) {
  return "/v1.0/users?$count=true&$filter=" + base::percent_encode(filter);
}

void expect_too_much(const RawResponse& response, int status = 503,
                     std::string_view code = "\"ServiceUnavailable\"") {
  EXPECT_EQ(response.status, status) << response.body.substr(0, 500);
  EXPECT_EQ(at(response, "/error/code"), code);
  EXPECT_NE(at(response, "/error/message").find("--request-time-limit"), std::string::npos);
  EXPECT_EQ(response.header("Retry-After"), "10");
  EXPECT_TRUE(response.header("request-id"));
}

void put_phones(const TestServer& server, int count) {
  base::json::array phones;
  for (int i = 0; i < count; ++i) phones.emplace_back(std::to_string(i));
  const auto body = base::to_json(base::json::object{{"businessPhones", phones}});
  ASSERT_EQ(server.send("PATCH", "/v1.0/me", body).status, 204);
}

// Each 'x' is a character of the user's that is signed in.
void put_text(const TestServer& server, size_t bytes) {
  const auto body = R"({"aboutMe": ")" + std::string(bytes, 'x') + "\"}";
  ASSERT_EQ(server.send("PATCH", "/v1.0/me", body).status, 204);
}

constexpr std::string_view kTripleAny =
    "businessPhones/any(a:businessPhones/any(b:businessPhones/any(c:c eq concat(a,b))))";

TEST(RequestBudget, EndsLambdasWithinLambdas) {
  const TestServer server(limited(0.05));
  put_phones(server, 10);
  EXPECT_EQ(server.send("GET", users_where(kTripleAny), "", kEventual).status, 200);
  put_phones(server, 1000);
  expect_too_much(server.send("GET", users_where(kTripleAny), "", kEventual));
  EXPECT_EQ(server.get("/v1.0/me").status, 200);
}

TEST(RequestBudget, CountsTheBytesOfStrings) {
  const TestServer server(limited(0.1));
  put_text(server, 1'000'000);
  std::string filter = "contains(toupper(aboutMe),'Y')";
  EXPECT_EQ(server.send("GET", users_where(filter), "", kEventual).status, 200);
  for (int i = 0; i < 50; ++i) filter += " or contains(toupper(aboutMe),'Y')";
  expect_too_much(server.send("GET", users_where(filter), "", kEventual));
}

// As much as their storing takes, and not only their reading.
TEST(RequestBudget, CountsWhatIsStored) {
  const TestServer server(limited(0.1));
  const auto folder = [](const std::string& name, int messages) {
    std::string body = R"({"displayName": ")" + name + R"(", "messages": [{"subject": "S"})";
    for (int i = 1; i < messages; ++i) body += R"(, {"subject": "S"})";
    return body + "]}";
  };
  EXPECT_EQ(server.send("POST", "/v1.0/me/mailFolders", folder("few", 1000)).status, 201);
  expect_too_much(server.send("POST", "/v1.0/me/mailFolders", folder("many", 20'000)), 429,
                  "\"ApplicationThrottled\"");
  const auto folders = server.get("/v1.0/me/mailFolders?$top=100").body;
  EXPECT_NE(folders.find("\"few\""), std::string::npos);
  EXPECT_EQ(folders.find("\"many\""), std::string::npos);
}

std::string part(int id, const std::string& target) {
  return R"({"id": ")" + std::to_string(id) + R"(", "method": "GET", "url": ")" + target +
         R"(", "headers": {"ConsistencyLevel": "eventual"}})";
}

// Each of the parts takes a good tenth of the whole.
TEST(RequestBudget, IsSharedByThePartsOfABatch) {
  const TestServer server(limited(0.1));
  put_text(server, 1'000'000);
  const auto target = users_where("contains(toupper(aboutMe),'Y')").substr(5);
  std::string parts;
  for (int i = 0; i < 19; ++i) parts += part(i, target) + ",";
  const auto body = R"({"requests": [)" + parts + part(19, "/me") + "]}";
  const auto batch = server.send("POST", "/v1.0/$batch", body);
  ASSERT_EQ(batch.status, 200);
  const auto answers = support::json_of(batch).at("responses").as_array();
  ASSERT_EQ(answers.size(), 20u);
  int served = 0;
  while (served < 20 && answers[served].at("status") == 200) ++served;
  EXPECT_GE(served, 3);
  EXPECT_LE(served, 12);
  for (int i = served; i < 20; ++i) {
    EXPECT_EQ(answers[i].at("status"), 503) << i;
    EXPECT_EQ(answers[i].at("body").at("error").at("code"), "ServiceUnavailable");
    EXPECT_EQ(answers[i].at("headers").at("Retry-After"), "10");
  }
  EXPECT_EQ(server.send("GET", "/v1.0" + target, "", kEventual).status, 200) << "the next has more";
  EXPECT_EQ(server.send("POST", "/v1.0/$batch", body).body.size(), batch.body.size())
      << "what stops it is always at the same place";
}

TEST(RequestBudget, EndsByTheClock) {
  const TestServer server(limited(5, jumping));
  asked_before_jump = 1'000'000'000;
  put_phones(server, 100);
  asked_before_jump = 3;
  expect_too_much(server.send("GET", users_where(kTripleAny), "", kEventual));
  asked_before_jump = 0;
  EXPECT_EQ(server.get("/v1.0/me").status, 200) << "the clock is not looked at";
}

// A mailbox throttles those that ask for too much.
TEST(RequestBudget, IsToldAsTheFamilyDoes) {
  const TestServer server(limited(0.001));
  for (const std::string_view target : {"/v1.0/me/messages?$top=50&$orderby=subject",
                                        "/v1.0/me/messages?$filter=contains(body/content,'x')"}) {
    std::string many(target);
    many += "&$expand=attachments";
    for (int i = 0; i < 60; ++i) {
      const auto compute = (i == 0 ? "&$compute=" : ",") + std::string("toupper(body/content)") +
                           "%20as%20X" + std::to_string(i);
      many += compute;
    }
    expect_too_much(server.get(many), 429, "\"ApplicationThrottled\"");
  }
  std::string filter = "contains(displayName,'qqq')";
  for (int i = 0; i < 350; ++i) filter += " or contains(displayName,'qqq')";
  expect_too_much(server.send("GET", users_where(filter), "", kEventual));
}

struct Storm {
  std::string_view name;
  std::string_view target;
};

class Storms : public testing::TestWithParam<Storm> {
 protected:
  static TestServer& server(double seconds) {
    static TestServer large(limited(5));
    static TestServer small(limited(0.004));
    static const bool is_filled = [&] {
      for (const auto* one : {&large, &small}) {
        for (int i = 0; i < 30; ++i) {
          const auto text = std::string(20'000, 'x') + std::to_string(i);
          EXPECT_EQ(one->send("POST", "/v1.0/me/messages",
                              R"({"subject": ")" + text + R"(", "body": {"content": ")" + text +
                                  R"(", "contentType": "text"}})")
                        .status,
                    201);
        }
      }
      return true;
    }();
    EXPECT_TRUE(is_filled);
    return seconds > 1 ? large : small;
  }
};

// The same with much is answered, so that nothing else is wrong with it.
TEST_P(Storms, End) {
  const std::string target(GetParam().target);
  const auto whole = server(5).send("GET", target, "", kEventual);
  EXPECT_EQ(whole.status, 200) << whole.body.substr(0, 500);
  const auto cut = server(0.004).send("GET", target, "", kEventual);
  EXPECT_TRUE(cut.status == 503 || cut.status == 429) << cut.status;
  EXPECT_EQ(cut.header("Retry-After"), "10");
}

constexpr Storm kStorms[] = {
    {"filter",
     "/v1.0/me/messages?$filter=contains(body/content,'y')%20or%20endswith(subject,'y')"
     "%20or%20contains(toupper(subject),'Q')"},
    {"orderby", "/v1.0/me/messages?$top=40&$orderby=toupper(subject),tolower(body/content)"},
    {"search", "/v1.0/me/messages?$search=%22y%22"},
    {"compute",
     "/v1.0/me/messages?$compute=toupper(subject)%20as%20A,toupper(subject)%20as%20B,"
     "toupper(subject)%20as%20C&$select=A,B,C&$top=40"},
    {"apply",
     "/v1.0/me/messages?$apply=compute(toupper(subject)%20as%20S)/groupby((S),aggregate("
     "$count%20as%20N))"},
    {"expand", "/v1.0/me/mailFolders?$expand=messages($filter=contains(toupper(subject),'Q'))"},
    {"lambdas",
     "/v1.0/me/mailFolders?$filter=messages/any(a:contains(toupper(a/subject),'QQQQ')%20or%20"
     "contains(toupper(a/body/content),'QQQQ'))"},
    {"levels",
     "/v1.0/me/mailFolders?$expand=childFolders($levels=max),messages($orderby=toupper("
     "subject),tolower(subject),toupper(body/content))"},
};

INSTANTIATE_TEST_SUITE_P(RequestBudget, Storms, testing::ValuesIn(kStorms), support::RowName());

struct Change {
  std::string_view name;
  std::string_view method;
  std::string_view target;
  std::string_view body;  // '*' stands for many of what is before it
  int times;
  int status;
};

class Changes : public testing::TestWithParam<Change> {};

// Stopped at each place that it may be stopped at, until it gets through.
TEST_P(Changes, AreWholeOrNothing) {
  const TestServer server(limited(5, jumping));
  const auto& change = GetParam();
  std::string body(change.body);
  if (const auto star = body.find('*'); star != std::string::npos) {
    const auto start = body.find('[') + 1;
    const auto one = "," + body.substr(start, star - start);
    std::string many;
    for (int i = 0; i < change.times; ++i) many += one;
    body.replace(star, 1, many);
  }
  asked_before_jump = 1'000'000'000;
  ASSERT_EQ(server.send("PUT", "/__admin/snapshots/before").status, 201);
  const auto changes = [&] { return server.get("/__admin/state/diff?from=before").body; };
  const auto none = changes();
  int stops = 0;
  for (;; ++stops) {
    ASSERT_LT(stops, 1000);
    asked_before_jump = stops + 1;
    const auto answer = server.send(change.method, change.target, body);
    asked_before_jump = 1'000'000'000;
    if (answer.status == change.status) break;
    if (answer.header("X-Mock-Warning")) {  // the change is made, what shows it was stopped
      ASSERT_EQ(answer.status, 204) << answer.body;
      break;
    }
    ASSERT_TRUE(answer.status == 503 || answer.status == 429) << answer.status << answer.body;
    ASSERT_EQ(changes(), none) << stops;
  }
  EXPECT_GT(stops, 0);
  EXPECT_NE(changes(), none);
}

constexpr Change kChanges[] = {
    {"update", "PATCH", "/v1.0/me", R"({"businessPhones": ["1"*]})", 100'000, 204},
    {"create", "POST", "/v1.0/me/messages", R"({"subject": "s", "categories": ["1"*]})", 100'000,
     201},
    {"deep", "POST", "/v1.0/me/mailFolders",
     R"({"displayName": "f", "messages": [{"subject": "s", "body": {"content": "b"}}*]})", 2'000,
     201},
    {"replace", "PUT", "/v1.0/me/businessPhones", R"({"value": ["1"*]})", 100'000, 200},
};

INSTANTIATE_TEST_SUITE_P(RequestBudget, Changes, testing::ValuesIn(kChanges), support::RowName());

}  // namespace
}  // namespace graphmock
