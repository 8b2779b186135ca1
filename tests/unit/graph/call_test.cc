#include "graph/call.h"

#include <gtest/gtest.h>

#include <string>

#include "graph/body.h"
#include "store/session.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

class ReadCall : public testing::Test {
 protected:
  ReadCall()
      : models_(support::small_models()),
        store_(std::make_shared<store::Snapshot>()),
        clock_(base::Instant(std::chrono::seconds(7))),
        ids_(1),
        request_ids_(2) {}

  Call read(std::string_view target) {
    request_.target = http::Target::read(target);
    store::Session session(store_, clock_.now());
    const Context context{models_, session, clock_, ids_, request_ids_, model::EnumRule::Evolvable,
                          nullptr};
    return read_call(request_, context);
  }

  model::Models models_;
  store::Store store_;
  base::ManualClock clock_;
  base::IdSource ids_, request_ids_;
  http::Request request_{"GET", {}, {}, ""};
};

TEST_F(ReadCall, TakesARequestApart) {
  const auto call = read("/t/one/beta/users('a')/messages?$top=1&x=y");
  EXPECT_FALSE(call.error);
  EXPECT_EQ(call.model, models_.version("beta"));
  EXPECT_EQ(call.service_root, "http://localhost/t/one/beta");
  EXPECT_EQ(request_.target.segments(), (std::vector<std::string>{"users('a')", "messages"}));
  ASSERT_EQ(request_.target.options().size(), 2u);
  ASSERT_TRUE(call.target);
  EXPECT_EQ(call.target->last().name, "messages");
  EXPECT_EQ(call.now, base::Instant(std::chrono::seconds(7)));
}

TEST_F(ReadCall, TellsABatch) {
  for (const auto* target : {"/v1.0/$batch", "/v1.0/%24batch/", "/v1.0/$BATCH?x=y"}) {
    const auto call = read(target);
    EXPECT_TRUE(call.is_batch) << target;
    EXPECT_FALSE(call.error) << target;
    EXPECT_FALSE(call.target) << target;
    EXPECT_EQ(call.service_root, "http://localhost/v1.0");
  }
  for (const auto* target : {"/v1.0/$batch/x", "/v1.0/me/$batch", "/v9/$batch", "/$batch"}) {
    EXPECT_FALSE(read(target).is_batch) << target;
    EXPECT_TRUE(read(target).error) << target;
  }
}

TEST_F(ReadCall, GivesEveryRequestAnIdOfItsOwn) {
  const auto first = read("/v1.0/users");
  const auto second = read("/v1.0/users");
  EXPECT_NE(first.request_id, second.request_id);
  EXPECT_EQ(first.client_request_id, first.request_id);
  EXPECT_EQ(ids_.next_guid(), base::IdSource(1).next_guid()) << "ids of entities are not used up";
}

TEST_F(ReadCall, EchoesTheIdThatTheClientGives) {
  request_.headers.add("Client-Request-Id", "mine");
  EXPECT_EQ(read("/v1.0/users").client_request_id, "mine");
}

TEST_F(ReadCall, NamesTheVersionsThatThereAre) {
  for (const std::string_view target : {"/v2.0/users", "/", "/V1.0/users"}) {
    const auto call = read(target);
    ASSERT_TRUE(call.error) << target;
    EXPECT_EQ(call.error->status, 400);
    EXPECT_NE(call.error->message.find("'v1.0' or 'beta'"), std::string::npos)
        << call.error->message;
    EXPECT_EQ(call.model, nullptr);
    EXPECT_FALSE(call.target);
  }
}

TEST_F(ReadCall, KeepsTheErrorOfAnAddressThatLeadsNowhere) {
  const auto call = read("/v1.0/usrs/ID");
  ASSERT_TRUE(call.error);
  EXPECT_EQ(call.error->status, 400);
  EXPECT_EQ(call.model, models_.version("v1.0"));
  EXPECT_EQ(request_.target.segments(), (std::vector<std::string>{"usrs", "ID"}))
      << "a scenario may know the address";
  EXPECT_FALSE(call.target);
}

TEST_F(ReadCall, KeepsTheErrorOfATargetThatIsNoUrl) {
  const auto call = read("/v1.0/users/%zz");
  ASSERT_TRUE(call.error);
  EXPECT_EQ(call.error->status, 400);
}

struct PreferRow {
  std::string_view name;
  std::string_view prefer;
  bool minimal;
};

class Prefer : public testing::TestWithParam<PreferRow> {};

