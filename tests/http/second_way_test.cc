// Second ways to the same entity, and navigations that follow from others: what is written by one
// is seen by all.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const std::string kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
const std::string kBen = "df0e7944-3fb2-4b87-8535-5228187ffd40";
const std::string kLeo = "f3f5ce7c-276c-4e4f-bb6b-91c4ec07e499";     // a guest
const std::string kSamir = "4d9173d0-e358-4721-9a1b-f78a410911f1";   // Nora's manager
const std::string kLaunch = "f1c22291-521e-4b9b-8211-ec8709c7e18b";  // a group
const std::string kEngineering = "c9a97915-2c09-4f42-854e-82fb3887dfe5";
const std::string kVpn = "8bc02100-3812-4b4e-9ce7-7d2ee47442bd";  // holds Engineering

class Relation : public testing::Test {
 protected:
  std::string count(const std::string& path) const {
    return server_.count("/v1.0/" + path + "/$count");
  }
  int status(const std::string& path) const { return server_.get("/v1.0/" + path).status; }
  // Creates an entity and gives its id.
  std::string create(const std::string& path, const std::string& body) const {
    const auto response = server_.send("POST", "/v1.0/" + path, body);
    EXPECT_EQ(response.status, 201) << response.body;
    const auto id = at(response, "/id");
    return id.substr(1, id.size() - 2);
  }
  int refer(const std::string& method, const std::string& path, const std::string& url) const {
    return server_.send(method, "/v1.0/" + path + "/$ref", R"({"@odata.id": ")" + url + "\"}")
        .status;
  }
  int remove(const std::string& path) const {
    return server_.send("DELETE", "/v1.0/" + path).status;
  }

  TestServer server_;
};

class SecondWay : public Relation {};

TEST_F(SecondWay, HoldsWhatTheMessagesSayOfTheirFolders) {
  EXPECT_EQ(count("me/mailFolders/inbox/messages"), "5");
  EXPECT_EQ(count("me/mailFolders/sentitems/messages"), "1");
  EXPECT_EQ(count("me/mailFolders/junkemail/messages"), "0");
  EXPECT_EQ(count("me/messages"), "10");
}

TEST_F(SecondWay, ShowsTheSameEntity) {
  const auto id = create("me/mailFolders/inbox/messages", R"({"subject": "One"})");
  EXPECT_EQ(at(server_.get("/v1.0/me/messages/" + id), "/subject"), R"("One")");
  server_.send("PATCH", "/v1.0/users/" + kNora + "/messages/" + id, R"({"subject": "Two"})");
  EXPECT_EQ(at(server_.get("/v1.0/me/mailFolders('Inbox')/messages/" + id), "/subject"),
            R"("Two")");
  EXPECT_EQ(at(server_.get("/v1.0/me/messages/" + id), "/parentFolderId"),
            at(server_.get("/v1.0/me/mailFolders/inbox"), "/id"));
  EXPECT_EQ(count("me/mailFolders/inbox/messages"), "6");
  EXPECT_EQ(count("me/messages"), "11");
}

TEST_F(SecondWay, LacksWhatIsInAnotherFolder) {
  const auto id = create("me/mailFolders/inbox/messages", R"({"subject": "One"})");
  EXPECT_EQ(status("me/mailFolders/inbox/messages/" + id), 200);
  EXPECT_EQ(status("me/mailFolders/drafts/messages/" + id), 404);
  EXPECT_EQ(remove("me/mailFolders/drafts/messages/" + id), 404);
  EXPECT_EQ(status("users/" + kBen + "/messages/" + id), 404);
  EXPECT_EQ(status("me/messages/" + id), 200);
}

TEST_F(SecondWay, PutsAMessageOfNoFolderAmongTheDrafts) {
  const auto id = create("me/messages", R"({"subject": "One"})");
  EXPECT_EQ(at(server_.get("/v1.0/me/mailFolders/drafts/messages/" + id), "/subject"), R"("One")");
  EXPECT_EQ(count("me/mailFolders/drafts/messages"), "2");
}

