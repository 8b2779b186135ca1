// What differs from type to type (fixtures/facts), through HTTP, on the shipped company: error
// codes by family, statuses, ids, ETags, unique and required properties.
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kNora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
constexpr std::string_view kNewUser = R"({"displayName": "Zoe", "accountEnabled": true,
  "mailNickname": "zoe", "userPrincipalName": "zoe@contoso.com",
  "passwordProfile": {"password": "x"}})";

struct FamilyRow {
  std::string_view name;
  std::string_view path;      // of an entity that is there
  std::string_view list;      // of its collection
  std::string_view property;  // a text that an update may set
  std::string_view bad_request, not_found, conflict, precondition;
};

constexpr FamilyRow kFamilies[] = {
    {"Directory", kNora, "/v1.0/users", "jobTitle", "Request_BadRequest",
     "Request_ResourceNotFound", "Request_MultipleObjectsWithSameKeyValue",
     "Request_PreconditionFailed"},
    {"Outlook", "/v1.0/me/mailFolders/inbox", "/v1.0/me/mailFolders", "displayName",
     "ErrorInvalidRequest", "ErrorItemNotFound", "ErrorIrresolvableConflict",
     "ErrorIrresolvableConflict"},
    {"Drive", "/v1.0/drives/b!gdXNp7YvGMsHoHFlRhyummz8Sr5gxM_p4x4fn3sfGj3t9ipAA4e7_0uYZ4xsqVqE",
     "/v1.0/drives", "name", "invalidRequest", "itemNotFound", "nameAlreadyExists",
     "resourceModified"},
    {"TheRest", "/v1.0/planner/plans/s17X8sswlziew9NxOFkEUmqO9bCA", "/v1.0/planner/plans", "title",
     "BadRequest", "ResourceNotFound", "Conflict", "PreconditionFailed"},
};

class Family : public testing::TestWithParam<FamilyRow> {
 protected:
  static std::string body(std::string_view value) {
    return R"({")" + std::string(GetParam().property) + "\": " + std::string(value) + "}";
  }
  static void expect(const support::RawResponse& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(at(response, "/error/code"), '"' + std::string(code) + '"');
    EXPECT_NE(at(response, "/error/message"), "(absent)");
    EXPECT_EQ(at(response, "/error/innerError/date"), R"("2026-01-31T12:00:00")");
    EXPECT_EQ(at(response, "/error/innerError/request-id"),
              '"' + response.header("request-id").value_or("") + '"');
    EXPECT_EQ(response.header("client-request-id"), "mine");
    EXPECT_TRUE(response.header("x-ms-ags-diagnostic"));
  }

  TestServer server;
};

TEST_P(Family, HasItsErrorCodes) {
  const auto& row = GetParam();
  const support::RequestHeaders id{{"client-request-id", "mine"}};
  auto stale = id;
  stale.emplace_back("If-Match", "\"stale\"");
  const std::string path(row.path);
  const auto entity = support::json_of(server.get(path));
  const auto key = std::string(entity.at("id").as_string());
  expect(server.send("PATCH", path, body("{}"), id), 400, row.bad_request);
  expect(server.send("PATCH", path + "9", body("\"x\""), id), 404, row.not_found);
  expect(server.send("PATCH", path, body("\"x\""), stale), 412, row.precondition);
  expect(server.send("POST", row.list, R"({"id": ")" + key + "\"}", id), 409, row.conflict);
  expect(server.send("DELETE", row.list, "", id), 405, "MethodNotAllowed");
  expect(server.send("PATCH", path, "x", {{"client-request-id", "mine"}, {"Content-Type", "a/b"}}),
         415, "UnsupportedMediaType");
}

