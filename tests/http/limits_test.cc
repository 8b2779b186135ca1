// What graphmock does not do, or does otherwise than the service, as docs/support.md says it.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kBen = "/v1.0/users/df0e7944-3fb2-4b87-8535-5228187ffd40";
constexpr std::string_view kBatch = "/v1.0/$batch";

struct MissingRow {
  std::string_view name, method, target, body;
  std::string_view words;  // of the message
};

class NotImplemented : public testing::TestWithParam<MissingRow> {};

TEST_P(NotImplemented, Is501AndNamed) {
  const auto& row = GetParam();
  const TestServer server;
  const auto response = server.send(row.method, row.target, row.body);
  EXPECT_EQ(response.status, 501) << response.body;
  EXPECT_EQ(at(response, "/error/code"), R"("NotImplemented")");
  EXPECT_NE(at(response, "/error/message").find(row.words), std::string::npos) << response.body;
}

constexpr MissingRow kMissing[] = {
    {"ServiceDocument", "GET", "/v1.0", "", "the service document"},
    {"Metadata", "GET", "/v1.0/$metadata", "", "'$metadata'"},
    {"LaterRound", "GET", "/v1.0/users/delta?$deltatoken=1", "", "'$deltatoken'"},
    {"LaterRoundOfADrive", "GET", "/v1.0/me/drive/root/delta(token='1')", "", "'delta'"},
    {"DeltaToken", "GET", "/v1.0/users?$deltatoken=1", "", "'$deltatoken'"},
    {"Index", "GET", "/v1.0/users?$index=1", "", "'$index'"},
    {"SchemaVersion", "GET", "/v1.0/users?$schemaversion=1.0", "", "'$schemaversion'"},
    {"OptionsOfAProperty", "GET", "/v1.0/me/mailboxSettings?$select=timeZone", "",
     "'mailboxSettings'"},
    {"OptionsOfAStream", "GET", "/v1.0/me/photo/$value?$select=id", "", "'$value'"},
    {"ExpandOfAWrite", "PATCH", "/v1.0/me?$expand=manager", R"({"jobTitle": "x"})", "'$expand'"},
    {"ComputeOfAWrite", "PATCH", "/v1.0/me?$compute=1%20as%20n", R"({"jobTitle": "x"})",
     "'$compute'"},
    {"OptionsOfABuiltInOperation", "POST", "/v1.0/directoryObjects/getByIds?$select=id",
     R"({"ids": ["x"]})", "getByIds"},
    {"AtomicityGroup", "POST", kBatch,
     R"({"requests": [{"id": "1", "method": "GET", "url": "/me", "atomicityGroup": "g"}]})",
     "'atomicityGroup'"},
    {"If", "POST", kBatch,
     R"({"requests": [{"id": "1", "method": "GET", "url": "/me", "if": "$x"}]})", "'if'"},
    {"Console", "GET", "/__admin/", "", "the console"},
};

INSTANTIATE_TEST_SUITE_P(Limits, NotImplemented, testing::ValuesIn(kMissing), support::RowName());

TEST(UnlikeTheService, ExpandIsSixLevelsDeep) {
  const TestServer server;
  std::string folders = R"({"displayName": "innermost"})";
  for (int i = 0; i < 7; ++i) {
    folders = R"({"id": "f)" + std::to_string(i) + R"(", "displayName": "f", "childFolders": [)" +
              folders + "]}";
  }
  ASSERT_EQ(server.send("POST", "/v1.0/me/mailFolders", folders).status, 201);
  const auto nested = [&server](int levels) {
    std::string expand = "childFolders";
    for (int i = 1; i < levels; ++i) expand = "childFolders($expand=" + expand + ")";
    return server.get("/v1.0/me/mailFolders/f6?$expand=" + expand);
  };
  const auto whole = nested(6);
  EXPECT_EQ(whole.status, 200) << whole.body;
  EXPECT_NE(whole.body.find("\"f0\""), std::string::npos) << whole.body;
  const auto refused = nested(7);
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("more than 6 levels"), std::string::npos) << refused.body;
}

TEST(UnlikeTheService, NoMediaLinkOrActionComesWithFull) {
  const TestServer server;
  server.send("PUT", "/v1.0/me/photo/$value", "a picture", {{"Content-Type", "image/jpeg"}});
  for (const std::string target : {"/v1.0/me/photo", "/v1.0/me"}) {
    const auto full =
        server.send("GET", target, "", {{"Accept", "application/json;odata.metadata=full"}});
    EXPECT_NE(at(full, "/@odata.editLink"), "(absent)") << full.body;
    EXPECT_EQ(full.body.find("@odata.media"), std::string::npos) << full.body;
    EXPECT_EQ(full.body.find("\"target\""), std::string::npos) << full.body;
  }
}

