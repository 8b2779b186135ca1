#include "auth/permissions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graphmock::auth {
namespace {

using testing::ElementsAre;

constexpr std::string_view kList = R"json({"permissions": {
  "User.Read": {"pathSets": [
    {"schemeKeys": ["DelegatedWork", "DelegatedPersonal"], "methods": ["GET"],
     "paths": {"/me": "least=DelegatedWork,DelegatedPersonal"}}]},
  "User.Read.All": {"pathSets": [
    {"schemeKeys": ["DelegatedWork", "Application"], "methods": ["GET"],
     "paths": {"/users": "", "/users/{id}": "least=Application", "/users/delta": "",
               "/users/{id}/messages/{id}": "AlsoRequires=Mail.Read;least=DelegatedWork"}}]},
  "User.ReadWrite.All": {"pathSets": [
    {"schemeKeys": ["Application"], "methods": ["<WriteMethods>"],
     "paths": {"/users/{id}": "least=Application"}}]},
  "Reports.Read.All": {"pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"],
     "paths": {"/reports/getUsers(period='{period}')": "least=Application"}}]},
  "Application.Read.All": {"pathSets": [
    {"schemeKeys": ["DelegatedWork", "Application"], "methods": ["GET", "PATCH"],
     "paths": {"/applications(appId='{appId}')": "least=DelegatedWork,Application",
               "/applications": "least=Application"}}]},
  "Application.Read": {"pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/applications": "least=Application"}},
    {"schemeKeys": ["DelegatedPersonal"], "methods": ["GET"], "paths": {"/applications": ""}}]},
  "Owner.Read": {"pathSets": [
    {"schemeKeys": ["Application"], "methods": ["POST"], "alsoRequires": ["A", "B"],
     "paths": {"/applications": "AlsoRequires=C,D"}}]},
  "Team.Read.Group": {"authorizationType": "RSC", "pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/teams/{id}": ""}}]}
}})json";

Permissions read(std::string_view text) {
  base::LoadErrors errors;
  auto permissions = read_permissions("list.json", text, errors);
  EXPECT_TRUE(errors.empty()) << errors.front().text();
  return permissions;
}

std::string opening_names(const Listed* listed) {
  if (!listed) return "(not listed)";
  std::string names = listed->path + ":";
  for (const auto& opening : listed->openings) names += " " + opening.permission;
  return names;
}

std::string found(std::string_view method, const std::vector<std::string>& segments) {
  const auto permissions = read(kList);
  return opening_names(permissions.find(method, segments));
}

TEST(Permissions, AreFoundByMethodAndPath) {
  EXPECT_EQ(found("GET", {"me"}), "/me: User.Read");
  EXPECT_EQ(found("GET", {"users", "1"}), "/users/{id}: User.Read.All");
  EXPECT_EQ(found("PATCH", {"users", "1"}), "/users/{id}: User.ReadWrite.All");
  EXPECT_EQ(found("GET", {"Users", "delta"}), "/users/delta: User.Read.All");
}

TEST(Permissions, KnowNothingOfOtherRequests) {
  for (const auto& path : std::vector<std::vector<std::string>>{
           {}, {"groups"}, {"users", "1", "manager"}, {"me", "x"}, {"users", "1", "messages"}}) {
    EXPECT_EQ(found("GET", path), "(not listed)");
  }
  EXPECT_EQ(found("DELETE", {"me"}), "(not listed)");
}

TEST(Permissions, AreTheSameForAFunctionsArgumentsAndNamespace) {
  const std::string expected = "/reports/getUsers(period='{period}'): Reports.Read.All";
  EXPECT_EQ(found("GET", {"reports", "getUsers(period='D7')"}), expected);
  EXPECT_EQ(found("GET", {"reports", "microsoft.graph.getUsers(period='D7')"}), expected);
}

TEST(Permissions, OfWhatStandsBeforeACountOrAValueHoldForIt) {
  EXPECT_EQ(found("GET", {"users", "$count"}), "/users: User.Read.All");
  EXPECT_EQ(found("GET", {"users", "1", "$value"}), "/users/{id}: User.Read.All");
}

