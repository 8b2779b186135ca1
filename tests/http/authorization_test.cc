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

// What stands in a request's Authorization headers, with TOKEN for one that is good.
TEST_F(Authorization, IsOneHeaderWithABearerToken) {
  struct Row {
    std::vector<std::string> headers;
    std::string words;  // of the refusal; empty: it is taken
  };
  const auto good = token(R"({"permissions": ["User.ReadBasic.All"]})");
  for (const auto& [headers, words] : std::vector<Row>{
           {{"Bearer TOKEN"}, ""},
           {{"bearer TOKEN"}, ""},
           {{"BEARER   TOKEN  "}, ""},
           {{}, "Access token is empty"},
           {{""}, "no bearer token"},
           {{"Bearer"}, "no bearer token"},
           {{"TOKEN"}, "no bearer token"},
           {{"BearerTOKEN"}, "no bearer token"},
           {{"Basic eDp5"}, "no bearer token"},
           {{"PoP TOKEN"}, "no bearer token"},
           {{"Bearer:TOKEN"}, "no bearer token"},
           {{"Bearer \"TOKEN\""}, "or more than that"},
           {{"Bearer TOKEN, Bearer TOKEN"}, "or more than that"},
           {{"Bearer TOKEN,"}, "or more than that"},
           {{"Bearer access_token=TOKEN"}, "Signature is invalid"},
           {{"Bearer Bearer TOKEN"}, "or more than that"},
           {{"Bearer TOKEN TOKEN"}, "or more than that"},
           {{"Bearer TOKEN", "Bearer TOKEN"}, "more than one Authorization header"},
           {{"Bearer TOKEN", "Basic eDp5"}, "more than one Authorization header"},
           {{"Basic eDp5", "Bearer TOKEN"}, "more than one Authorization header"},
       }) {
    support::RequestHeaders sent;
    for (auto header : headers) {
      for (size_t at = 0; (at = header.find("TOKEN", at)) != std::string::npos; at += good.size()) {
        header.replace(at, 5, good);
      }
      sent.emplace_back("Authorization", header);
    }
    SCOPED_TRACE(testing::PrintToString(headers));
    const auto answer = server_.send("GET", "/v1.0/users", "", sent);
    if (words.empty()) {
      EXPECT_EQ(answer.status, 200) << answer.body;
    } else {
      expect_refused(answer, words);
    }
  }
}

// Where it would be written to logs (RFC 6750 2.3).
TEST_F(Authorization, IsNotLookedForInTheAddressOrTheBody) {
  const auto good = token("{}");
  expect_refused(server_.get("/v1.0/users?access_token=" + good), "Access token is empty");
  const auto form = server_.send("POST", "/v1.0/users", "access_token=" + good,
                                 {{"Content-Type", "application/x-www-form-urlencoded"}});
  expect_refused(form, "Access token is empty");
  expect_refused(server_.send("GET", "/v1.0/users", "", {{"Cookie", "access_token=" + good}}),
                 "Access token is empty");
}

TEST_F(Authorization, IsThatOfTheTenantThatIsAsked) {
  const support::RequestHeaders mine = {{"X-Mock-Tenant", "mine"}};
  const auto made = server_.send("POST", "/__admin/tokens", "{}", mine);
  const auto one = base::text_of(base::at_pointer(support::json_of(made), "/access_token"));
  const auto ask_at = [&](const std::string& target, support::RequestHeaders headers = {}) {
    headers.emplace_back("Authorization", "Bearer " + one);
    return server_.send("GET", target, "", headers);
  };
  EXPECT_EQ(ask_at("/v1.0/groups").status, 200);
  EXPECT_EQ(ask_at("/v1.0/groups", mine).status, 200);
  EXPECT_EQ(ask_at("/t/mine/v1.0/groups").status, 200);
  const std::string words = "The token is of the tenant 'mine', and 'other' is asked";
  expect_refused(ask_at("/v1.0/groups", {{"X-Mock-Tenant", "other"}}), words);
  expect_refused(ask_at("/t/other/v1.0/groups"), words);
  // The header comes first.
  expect_refused(ask_at("/t/mine/v1.0/groups", {{"X-Mock-Tenant", "other"}}), words);
  EXPECT_EQ(ask_at("/t/other/v1.0/groups", mine).status, 200);
}