TEST_F(SecondWay, DeletesByEither) {
  const auto one = create("me/mailFolders/inbox/messages", R"({"subject": "One"})");
  EXPECT_EQ(remove("me/messages/" + one), 204);
  EXPECT_EQ(status("me/mailFolders/inbox/messages/" + one), 404);
  const auto two = create("me/mailFolders/inbox/messages", R"({"subject": "Two"})");
  EXPECT_EQ(remove("me/mailFolders/inbox/messages/" + two), 204);
  EXPECT_EQ(status("me/messages/" + two), 404);
  EXPECT_EQ(count("me/mailFolders/inbox/messages"), "5");
  EXPECT_EQ(count("me/messages"), "10");
}

TEST_F(SecondWay, TakesItsEntitiesAlongWhenTheOwnerGoes) {
  const auto folder = create("me/mailFolders", R"({"displayName": "F"})");
  const auto inner =
      create("me/mailFolders/" + folder + "/childFolders", R"({"displayName": "G"})");
  const auto one = create("me/mailFolders/" + folder + "/messages", R"({"subject": "One"})");
  const auto two = create("me/mailFolders/" + inner + "/messages", R"({"subject": "Two"})");
  EXPECT_EQ(count("me/messages"), "12");
  EXPECT_EQ(remove("me/mailFolders/" + folder), 204);
  EXPECT_EQ(status("me/messages/" + one), 404);
  EXPECT_EQ(status("me/messages/" + two), 404);
  EXPECT_EQ(status("me/mailFolders/" + inner), 404);
  EXPECT_EQ(count("me/messages"), "10");
}

TEST_F(SecondWay, FindsANestedFolderBesideTheOthersButDoesNotListIt) {
  const auto folders = count("me/mailFolders");
  const auto inner = create("me/mailFolders/inbox/childFolders", R"({"displayName": "Inner"})");
  EXPECT_EQ(at(server_.get("/v1.0/me/mailFolders/" + inner), "/displayName"), R"("Inner")");
  EXPECT_EQ(count("me/mailFolders"), folders);
  EXPECT_EQ(count("me/mailFolders/inbox/childFolders"), "2");
}

TEST_F(SecondWay, HoldsTheEventsOfACalendar) {
  const auto calendars = support::json_of(server_.get("/v1.0/me/calendars"));
  const auto& text = calendars.at("value").at(0).at("id").as_string();
  const auto calendar = "me/calendars/" + std::string(text.data(), text.size());
  EXPECT_EQ(count(calendar + "/events"), "4");
  const auto id = create(calendar + "/events", R"({"subject": "One"})");
  EXPECT_EQ(at(server_.get("/v1.0/me/events/" + id), "/subject"), R"("One")");
  EXPECT_EQ(at(server_.get("/v1.0/me/events/" + id + "/calendar"), "/id"),
            at(server_.get("/v1.0/" + calendar), "/id"));
  EXPECT_EQ(server_
                .get("/v1.0/me/calendarView/$count?startDateTime=1990-01-01T00:00:00Z"
                     "&endDateTime=2090-01-01T00:00:00Z")
                .body,
            count("me/events"));
  EXPECT_EQ(remove("me/events/" + id), 204);
  EXPECT_EQ(count(calendar + "/events"), "4");
}

TEST_F(SecondWay, HoldsAdministrativeUnitsAmongTheDirectoryObjects) {
  const auto unit = create("directory/administrativeUnits", R"({"displayName": "Paris"})");
  EXPECT_EQ(at(server_.get("/v1.0/directoryObjects/" + unit), "/@odata.type"),
            R"("#microsoft.graph.administrativeUnit")");
  EXPECT_EQ(refer("POST", "directory/administrativeUnits/" + unit + "/members", "users/" + kLeo),
            204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + unit), 200);
  EXPECT_EQ(remove("directory/administrativeUnits/" + unit), 204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + unit), 404);
  EXPECT_EQ(status("directory/deletedItems/" + unit), 200);
}