class UnlikeTheServiceInOutlook : public testing::Test {
 protected:
  UnlikeTheServiceInOutlook() {
    const auto made = server_.send("POST", "/v1.0/me/events", R"({"id": "daily", "subject": "Daily",
      "start": {"dateTime": "2031-05-01T10:00:00", "timeZone": "Pacific Standard Time"},
      "end": {"dateTime": "2031-05-01T11:00:00", "timeZone": "Pacific Standard Time"},
      "recurrence": {"pattern": {"type": "daily", "interval": 1},
                     "range": {"type": "noEnd", "startDate": "2031-05-01"}}})");
    EXPECT_EQ(made.status, 201) << made.body;
  }

  const TestServer server_;
};

TEST_F(UnlikeTheServiceInOutlook, ASeriesIsOneEventWithTheTimesItWasGiven) {
  const auto days = server_.get(
      "/v1.0/me/calendarView?startDateTime=2031-05-01T00:00:00Z&endDateTime=2031-05-08T00:00:00Z");
  EXPECT_EQ(at(days, "/value/0/subject"), R"("Daily")") << days.body;
  EXPECT_EQ(at(days, "/value/0/start/dateTime"), R"("2031-05-01T10:00:00")");
  EXPECT_EQ(at(days, "/value/0/start/timeZone"), R"("Pacific Standard Time")");
  EXPECT_EQ(at(days, "/value/1"), "(absent)");
}

TEST_F(UnlikeTheServiceInOutlook, APropertysPathKnowsNoPreference) {
  const support::RequestHeaders utc = {{"Prefer", "outlook.timezone=\"UTC\""}};
  EXPECT_EQ(at(server_.send("GET", "/v1.0/me/events/daily", "", utc), "/start/timeZone"),
            R"("UTC")");
  EXPECT_EQ(at(server_.send("GET", "/v1.0/me/events/daily/start", "", utc), "/timeZone"),
            R"("Pacific Standard Time")");
}

TEST(UnlikeTheService, WhatIsDeletedStaysUntilItIsDeletedThere) {
  TestServer server;
  const std::string item =
      "/v1.0/directory/deletedItems/" + std::string(kBen.substr(kBen.rfind('/') + 1));
  EXPECT_EQ(server.send("DELETE", kBen).status, 204);
  server.clock().advance(std::chrono::days(31));
  EXPECT_EQ(server.get(item).status, 200) << "the service forgets it after 30 days";
  EXPECT_EQ(server.send("DELETE", item).status, 204);
  EXPECT_EQ(server.get(item).status, 404);
}

TEST(UnlikeTheService, AnOperationTakesForGrantedWhatIsNotThere) {
  const TestServer server;
  EXPECT_EQ(server.get("/v1.0/users/nobody").status, 404);
  EXPECT_EQ(server.send("POST", "/v1.0/users/nobody/revokeSignInSessions").status / 100, 2);
  EXPECT_EQ(server
                .send("POST", "/v1.0/users/nobody/changePassword",
                      R"({"currentPassword": "x", "newPassword": "y"})")
                .status,
            204);
}

TEST(UnlikeTheService, AnUploadSessionHasNoAddress) {
  const TestServer server;
  const auto session =
      server.send("POST", "/v1.0/me/drive/root:/large.bin:/createUploadSession", "{}");
  EXPECT_EQ(session.status, 200) << session.body;
  EXPECT_EQ(at(session, "/uploadUrl"), "null");
}

TEST(UnlikeTheService, AnySecretLetsAnApplicationIn) {
  const TestServer server;
  for (const std::string proof :
       {"client_secret=right", "client_secret=wrong",
        "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        "&client_assertion=a.b.c"}) {
    const auto answer = server.send(
        "POST", "/contoso/oauth2/v2.0/token",
        "grant_type=client_credentials&client_id=bd819890-05d3-4513-b6f1-1bb8b2faab7c&" + proof +
            "&scope=https://graph.microsoft.com/.default",
        {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(answer.status, 200) << proof << answer.body;
  }
}

TEST(UnlikeTheService, AUsersPermissionIsGoodForOthersToo) {
  auto options = support::shipped_options();
  options.auth = app::Auth::Required;
  const TestServer server(options);
  const auto status = [&server](std::string_view permission) {
    const auto token = server.send("POST", "/__admin/tokens",
                                   R"({"user": "nora.lindqvist@contoso.com", "permissions": [")" +
                                       std::string(permission) + R"("]})");
    const std::string text(
        base::text_of(base::at_pointer(support::json_of(token), "/access_token")));
    return server
        .send("GET", std::string(kBen) + "/messages", "", {{"Authorization", "Bearer " + text}})
        .status;
  };
  EXPECT_EQ(status("Mail.Read"), 200) << "Nora reads what is Ben's";
  EXPECT_EQ(status("User.Read"), 403);
}

}  // namespace
}  // namespace graphmock
