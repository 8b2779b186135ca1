// What a read without $select shows of an entity, and what on demand alone (SEMANTICS: queries).
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kSophie = "/v1.0/users/sophie";

class DefaultProperties : public testing::Test {
 protected:
  void SetUp() override {
    put("v1.0/users/sophie",
        R"({"displayName": "Sophie", "mail": "s@contoso.com", "businessPhones": ["1"],
            "department": "Climbing", "accountEnabled": true, "aboutMe": "climbs",
            "manager@odata.bind": "users/sophie", "mailboxSettings": {"timeZone": "UTC"}})");
    put("v1.0/groups/climbers",
        R"({"displayName": "Climbers", "visibility": "Public", "allowExternalSenders": true,
            "assignedLabels": [], "members@odata.bind": ["users/sophie"]})");
  }
  void put(const std::string& path, std::string_view body) {
    ASSERT_EQ(server.send("PUT", "/__admin/state/" + path, body).status, 201);
  }
  void expect_subset(const support::RawResponse& response, const std::string& pointer) {
    EXPECT_EQ(at(response, pointer + "/displayName"), R"("Sophie")") << response.body;
    EXPECT_EQ(at(response, pointer + "/mail"), R"("s@contoso.com")");
    EXPECT_EQ(at(response, pointer + "/businessPhones"), R"(["1"])");
    for (const std::string name :
         {"/department", "/accountEnabled", "/aboutMe", "/mailboxSettings"}) {
      EXPECT_EQ(at(response, pointer + name), "(absent)");
    }
  }

  TestServer server;
};

TEST_F(DefaultProperties, AreAllThatAUserOfV1Shows) {
  expect_subset(server.get(kSophie), "");
  expect_subset(server.get("/v1.0/users?$filter=displayName%20eq%20'Sophie'"), "/value/0");
  expect_subset(server.get("/v1.0/directoryObjects/sophie"), "");
}

TEST_F(DefaultProperties, AreWhatIsSeenThroughNavigations) {
  expect_subset(server.get("/v1.0/groups/climbers/members"), "/value/0");
  expect_subset(server.get("/v1.0/users/sophie/manager"), "");
  const auto expanded = server.get("/v1.0/groups/climbers?$expand=members");
  expect_subset(expanded, "/members/0");
  EXPECT_EQ(at(server.get("/v1.0/groups/climbers?$expand=members($select=department)"),
               "/members/0/department"),
            R"("Climbing")");
}

TEST_F(DefaultProperties, GiveWayToWhatIsAskedFor) {
  const auto selected = server.get("/v1.0/users/sophie?$select=department,aboutMe");
  EXPECT_EQ(at(selected, "/department"), R"("Climbing")");
  EXPECT_EQ(at(selected, "/aboutMe"), R"("climbs")");
  const auto star = server.get("/v1.0/users/sophie?$select=*");
  EXPECT_EQ(at(star, "/department"), R"("Climbing")");
  EXPECT_EQ(at(star, "/mailboxSettings/timeZone"), R"("UTC")");
  EXPECT_EQ(at(server.get("/v1.0/users/sophie/department"), "/value"), R"("Climbing")");
  EXPECT_EQ(at(server.get("/v1.0/users/sophie/mailboxSettings"), "/timeZone"), R"("UTC")");
}

TEST_F(DefaultProperties, OfUsersOfBetaAreMore) {
  const auto response = server.get("/beta/users/sophie");
  EXPECT_EQ(at(response, "/department"), R"("Climbing")");
  EXPECT_EQ(at(response, "/accountEnabled"), "true");
  EXPECT_EQ(at(response, "/aboutMe"), "(absent)");
  EXPECT_EQ(at(response, "/mailboxSettings"), "(absent)");
}

TEST_F(DefaultProperties, OfGroupsAreAllButSome) {
  for (const std::string version : {"v1.0", "beta"}) {
    const auto response = server.get("/" + version + "/groups/climbers");
    EXPECT_EQ(at(response, "/visibility"), R"("Public")");
    EXPECT_EQ(at(response, "/allowExternalSenders"), "(absent)");
    EXPECT_EQ(at(response, "/assignedLabels"), "(absent)");
    EXPECT_EQ(at(server.get("/" + version + "/groups/climbers?$select=allowExternalSenders"),
                 "/allowExternalSenders"),
              "true");
  }
}

TEST_F(DefaultProperties, KeepBackWhatMessagesShowOnDemand) {
  put("v1.0/users/sophie/messages/m",
      R"({"subject": "S", "uniqueBody": {"contentType": "text", "content": "u"}})");
  constexpr std::string_view kMessage = "/v1.0/users/sophie/messages/m";
  EXPECT_EQ(at(server.get(kMessage), "/subject"), R"("S")");
  EXPECT_EQ(at(server.get(kMessage), "/uniqueBody"), "(absent)");
  EXPECT_EQ(at(server.get(std::string(kMessage) + "?$select=uniqueBody"), "/uniqueBody/content"),
            R"("u")");
}

TEST_F(DefaultProperties, AreNoneOfAWritesOrTheControlPlanes) {
  const auto patched = server.send("PATCH", kSophie, R"({"department": "Law"})",
                                   {{"Prefer", "return=representation"}});
  EXPECT_EQ(at(patched, "/department"), R"("Law")");
  EXPECT_EQ(at(server.get("/__admin/state/v1.0/users/sophie"), "/department"), R"("Law")");
}

TEST_F(DefaultProperties, HideNothingThatAFilterLooksAt) {
  const auto found = server.get("/v1.0/users?$filter=department%20eq%20'Climbing'");
  EXPECT_EQ(at(found, "/value/0/displayName"), R"("Sophie")");
  EXPECT_EQ(at(found, "/value/0/department"), "(absent)");
}

TEST_F(DefaultProperties, AreSeenOfTheDeletedWithTheirDate) {
  ASSERT_EQ(server.send("DELETE", kSophie).status, 204);
  const auto deleted = server.get("/v1.0/directory/deletedItems/sophie");
  expect_subset(deleted, "");
  EXPECT_EQ(at(deleted, "/deletedDateTime"), R"("2026-01-31T12:00:00Z")");
}

}  // namespace
}  // namespace graphmock
