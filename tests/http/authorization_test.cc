// Who may ask for what where tokens are asked for (--auth required), and what is told of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

namespace json = base::json;

using support::at;
using support::RawResponse;
using support::TestServer;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kList = R"({"permissions": {
  "User.Read": {"pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": ["GET"],
    "paths": {"/me": "least=DelegatedWork"}}]},
  "User.ReadBasic.All": {"pathSets": [{"schemeKeys": ["DelegatedWork", "Application"],
    "methods": ["GET"], "paths": {"/users": "least=DelegatedWork,Application"}}]},
  "User.ReadWrite.All": {"pathSets": [{"schemeKeys": ["DelegatedWork", "Application"],
    "methods": ["GET", "PATCH"], "paths": {"/users": "", "/me": ""}},
    {"schemeKeys": ["DelegatedWork", "Application"],
    "methods": ["PATCH"], "paths": {"/users/{id}": "least=DelegatedWork,Application"}}]}
}})";

class Authorization : public testing::Test {
 protected:
  static app::Options options(const support::TemporaryFolder& folder) {
    auto options = support::shipped_options();
    options.auth = app::Auth::Required;
    options.permissions = folder.write("permissions.json", kList);
    return options;
  }
  Authorization() : server_(options(folder_)) {}

  std::string token(std::string_view body) const {
    const auto answer = server_.send("POST", "/__admin/tokens", body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::text_of(base::at_pointer(support::json_of(answer), "/access_token"));
  }
  RawResponse ask(const std::string& token, std::string_view method = "GET",
                  std::string_view target = "/v1.0/users", std::string_view body = "") const {
    return server_.send(method, target, body, {{"Authorization", "Bearer " + token}});
  }
  void expect_refused(const RawResponse& answer, const std::string& words) const {
    EXPECT_EQ(answer.status, 401) << answer.body;
    EXPECT_EQ(at(answer, "/error/code"), R"("InvalidAuthenticationToken")");
    EXPECT_THAT(at(answer, "/error/message"), HasSubstr(words));
    const auto challenge = answer.header("WWW-Authenticate").value_or("");
    EXPECT_THAT(challenge, StartsWith("Bearer realm=\"\", authorization_uri=\"" + server_.origin() +
                                      "/common/oauth2/v2.0/authorize\""));
  }

  const support::TemporaryFolder folder_;
  TestServer server_;
};

TEST_F(Authorization, TakesATokenOfTheTokenService) {
  EXPECT_EQ(ask(token(R"({"permissions": ["User.ReadBasic.All"]})")).status, 200);
  EXPECT_EQ(server_.get("/__admin/health").status, 200);
}

TEST_F(Authorization, TakesNothingElse) {
  expect_refused(server_.get("/v1.0/users"), "Access token is empty");
  expect_refused(server_.send("GET", "/v1.0/users", "", {{"Authorization", "Basic eDp5"}}),
                 "no bearer token");
  expect_refused(server_.send("GET", "/v1.0/users", "", {{"Authorization", "Bearer "}}),
                 "no bearer token");
  expect_refused(ask("x"), "not well formed");
  expect_refused(ask("e30.e30.e30"), "signature");
  expect_refused(ask(token("{}") + "x"), "signature");
  expect_refused(ask(token(R"({"audience": "api://other"})")), "api://other");
  expect_refused(ask(token(R"({"lifetimeSeconds": 0})")), "expired");
  expect_refused(ask(std::string(30'000, 'x') + ".x.x"), "signature");
}

TEST_F(Authorization, EndsWithTheTokensLifetimeByTheTenantsClock) {
  const auto one = token(R"({"permissions": ["User.ReadBasic.All"]})");
  server_.send("PUT", "/__admin/clock", R"({"advance": "PT59M58S"})");
  EXPECT_EQ(ask(one).status, 200);
  server_.send("PUT", "/__admin/clock", R"({"advance": "PT1S"})");
  expect_refused(ask(one), "expired");
}

TEST_F(Authorization, TellsInTheChallengeWhetherTheTokenWasWrong) {
  EXPECT_THAT(ask("x").header("WWW-Authenticate").value_or(""),
              HasSubstr("error=\"invalid_token\""));
  EXPECT_THAT(server_.get("/v1.0/users").header("WWW-Authenticate").value_or(""),
              testing::Not(HasSubstr("error=")));
}

TEST_F(Authorization, IsThatOfTheTokensPermissions) {
  const auto nothing = token(R"({"permissions": []})");
  const auto answer = ask(nothing);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(at(answer, "/error/code"), R"("Authorization_RequestDenied")");
  EXPECT_THAT(at(answer, "/error/message"), HasSubstr("User.ReadBasic.All, User.ReadWrite.All"));
  const auto reader = token(R"({"permissions": ["User.ReadBasic.All"]})");
  const std::string nora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
  EXPECT_EQ(ask(reader, "PATCH", nora, R"({"jobTitle": "x"})").status, 403);
  const auto writer = token(R"({"permissions": ["User.ReadWrite.All"]})");
  EXPECT_EQ(ask(writer, "PATCH", nora, R"({"jobTitle": "x"})").status, 204);
  // The list says nothing of groups.
  EXPECT_EQ(ask(nothing, "GET", "/v1.0/groups").status, 200);
}

TEST_F(Authorization, OfUsersIsNotThatOfApplications) {
  EXPECT_EQ(
      ask(token(R"({"user": "nora.lindqvist@contoso.com", "permissions": []})"), "GET", "/v1.0/me")
          .status,
      403);
  const auto user = token(R"({"user": "01a819bf-3580-4731-ab70-10da61a951a2",
                              "permissions": ["User.Read"]})");
  const auto answer = ask(user, "GET", "/v1.0/me");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(at(answer, "/id"), R"("01a819bf-3580-4731-ab70-10da61a951a2")");
}

TEST_F(Authorization, OfAnApplicationHasNoMe) {
  const auto app = token(R"({"permissions": ["User.ReadWrite.All"]})");
  for (const std::string target : {"/v1.0/me", "/v1.0/ME/manager", "/beta/me/messages"}) {
    const auto answer = ask(app, "GET", target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(at(answer, "/error/code"), R"("BadRequest")");
    EXPECT_EQ(at(answer, "/error/message"),
              R"("/me request is only valid with delegated authentication flow.")");
  }
}

TEST_F(Authorization, IsTheSameWhicheverWayARequestIsWritten) {
  const auto nothing = token(R"({"permissions": []})");
  for (const std::string target :
       {"/v1.0/users('151256d4-9bf8-4cfe-9ad3-56ac31a05a2c')",
        "/v1.0/USERS/nora.lindqvist@contoso.com", "/v1.0/users(userPrincipalName='x')",
        "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c/microsoft.graph.user"}) {
    EXPECT_EQ(ask(nothing, "PATCH", target, "{}").status, 403) << target;
  }
}

TEST_F(Authorization, OfAPropertyIsThatOfItsEntity) {
  const std::string nora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
  const auto nothing = token(R"({"permissions": []})");
  EXPECT_EQ(ask(nothing, "PUT", nora + "/jobTitle", R"({"value": "x"})").status, 403);
  EXPECT_EQ(ask(nothing, "DELETE", nora + "/jobTitle").status, 403);
  EXPECT_EQ(ask(nothing, "PUT", nora, "{}").status, 403);
  EXPECT_EQ(ask(nothing, "DELETE", nora).status, 403);
  const auto writer = token(R"({"permissions": ["User.ReadWrite.All"]})");
  EXPECT_EQ(ask(writer, "DELETE", nora + "/jobTitle").status, 204);
}

TEST_F(Authorization, MindsNoCaseAndNoNationalCloud) {
  EXPECT_EQ(ask(token(R"({"permissions": ["user.readbasic.ALL"]})")).status, 200);
  EXPECT_EQ(ask(token(R"({"permissions": ["User.ReadBasic.All"],
                          "audience": "https://graph.microsoft.US/"})"))
                .status,
            200);
}

TEST_F(Authorization, IsAskedForByScriptedAnswersToo) {
  server_.send("PUT", "/__admin/scenarios/mine", R"({"rules": [
    {"request": {"path": "/users"}, "response": {"jsonBody": {"value": []}}},
    {"request": {"path": "/groups"}, "response": {"status": 503}}]})");
  EXPECT_EQ(server_.get("/v1.0/users").status, 401);
  EXPECT_EQ(ask(token(R"({"permissions": []})")).status, 403);
  EXPECT_EQ(ask(token(R"({"permissions": ["User.ReadBasic.All"]})")).body, R"({"value":[]})");
  // A service that is down asks for nothing.
  EXPECT_EQ(server_.get("/v1.0/groups").status, 503);
  EXPECT_EQ(server_.get("/beta/reports/getCredentialUserRegistrationCount").status, 401);
}

TEST_F(Authorization, NoTwoTokensAreTheSame) {
  EXPECT_NE(token("{}"), token("{}"));
}

TEST_F(Authorization, IsAskedForBeforeAnythingElseIsTold) {
  EXPECT_EQ(server_.get("/v1.0/nothing").status, 401);
  EXPECT_EQ(server_.get("/v9").status, 401);
  EXPECT_EQ(ask(token("{}"), "GET", "/v1.0/nothing").status, 400);
}

TEST_F(Authorization, ReportsWhatWasUsedAndWhatWouldHaveDone) {
  const auto one = token(R"({"permissions": ["User.ReadWrite.All", "Mail.Send"]})");
  ask(one);
  ask(one);
  ask(one, "PATCH", "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c", R"({"jobTitle": "x"})");
  ask(one, "GET", "/v1.0/groups");
  const auto report = server_.get("/__admin/permissions");
  EXPECT_EQ(report.status, 200);
  EXPECT_EQ(at(report, "/used"), R"(["User.ReadWrite.All"])");
  EXPECT_EQ(at(report, "/unused"), R"(["Mail.Send"])");
  // What PATCH takes opens the list as well.
  EXPECT_EQ(at(report, "/least/application"), R"(["User.ReadWrite.All"])");
  EXPECT_EQ(at(report, "/requests/1/path"), R"("/users")");
  EXPECT_EQ(at(report, "/requests/1/count"), "2");
  EXPECT_EQ(at(report, "/requests/1/token"), R"("application")");
  EXPECT_EQ(at(report, "/requests/1/least/application"), R"(["User.ReadBasic.All"])");
  EXPECT_EQ(at(report, "/requests/0/path"), R"("/groups")");
  EXPECT_EQ(at(report, "/requests/0/isListed"), "false");
}

TEST_F(Authorization, ReportsWhatARefusedRequestWouldHaveTaken) {
  ask(token(R"({"permissions": []})"));
  const auto report = server_.get("/__admin/permissions");
  EXPECT_EQ(at(report, "/least/application"), R"(["User.ReadBasic.All"])");
  EXPECT_EQ(at(report, "/requests/0/isCovered"), "false");
  server_.send("POST", "/__admin/reset");
  EXPECT_EQ(at(server_.get("/__admin/permissions"), "/requests"), "[]");
}

TEST_F(Authorization, TokensAreMadeToOrder) {
  EXPECT_EQ(server_.send("POST", "/__admin/tokens", R"({"user": "nobody"})").status, 400);
  EXPECT_EQ(server_.send("POST", "/__admin/tokens", R"({"permissions": "x"})").status, 400);
  EXPECT_EQ(server_.send("POST", "/__admin/tokens", R"({"lifetimeSeconds": 1e9})").status, 400);
  EXPECT_EQ(server_.send("POST", "/__admin/tokens", R"({"lifetimeSeconds": -9223372036854775808})")
                .status,
            400);
  const auto unknown = server_.send("POST", "/__admin/tokens", R"({"scope": "x"})");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(at(unknown, "/error/message"), HasSubstr("'scope' is none of app, user"));
}

TEST(OptionalAuthorization, TakesAnyTokenAndBelievesWhatItSays) {
  const TestServer server;
  // {"oid":"01a819bf-3580-4731-ab70-10da61a951a2"}, signed by nobody.
  const auto token =
      "e30." + base::base64url_encode(R"({"oid":"01a819bf-3580-4731-ab70-10da61a951a2"})") + ".x";
  const auto answer = server.send("GET", "/v1.0/me", "", {{"Authorization", "Bearer " + token}});
  EXPECT_EQ(at(answer, "/id"), R"("01a819bf-3580-4731-ab70-10da61a951a2")");
  EXPECT_EQ(server.get("/v1.0/me").status, 200);
  EXPECT_EQ(server.send("GET", "/v1.0/me", "", {{"Authorization", "Bearer x"}}).status, 200);
}

}  // namespace
}  // namespace graphmock