class Inverse : public Relation {};

TEST_F(Inverse, MemberOfFollowsTheMembers) {
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 404);
  EXPECT_EQ(refer("POST", "groups/" + kEngineering + "/members",
                  "https://graph.microsoft.com/v1.0/directoryObjects/" + kLeo),
            204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 200);
  EXPECT_EQ(at(server_.get("/v1.0/users/" + kLeo + "/memberOf/" + kEngineering), "/@odata.type"),
            R"("#microsoft.graph.group")");
  EXPECT_EQ(remove("groups/" + kEngineering + "/members/" + kLeo + "/$ref"), 204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 404);
  EXPECT_EQ(status("users/" + kLeo), 200);
}

TEST_F(Inverse, TransitiveMembersAndMembershipsGoThroughGroups) {
  EXPECT_EQ(count("groups/" + kVpn + "/members"), "4");
  EXPECT_EQ(count("groups/" + kVpn + "/transitiveMembers"), "12");
  refer("POST", "groups/" + kEngineering + "/members", "users/" + kLeo);
  EXPECT_EQ(count("groups/" + kVpn + "/members"), "4");
  EXPECT_EQ(count("groups/" + kVpn + "/transitiveMembers"), "13");
  EXPECT_EQ(status("groups/" + kVpn + "/transitiveMembers/" + kLeo), 200);
  EXPECT_EQ(status("groups/" + kVpn + "/members/" + kLeo), 404);
  EXPECT_EQ(status("users/" + kLeo + "/transitiveMemberOf/" + kVpn), 200);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kVpn), 404);
  remove("groups/" + kVpn + "/members/" + kEngineering + "/$ref");
  EXPECT_EQ(status("users/" + kLeo + "/transitiveMemberOf/" + kVpn), 404);
  EXPECT_EQ(status("users/" + kLeo + "/transitiveMemberOf/" + kEngineering), 200);
}

TEST_F(Inverse, OfGroupsThatHoldEachOtherEnds) {
  refer("POST", "groups/" + kEngineering + "/members", "groups/" + kVpn);
  EXPECT_EQ(count("groups/" + kVpn + "/transitiveMembers/microsoft.graph.user"), "11");
  EXPECT_EQ(count("groups/" + kVpn + "/transitiveMemberOf"), "1");
}

TEST_F(Inverse, DirectReportsFollowTheManager) {
  EXPECT_EQ(status("users/" + kSamir + "/directReports/" + kNora), 200);
  EXPECT_EQ(refer("PUT", "users/" + kNora + "/manager", "http://localhost/v1.0/users/" + kBen),
            204);
  EXPECT_EQ(status("users/" + kBen + "/directReports/" + kNora), 200);
  EXPECT_EQ(status("users/" + kSamir + "/directReports/" + kNora), 404);
  EXPECT_EQ(remove("users/" + kNora + "/manager/$ref"), 204);
  EXPECT_EQ(status("users/" + kNora + "/manager"), 404);
  EXPECT_EQ(status("users/" + kBen + "/directReports/" + kNora), 404);
  EXPECT_EQ(remove("users/" + kNora + "/manager/$ref"), 404);
}

TEST_F(Inverse, FollowsBindingsAndDeletion) {
  EXPECT_EQ(server_
                .send("PATCH", "/v1.0/groups/" + kEngineering,
                      R"({"members@odata.bind": ["users/)" + kLeo + "\"]}")
                .status,
            204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 200);
  EXPECT_EQ(remove("groups/" + kEngineering), 204);
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 404);
}

