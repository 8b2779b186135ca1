#include "graph/error_payload.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "support/project_data.h"
#include "support/test_name.h"

namespace graphmock::graph {
namespace {

const model::Model& shipped() {
  static const auto models = [] {
    base::LoadErrors errors;
    auto loaded = support::load_shipped_models(errors);
    EXPECT_TRUE(errors.empty());
    return loaded;
  }();
  return *models.version("v1.0");
}

// Mailboxes throttle what is too much, and of others the service is busy.
TEST(ErrorPayload, SaysAsTheFamilyDoesWhatIsTooMuchWork) {
  http::Error error(503, "", "Too much.");
  error.is_too_much_work = true;
  error.headers.add("Retry-After", "10");
  const auto told = [&](facts::Family family) {
    const auto response = error_response(error, family, {"r", "c", {}});
    EXPECT_EQ(response.header("Retry-After"), "10");
    const auto body = base::parse_json(response.body);
    return std::to_string(response.status) + " " +
           base::text_of(base::at_pointer(body, "/error/code"));
  };
  EXPECT_EQ(told(facts::Family::Outlook), "429 ApplicationThrottled");
  EXPECT_EQ(told(facts::Family::Directory), "503 ServiceUnavailable");
  EXPECT_EQ(told(facts::Family::Drive), "503 ServiceUnavailable");
  EXPECT_EQ(told(facts::Family::Other), "503 ServiceUnavailable");
  error.is_too_much_work = false;
  EXPECT_EQ(told(facts::Family::Outlook), "503 ServiceUnavailable");
}

struct FamilyRow {
  std::string_view name;  // of the type, without namespace
  facts::Family family;
};

class Family : public testing::TestWithParam<FamilyRow> {};

TEST_P(Family, IsToldByTheType) {
  const auto* type = shipped().structured_type("microsoft.graph." + std::string(GetParam().name));
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(facts::family_of(type), GetParam().family);
}

constexpr FamilyRow kFamilies[] = {
    {"directoryObject", facts::Family::Directory},
    {"user", facts::Family::Directory},
    {"group", facts::Family::Directory},
    {"device", facts::Family::Directory},
    {"application", facts::Family::Directory},
    {"servicePrincipal", facts::Family::Directory},
    {"organization", facts::Family::Directory},
    {"domain", facts::Family::Directory},
    {"message", facts::Family::Outlook},
    {"event", facts::Family::Outlook},
    {"contact", facts::Family::Outlook},
    {"mailFolder", facts::Family::Outlook},
    {"calendar", facts::Family::Outlook},
    {"attachment", facts::Family::Outlook},
    {"fileAttachment", facts::Family::Outlook},
    {"drive", facts::Family::Drive},
    {"driveItem", facts::Family::Drive},
    {"site", facts::Family::Drive},
    {"list", facts::Family::Drive},
    {"team", facts::Family::Other},
    {"chat", facts::Family::Other},
    {"entity", facts::Family::Other},
    {"plannerTask", facts::Family::Other},
};

INSTANTIATE_TEST_SUITE_P(ErrorPayload, Family, testing::ValuesIn(kFamilies), support::RowName());

TEST(ErrorPayload, OfNoTypeIsOfNoFamily) {
  EXPECT_EQ(facts::family_of(nullptr), facts::Family::Other);
}

struct CodeRow {
  int status;
  std::string_view directory, outlook, drive, other;
};

class ErrorCode : public testing::TestWithParam<CodeRow> {};

TEST_P(ErrorCode, IsThatOfTheFamily) {
  const auto& row = GetParam();
  EXPECT_EQ(code_for(facts::Family::Directory, row.status), row.directory);
  EXPECT_EQ(code_for(facts::Family::Outlook, row.status), row.outlook);
  EXPECT_EQ(code_for(facts::Family::Drive, row.status), row.drive);
  EXPECT_EQ(code_for(facts::Family::Other, row.status), row.other);
}

constexpr CodeRow kCodes[] = {
    {400, "Request_BadRequest", "ErrorInvalidRequest", "invalidRequest", "BadRequest"},
    {401, "InvalidAuthenticationToken", "InvalidAuthenticationToken", "InvalidAuthenticationToken",
     "InvalidAuthenticationToken"},
    {403, "Authorization_RequestDenied", "ErrorAccessDenied", "accessDenied", "Forbidden"},
    {404, "Request_ResourceNotFound", "ErrorItemNotFound", "itemNotFound", "ResourceNotFound"},
    {409, "Request_MultipleObjectsWithSameKeyValue", "ErrorIrresolvableConflict",
     "nameAlreadyExists", "Conflict"},
    {412, "Request_PreconditionFailed", "ErrorIrresolvableConflict", "resourceModified",
     "PreconditionFailed"},
    {429, "Request_ThrottledTemporarily", "ApplicationThrottled", "activityLimitReached",
     "TooManyRequests"},
    {501, "NotImplemented", "NotImplemented", "NotImplemented", "NotImplemented"},
    {503, "ServiceUnavailable", "ServiceUnavailable", "ServiceUnavailable", "ServiceUnavailable"},
};

INSTANTIATE_TEST_SUITE_P(ErrorPayload, ErrorCode, testing::ValuesIn(kCodes),
                         [](const auto& row) { return std::to_string(row.param.status); });

TEST(ErrorPayload, HasACodeForEveryStatus) {
  for (int status = 400; status < 600; ++status) {
    EXPECT_NE(code_for(facts::Family::Other, status), "") << status;
  }
}

ErrorIdentity identity() {
  return {"11111111-1111-4111-8111-111111111111", "theirs",
          base::Instant(std::chrono::seconds(1621364590) + std::chrono::milliseconds(125))};
}

TEST(ErrorPayload, IsShapedAsTheServicesErrors) {
  const auto response = error_response(http::Error(404, "", "No \"such\" thing."),
                                       facts::Family::Directory, identity());
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.header("Content-Type"), "application/json");
  EXPECT_EQ(
      response.body,
      R"({"error":{"code":"Request_ResourceNotFound","message":"No \"such\" thing.",)"
      R"("innerError":{"date":"2021-05-18T19:03:10",)"
      R"("request-id":"11111111-1111-4111-8111-111111111111","client-request-id":"theirs"}}})");
}