// A part may show a token of its own; it is asked of the batch's tenant all the same.
TEST_F(Authorization, OfAPartIsThatOfTheBatchsTenant) {
  const auto mine = token("{}");
  const auto made = server_.send("POST", "/__admin/tokens", "{}", {{"X-Mock-Tenant", "other"}});
  const auto others = base::text_of(base::at_pointer(support::json_of(made), "/access_token"));
  const auto answer = ask(mine, "POST", "/v1.0/$batch",
                          R"({"requests": [{"id": "1", "method": "GET", "url": "/groups"},
              {"id": "2", "method": "GET", "url": "/groups",
               "headers": {"Authorization": "Bearer )" +
                              others + R"("}}]})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(at(answer, "/responses/0/status"), "200");
  EXPECT_EQ(at(answer, "/responses/1/status"), "401");
}

// Whatever else this server signs is no access token for Graph, also where a client calls itself
// by Graph's name, so that an ID token is for that.
TEST_F(Authorization, TakesNothingElseThatTheServerSigns) {
  const std::string graph = "00000003-0000-0000-c000-000000000000";
  const std::string client = "client_id=" + graph;
  const std::string scope = "&scope=openid%20offline_access%20User.Read";
  const auto post = [&](const std::string& endpoint, const std::string& form) {
    return support::json_of(server_.send("POST", "/default/oauth2/v2.0/" + endpoint, form,
                                         {{"Content-Type", "application/x-www-form-urlencoded"}}));
  };
  const auto signed_in =
      post("token",
           client + scope + "&grant_type=password&username=nora.lindqvist@contoso.com&password=x");
  const auto device = post("devicecode", client + scope);
  const auto location =
      server_
          .get("/default/oauth2/v2.0/authorize?response_type=code&redirect_uri=http://a/&" +
               client + scope)
          .header("Location")
          .value_or("");
  const auto code = location.substr(location.find("code=") + 5);
  std::vector<std::string> others = {code.substr(0, code.find('&'))};
  for (const auto* name : {"/id_token", "/refresh_token"}) {
    others.push_back(base::text_of(base::at_pointer(signed_in, name)));
  }
  others.push_back(base::text_of(base::at_pointer(device, "/device_code")));
  for (const auto& other : others) {
    EXPECT_EQ(base::split(other, '.').size(), 3U) << other;
    expect_refused(ask(other), "Access token validation failure");
  }
  EXPECT_EQ(
      ask(base::text_of(base::at_pointer(signed_in, "/access_token")), "GET", "/v1.0/me").status,
      200);
}

// A token lives as long as it says: it has no other end with the service either, where a client has
// not said that it can take a claims challenge.
TEST_F(Authorization, OutlivesWhomItStandsFor) {
  const std::string nora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
  const auto user = token(R"({"user": "nora.lindqvist@contoso.com",
                              "permissions": ["User.ReadWrite.All"]})");
  EXPECT_EQ(ask(user, "PATCH", nora, R"({"accountEnabled": false})").status, 204);
  EXPECT_EQ(ask(user, "POST", nora + "/revokeSignInSessions").status, 204);
  EXPECT_EQ(ask(user, "GET", "/v1.0/me").status, 200);
  EXPECT_EQ(ask(user, "DELETE", nora).status, 204);
  EXPECT_EQ(ask(user, "GET", "/v1.0/me").status, 404);
  EXPECT_EQ(ask(user).status, 200);
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
  EXPECT_EQ(server_.send("POST", "/__admin/tokens", R"({"app": ""})").status, 400);
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

TEST(OptionalAuthorization, MindsNothingThatIsWrongWithAToken) {
  const TestServer server;
  const auto claims = [](std::string_view text) {
    return "e30." + base::base64url_encode(text) + ".x";
  };
  for (const std::string& token :
       {std::string("."), std::string(".."), std::string(1000, '.'), std::string("a.b.c.d.e"),
        claims(""), claims("null"), claims("[]"),
        claims(R"({"tid":1,"oid":[],"scp":{},"exp":1e400})"),
        claims(R"({"tid":"","appid":null,"roles":[1,null,{}],"exp":-9223372036854775808})"),
        claims(R"({"tid":"default","tid":"other"})"), claims("{\"tid\":\"\xFF\"}"),
        claims(std::string(40'000, '['))}) {
    EXPECT_EQ(server.send("GET", "/v1.0/me", "", {{"Authorization", "Bearer " + token}}).status,
              200)
        << token;
  }
  EXPECT_EQ(
      server.send("GET", "/v1.0/me", "", {{"Authorization", "Bearer x"}, {"Authorization", "y"}})
          .status,
      200);
  // One that names a tenant that cannot be is refused for that.
  EXPECT_EQ(server
                .send("GET", "/v1.0/me", "",
                      {{"Authorization", "Bearer " + claims(R"({"tid":"no name"})")}})
                .status,
            400);
}

}  // namespace
}  // namespace graphmock