TEST(Permissions, AreThoseOfUsersOrOfApplications) {
  const auto permissions = read(kList);
  EXPECT_THAT(permissions.names(true),
              ElementsAre("Application.Read.All", "User.Read", "User.Read.All"));
  EXPECT_THAT(permissions.names(false),
              ElementsAre("Application.Read", "Application.Read.All", "Owner.Read",
                          "Reports.Read.All", "User.Read.All", "User.ReadWrite.All"));
  const auto& of_user = permissions.find("GET", {"users", "1"})->openings;
  EXPECT_TRUE(covers({"User.Read.All"}, true, of_user));
  EXPECT_TRUE(covers({"Mail.Read", "User.Read.All"}, false, of_user));
  EXPECT_FALSE(covers({"User.Read"}, true, of_user));
  EXPECT_FALSE(covers({}, false, of_user));
  const auto& of_write = permissions.find("PATCH", {"users", "1"})->openings;
  EXPECT_FALSE(covers({"User.ReadWrite.All"}, true, of_write));
}

TEST(Permissions, MayBeNeededTogether) {
  const auto permissions = read(kList);
  const auto& openings = permissions.find("GET", {"users", "1", "messages", "2"})->openings;
  EXPECT_FALSE(covers({"User.Read.All"}, true, openings));
  EXPECT_TRUE(covers({"User.Read.All", "Mail.Read"}, true, openings));
}

TEST(Permissions, AreNeededTogetherWithOneOfSeveral) {
  const auto permissions = read(kList);
  const auto& openings = permissions.find("POST", {"applications"})->openings;
  EXPECT_FALSE(covers({"Owner.Read"}, false, openings));
  for (const std::string also : {"A", "B", "C", "D"}) {
    EXPECT_TRUE(covers({also, "Owner.Read"}, false, openings)) << also;
  }
}

TEST(Permissions, OfAnAlternateKeyAreThoseOfOneEntity) {
  EXPECT_EQ(found("PATCH", {"applications", "1"}),
            "/applications(appId='{appId}'): Application.Read.All");
  EXPECT_EQ(found("GET", {"applications"}), "/applications: Application.Read.All Application.Read");
}

TEST(Permissions, OfOtherSchemesAreNone) {
  const auto permissions = read(kList);
  EXPECT_FALSE(
      covers({"Application.Read"}, true, permissions.find("GET", {"applications"})->openings));
  EXPECT_EQ(permissions.find("GET", {"teams", "1"}), nullptr);
}

TEST(Permissions, ThatOpenTheFewestMethodsAreTheLeastOfSeveral) {
  const auto permissions = read(kList);
  const auto& listed = *permissions.find("GET", {"applications"});
  EXPECT_THAT(least(listed, false), ElementsAre("Application.Read"));
  EXPECT_THAT(least(listed, true), ElementsAre());
  EXPECT_THAT(least(*permissions.find("GET", {"users", "1", "messages", "2"}), true),
              ElementsAre("User.Read.All", "Mail.Read"));
}

TEST(Permissions, SayWhichIsTheLeast) {
  const auto permissions = read(kList);
  const auto& opening = permissions.find("GET", {"users", "1"})->openings.at(0);
  EXPECT_TRUE(opening.is_least_for(false));
  EXPECT_FALSE(opening.is_least_for(true));
}

struct WrongRow {
  std::string_view text;
  std::string_view error;
};

TEST(Permissions, AreRefusedWithTheLineWhereTheyAreWrong) {
  for (const auto& [text, error] : {
           WrongRow{"{", "list.json:1: "},
           WrongRow{"[]", "list.json:1: expected 'permissions', an object"},
           WrongRow{"{\"permissions\": 1}", "list.json:1: expected 'permissions', an object"},
           WrongRow{"{\"permissions\":\n{\"A\": {}}}", "list.json:2: expected 'pathSets', a list"},
           WrongRow{
               "{\"permissions\": {\"A\": {\"pathSets\":\n[{\"methods\": [], \"paths\": {}}]}}}",
               "list.json:2: expected 'schemeKeys', a list"},
           WrongRow{"{\"permissions\": {\"A\": {\"pathSets\": [{\"schemeKeys\": [], \"methods\": "
                    "[],\n\"paths\": {\"users\": \"\"}}]}}}",
                    "list.json:2: expected a path"},
           WrongRow{"{\"permissions\": {\"A\": {\"pathSets\": [{\"schemeKeys\": [], \"methods\": "
                    "[],\n\"paths\": {\"/users\": 1}}]}}}",
                    "list.json:2: expected a text"},
           WrongRow{"{\"permissions\": {\"A\": {\"pathSets\": [{\"schemeKeys\": [1], \"methods\": "
                    "[], \"paths\": {}}]}}}",
                    "list.json:1: expected a list of texts"},
       }) {
    base::LoadErrors errors;
    read_permissions("list.json", text, errors);
    ASSERT_FALSE(errors.empty()) << text;
    EXPECT_TRUE(errors[0].text().starts_with(error)) << errors[0].text();
  }
}

}  // namespace
}  // namespace graphmock::auth