TEST(ErrorPayload, HasTheCodeThatTheErrorHas) {
  const auto response =
      error_response(http::Error(400, "OwnCode", "m"), facts::Family::Outlook, identity());
  EXPECT_EQ(base::at_pointer(base::parse_json(response.body), "/error/code")->as_string(),
            "OwnCode");
}

TEST(ErrorPayload, ListsDetails) {
  const auto response = error_response(
      http::Error(400, "", "m", {{"InvalidValue", "age", "wrong"}, {"Other", "", "no target"}}),
      facts::Family::Other, identity());
  const auto body = base::parse_json(response.body);
  ASSERT_NE(base::at_pointer(body, "/error/details"), nullptr);
  EXPECT_EQ(base::to_json(*base::at_pointer(body, "/error/details")),
            R"([{"code":"InvalidValue","target":"age","message":"wrong"},)"
            R"({"code":"Other","message":"no target"}])");
}

TEST(ErrorPayload, CarriesTheErrorsHeaders) {
  http::Error error(405, "", "m");
  error.headers.add("Allow", "GET");
  const auto response = error_response(error, facts::Family::Other, identity());
  EXPECT_EQ(response.header("Allow"), "GET");
  EXPECT_EQ(response.header("Content-Type"), "application/json");
}

TEST(ErrorPayload, EscapesWhatItQuotes) {
  http::Error error(400, "C\"", "line\nbreak \x01 \\");
  auto who = identity();
  who.client_request_id = "a\"b";
  const auto body = base::parse_json(error_response(error, facts::Family::Other, who).body);
  EXPECT_EQ(base::at_pointer(body, "/error/code")->as_string(), "C\"");
  EXPECT_EQ(base::at_pointer(body, "/error/message")->as_string(), "line\nbreak \x01 \\");
  EXPECT_EQ(base::at_pointer(body, "/error/innerError/client-request-id")->as_string(), "a\"b");
}

// What a client sends comes back in the answer; the answer must stay JSON all the same.
}  // namespace
}  // namespace graphmock::graph