TEST_P(Family, HasItsCodeOfAScriptedStatus) {
  TestServer own;
  const auto code_of = [&](int status) {
    const auto rule =
        R"({"rules": [{"name": "r", "request": {"path": "/**"}, "response": {"status": )" +
        std::to_string(status) + "}}]}";
    EXPECT_EQ(own.send("PUT", "/__admin/scenarios/s", rule).status, 204);
    return at(own.get(GetParam().path), "/error/code");
  };
  const bool is_directory = GetParam().name == "Directory";
  const bool is_outlook = GetParam().name == "Outlook";
  const bool is_drive = GetParam().name == "Drive";
  EXPECT_EQ(code_of(403), is_directory ? R"("Authorization_RequestDenied")"
                          : is_outlook ? R"("ErrorAccessDenied")"
                          : is_drive   ? R"("accessDenied")"
                                       : R"("Forbidden")");
  EXPECT_EQ(code_of(429), is_directory ? R"("Request_ThrottledTemporarily")"
                          : is_outlook ? R"("ApplicationThrottled")"
                          : is_drive   ? R"("activityLimitReached")"
                                       : R"("TooManyRequests")");
}

INSTANTIATE_TEST_SUITE_P(Kinds, Family, testing::ValuesIn(kFamilies), support::RowName());

TEST(Kinds, SomeAnswerAnUpdateWithNothing) {
  TestServer server;
  EXPECT_EQ(server.send("PATCH", kNora, R"({"jobTitle": "CEO"})").status, 204);
  EXPECT_EQ(server.send("PATCH", "/v1.0/me/mailFolders/inbox", R"({"displayName": "In"})").status,
            200);
}

TEST(Kinds, OutlookItemsHaveTagsAndChangeKeys) {
  TestServer server;
  const auto path = std::string(kNora) + "/messages";
  const auto created = server.send("POST", path, R"({"subject": "Hello"})");
  ASSERT_EQ(created.status, 201);
  EXPECT_EQ(at(created, "/@odata.etag").substr(0, 4), "\"W/\\");
  const auto address = created.header("Location")->substr(server.origin().size());
  const auto changed = server.send("PATCH", address, R"({"subject": "Bye"})");
  EXPECT_NE(at(changed, "/changeKey"), at(created, "/changeKey"));
  EXPECT_NE(at(changed, "/@odata.etag"), at(created, "/@odata.etag"));
  EXPECT_EQ(at(server.get(kNora), "/@odata.etag"), "(absent)") << "a user has none";
}

struct IdRow {
  std::string_view name;
  std::string_view list;
  std::string_view body;
  std::string_view head;
  size_t size;
};

class NewId : public testing::TestWithParam<IdRow> {};

TEST_P(NewId, IsInTheStyleOfItsType) {
  const auto& row = GetParam();
  TestServer server;
  const auto response = server.send("POST", row.list, row.body);
  ASSERT_EQ(response.status / 100, 2) << response.body;
  const auto id = support::json_of(response).at("id").as_string();
  EXPECT_EQ(id.size(), row.size) << id;
  EXPECT_TRUE(std::string_view(id).starts_with(row.head)) << id;
  const auto address = response.header("Location")->substr(server.origin().size());
  EXPECT_EQ(server.get(address).status, 200);
}

constexpr IdRow kIds[] = {
    {"Guid", "/v1.0/users", kNewUser, "", 36},
    {"OutlookItem", "/v1.0/me/messages", "{}", "AAMkA", 153},
    {"OutlookFolder", "/v1.0/me/mailFolders", R"({"displayName": "F"})", "AAMkA", 120},
    {"ChannelThread", "/v1.0/teams/f1c22291-521e-4b9b-8211-ec8709c7e18b/channels",
     R"({"displayName": "C"})", "19:", 48},
    {"Planner", "/v1.0/planner/tasks",
     R"({"title": "T", "planId": "s17X8sswlziew9NxOFkEUmqO9bCA"})", "", 28},
};

INSTANTIATE_TEST_SUITE_P(Kinds, NewId, testing::ValuesIn(kIds), support::RowName());

TEST(Kinds, AValueThatHasToBeUniqueIsRefusedTwice) {
  TestServer server;
  EXPECT_EQ(server.send("POST", "/v1.0/users", kNewUser).status, 201);
  const auto again = server.send("POST", "/v1.0/users", kNewUser);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(at(again, "/error/code"), R"("Request_BadRequest")");
  EXPECT_EQ(at(again, "/error/details/0/code"), R"("ObjectConflict")");
  EXPECT_EQ(at(again, "/error/details/0/target"), R"("userPrincipalName")");
  EXPECT_EQ(server.send("PATCH", kNora, R"({"userPrincipalName": "ZOE@contoso.com"})").status, 400);
  EXPECT_EQ(server
                .send("PATCH", "/v1.0/users/zoe@contoso.com",
                      R"({"userPrincipalName": "zoe@contoso.com"})")
                .status,
            204)
      << "its own value is no conflict";
}

TEST(Kinds, WhatATypeRequiresIsNamed) {
  TestServer server;
  const auto response = server.send("POST", "/v1.0/groups", R"({"displayName": "G"})");
  EXPECT_EQ(response.status, 400);
  for (const std::string_view name : {"mailEnabled", "mailNickname", "securityEnabled"}) {
    EXPECT_NE(response.body.find("A value is required for property '" + std::string(name)),
              std::string::npos)
        << name;
  }
}

TEST(Kinds, AnUpsertByAnAlternateKeyHasItsValue) {
  TestServer server;
  const auto response = server.send(
      "PATCH", "/v1.0/groups(uniqueName='crew')",
      R"({"displayName": "G", "mailEnabled": false, "mailNickname": "g", "securityEnabled": true})",
      {{"Prefer", "create-if-missing"}});
  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(at(response, "/uniqueName"), R"("crew")");
  EXPECT_EQ(at(server.get("/v1.0/groups(uniqueName='crew')"), "/displayName"), R"("G")");
  EXPECT_EQ(server.get("/v1.0/groups(uniqueName='none')").status, 404);
}

TEST(Kinds, ATeamIsPutBelowItsGroupAndSeenAmongTeams) {
  TestServer server;
  const std::string group = "8bc02100-3812-4b4e-9ce7-7d2ee47442bd";
  EXPECT_EQ(server.get("/v1.0/groups/" + group + "/team").status, 404);
  EXPECT_EQ(server.send("PUT", "/v1.0/groups/" + group + "/team", R"({"displayName": "T"})").status,
            201);
  EXPECT_EQ(at(server.get("/v1.0/teams/" + group), "/displayName"), R"("T")");
  EXPECT_EQ(at(server.get("/v1.0/groups/" + group + "/team"), "/id"), '"' + group + '"');
}

TEST(Kinds, WhatWasDeletedTwiceWaitsOnceAndIsNotRestoredOverAnother) {
  TestServer server;
  const auto put = [&] {
    server.send("PUT", "/__admin/state/v1.0/users/again", R"({"displayName": "Again"})");
  };
  for (int i = 0; i < 2; ++i) {
    put();
    EXPECT_EQ(server.send("DELETE", "/v1.0/users/again").status, 204);
  }
  EXPECT_EQ(at(server.get("/v1.0/directory/deletedItems"), "/value/1"), "(absent)");
  put();
  EXPECT_EQ(server.send("POST", "/v1.0/directory/deletedItems/again/restore").status, 409);
}

TEST(Kinds, DeletedDirectoryObjectsWaitToBeRestored) {
  TestServer server;
  EXPECT_EQ(server.send("DELETE", kNora).status, 204);
  const auto deleted =
      server.get("/v1.0/directory/deletedItems/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c");
  EXPECT_EQ(at(deleted, "/deletedDateTime"), R"("2026-01-31T12:00:00Z")");
  EXPECT_EQ(at(deleted, "/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(server.send("DELETE", "/v1.0/planner/plans/s17X8sswlziew9NxOFkEUmqO9bCA").status, 204);
  EXPECT_EQ(at(server.get("/v1.0/directory/deletedItems"), "/value/1"), "(absent)")
      << "a plan is gone for good";
}

}  // namespace
}  // namespace graphmock