TEST_F(Inverse, ComesBackWithARestoredEntity) {
  const auto reports = count("users/" + kBen + "/directReports");
  const auto report = at(server_.get("/v1.0/users/" + kBen + "/directReports"), "/value/0/id");
  const auto id = report.substr(1, report.size() - 2);
  EXPECT_EQ(remove("users/" + kBen), 204);
  EXPECT_EQ(status("groups/" + kLaunch + "/members/" + kBen), 404);
  EXPECT_EQ(status("users/" + id + "/manager"), 404);
  EXPECT_EQ(server_.send("POST", "/v1.0/directory/deletedItems/" + kBen + "/restore").status, 200);
  EXPECT_EQ(status("groups/" + kLaunch + "/members/" + kBen), 200);
  EXPECT_EQ(status("users/" + kBen + "/memberOf/" + kLaunch), 200);
  EXPECT_EQ(at(server_.get("/v1.0/users/" + id + "/manager"), "/id"), '"' + kBen + '"');
  EXPECT_EQ(count("users/" + kBen + "/directReports"), reports);
  // Once and not twice.
  EXPECT_EQ(remove("groups/" + kLaunch + "/members/" + kBen + "/$ref"), 204);
  EXPECT_EQ(status("groups/" + kLaunch + "/members/" + kBen), 404);
  EXPECT_EQ(status("users/" + kBen + "/memberOf/" + kLaunch), 404);
}

TEST_F(Inverse, ComesBackWithARestoredGroup) {
  refer("POST", "groups/" + kEngineering + "/members", "users/" + kLeo);
  remove("groups/" + kEngineering);
  EXPECT_EQ(status("users/" + kLeo + "/transitiveMemberOf/" + kVpn), 404);
  server_.send("POST", "/v1.0/directory/deletedItems/" + kEngineering + "/restore");
  EXPECT_EQ(count("groups/" + kEngineering + "/members"), "9");
  EXPECT_EQ(status("users/" + kLeo + "/memberOf/" + kEngineering), 200);
  EXPECT_EQ(status("users/" + kLeo + "/transitiveMemberOf/" + kVpn), 200);
}

class Reference : public Relation {};

TEST_F(Reference, ThatIsThereAlreadyIs400) {
  EXPECT_EQ(refer("POST", "groups/" + kLaunch + "/members", "users/" + kNora), 400);
  EXPECT_EQ(count("groups/" + kLaunch + "/members"), "7");
}

TEST_F(Reference, ToOrFromWhatIsNotThereIs404BelowAKnownOwner) {
  EXPECT_EQ(refer("POST", "groups/" + kLaunch + "/members", "users/none"), 404);
  EXPECT_EQ(refer("PUT", "users/" + kNora + "/manager", "users/none"), 404);
  EXPECT_EQ(remove("groups/" + kLaunch + "/members/" + kLeo + "x/$ref"), 404);
  EXPECT_EQ(status("users/none"), 404);
}

TEST_F(Reference, OfAnOwnerThatIsNotKnownIsTakenOnTrust) {
  EXPECT_EQ(refer("POST", "groups/new-group/members", "users/new-user"), 204);
  EXPECT_EQ(at(server_.get("/v1.0/groups/new-group/members"), "/value/0/id"), R"("new-user")");
  EXPECT_EQ(at(server_.get("/v1.0/users/new-user/memberOf"), "/value/0/id"), R"("new-group")");
}

TEST_F(Reference, NeedsAUrlOfTheRightType) {
  const auto members = "/v1.0/groups/" + kLaunch + "/members/$ref";
  EXPECT_EQ(server_.send("POST", members, "{}").status, 400);
  EXPECT_EQ(server_.send("POST", members, R"({"@odata.id": 1})").status, 400);
  EXPECT_EQ(refer("POST", "groups/" + kLaunch + "/members", "subscribedSkus"), 404);
  EXPECT_EQ(refer("POST", "groups/" + kLaunch + "/members", "sites/root"), 400);
  EXPECT_EQ(count("groups/" + kLaunch + "/members"), "7");
}

}  // namespace
}  // namespace graphmock