TEST_P(Prefer, IsFoundInTheHeader) {
  http::Request request;
  request.headers.add("Prefer", GetParam().prefer);
  EXPECT_EQ(prefers(request, "return=minimal"), GetParam().minimal);
}

constexpr PreferRow kPrefers[] = {
    {"Alone", "return=minimal", true},
    {"AmongOthers", "respond-async, return=minimal, wait=5", true},
    {"NameInAnotherCase", "Return=minimal", true},
    {"WithBlanks", "  return=minimal  ", true},
    {"InQuotes", "return=\"minimal\"", true},
    {"WithParameters", "return=minimal; foo=bar", true},
    {"BlanksAroundEquals", "return = minimal", true},
    {"AnotherValue", "return=representation", false},
    {"Part", "return=minimalist", false},
    {"Empty", "", false},
};

INSTANTIATE_TEST_SUITE_P(Call, Prefer, testing::ValuesIn(kPrefers), support::RowName());

TEST(Prefers, LooksAtEveryHeaderOfTheName) {
  http::Request request;
  request.headers.add("Prefer", "wait=5");
  request.headers.add("prefer", "return=minimal");
  EXPECT_TRUE(prefers(request, "return=minimal"));
  EXPECT_FALSE(prefers(request, "return=representation"));
  EXPECT_FALSE(prefers(http::Request(), "return=minimal"));
}

http::Request with_body(std::string_view body, std::string_view content_type = "application/json") {
  http::Request request{"PATCH", {}, {}, body};
  if (!content_type.empty()) request.headers.add("Content-Type", content_type);
  return request;
}

TEST(Body, IsAJsonObject) {
  EXPECT_EQ(read_body(with_body(R"({"a":1})")).size(), 1u);
  EXPECT_EQ(read_body(with_body("{}", "application/json; charset=utf-8")).size(), 0u);
  EXPECT_EQ(read_body(with_body("{}", "Application/JSON;odata.metadata=minimal")).size(), 0u);
}

struct BodyRow {
  std::string_view name;
  std::string_view body;
  std::string_view content_type;
  int status;
  std::string_view message;
};

class RefusedBody : public testing::TestWithParam<BodyRow> {};

TEST_P(RefusedBody, HasStatusAndMessage) {
  try {
    read_body(with_body(GetParam().body, GetParam().content_type));
    FAIL() << "read";
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, GetParam().status);
    EXPECT_NE(error.message.find(GetParam().message), std::string::npos) << error.message;
  }
}

constexpr BodyRow kBodies[] = {
    {"Empty", "", "application/json", 400, "has no body"},
    {"Blank", " \r\n", "application/json", 400, "has no body"},
    {"Array", "[1]", "application/json", 400, "JSON array"},
    {"Text", "\"x\"", "application/json", 400, "JSON string"},
    {"Number", "1e400", "application/json", 400, "JSON number"},
    {"Null", "null", "application/json", 400, "JSON null"},
    {"BadJson", "{\n\"a\" 1}", "application/json", 400, "line 2, column 5"},
    {"Comment", "{} // x", "application/json", 400, "not valid JSON"},
    {"Duplicate", "{\"a\":1,\"a\":2}", "application/json", 400, "duplicate member 'a'"},
    {"Form", "a=b", "application/x-www-form-urlencoded", 415, "application/x-www-form-urlencoded"},
    {"TextType", "{}", "text/plain", 415, "text/plain"},
    {"NoType", "{}", "", 415, "lacks the header Content-Type"},
    {"SimilarType", "{}", "application/jsonp", 415, "application/jsonp"},
};

INSTANTIATE_TEST_SUITE_P(Call, RefusedBody, testing::ValuesIn(kBodies), support::RowName());

TEST(Problems, AreDetailsOfOneError) {
  try {
    throw_problems({{"/age", "first"}, {"/home/city", "second"}});
    FAIL();
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_EQ(error.code, "");
    EXPECT_EQ(error.message, "first");
    ASSERT_EQ(error.details.size(), 2u);
    EXPECT_EQ(error.details[0].target, "age");
    EXPECT_EQ(error.details[1].target, "home/city");
    EXPECT_EQ(error.details[1].message, "second");
  }
}

TEST(Problems, AreNotListedWithoutEnd) {
  try {
    throw_problems(std::vector<model::Problem>(1000, {"/a", "m"}));
    FAIL();
  } catch (const http::Error& error) {
    EXPECT_LE(error.details.size(), 100u);
    EXPECT_GE(error.details.size(), 1u);
  }
}

}  // namespace
}  // namespace graphmock::graph
