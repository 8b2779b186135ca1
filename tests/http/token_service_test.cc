// The token service, as MSAL and others speak to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

namespace json = base::json;

using support::at;
using support::RawResponse;
using support::TestServer;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
constexpr std::string_view kNoraName = "nora.lindqvist@contoso.com";
constexpr std::string_view kRedirect = "http://localhost:3000/auth?x=1";

using Form = std::vector<std::pair<std::string, std::string>>;

std::string encoded(const Form& form) {
  std::string text;
  for (const auto& [name, value] : form) {
    text += (text.empty() ? "" : "&") + name + "=" + base::percent_encode(value);
  }
  return text;
}

std::string text_at(const RawResponse& response, std::string_view pointer) {
  return base::text_of(base::at_pointer(support::json_of(response), pointer));
}

json::value claims_of(const std::string& token) {
  const auto parts = base::split(token, '.');
  return base::parse_json(base::base64url_decode(parts.at(1)).value());
}

std::string claim(const RawResponse& response, std::string_view token, std::string_view name) {
  const auto claims = claims_of(text_at(response, "/" + std::string(token)));
  const auto* value = base::at_pointer(claims, "/" + std::string(name));
  return value ? base::to_json(*value) : "(absent)";
}

class TokenService : public testing::Test {
 protected:
  RawResponse post(const std::string& target, const Form& form,
                   const support::RequestHeaders& headers = {}) const {
    auto all = headers;
    all.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return server_.send("POST", target, encoded(form), all);
  }
  RawResponse token(const Form& form) const { return post("/contoso/oauth2/v2.0/token", form); }
  RawResponse authorize(Form parameters) const {
    return server_.get("/contoso/oauth2/v2.0/authorize?" + encoded(parameters));
  }
  // What an application would find in the address that it is called back at.
  std::string code(Form parameters) const {
    const auto answer = authorize(std::move(parameters));
    EXPECT_EQ(answer.status, 302) << answer.body;
    const auto location = answer.header("Location").value_or("");
    const auto begin = location.find("code=") + 5;
    return location.substr(begin, location.find('&', begin) - begin);
  }
  RawResponse redeem(const std::string& code, const Form& more = {}) const {
    Form form = {{"grant_type", "authorization_code"},
                 {"client_id", "app"},
                 {"redirect_uri", std::string(kRedirect)},
                 {"code", code}};
    form.insert(form.end(), more.begin(), more.end());
    return token(form);
  }
  static Form question(const Form& more = {}) {
    Form form = {{"client_id", "app"},
                 {"response_type", "code"},
                 {"redirect_uri", std::string(kRedirect)},
                 {"scope", "openid offline_access User.Read"}};
    form.insert(form.end(), more.begin(), more.end());
    return form;
  }
  void expect_error(const RawResponse& response, const std::string& code, int number) const {
    EXPECT_EQ(response.status, code == "invalid_client" ? 401 : 400) << response.body;
    EXPECT_EQ(text_at(response, "/error"), code);
    EXPECT_THAT(text_at(response, "/error_description"),
                StartsWith("AADSTS" + std::to_string(number) + ": "));
    EXPECT_EQ(at(response, "/error_codes"), "[" + std::to_string(number) + "]");
  }

  TestServer server_;
};

TEST_F(TokenService, SaysWhereEverythingIs) {
  const auto answer = server_.get("/contoso/v2.0/.well-known/openid-configuration");
  EXPECT_EQ(answer.status, 200);
  const auto authority = server_.origin() + "/contoso";
  EXPECT_EQ(text_at(answer, "/issuer"), authority + "/v2.0");
  EXPECT_EQ(text_at(answer, "/token_endpoint"), authority + "/oauth2/v2.0/token");
  EXPECT_EQ(text_at(answer, "/authorization_endpoint"), authority + "/oauth2/v2.0/authorize");
  EXPECT_EQ(text_at(answer, "/jwks_uri"), authority + "/discovery/v2.0/keys");
  EXPECT_EQ(text_at(answer, "/device_authorization_endpoint"),
            authority + "/oauth2/v2.0/devicecode");
}

TEST_F(TokenService, IsAnInstanceThatMsalKnows) {
  const auto answer = server_.get(
      "/common/discovery/instance?api-version=1.1&authorization_endpoint="
      "https%3A%2F%2Fgraph.test%3A8443%2Fcontoso%2Foauth2%2Fv2.0%2Fauthorize");
  EXPECT_EQ(text_at(answer, "/tenant_discovery_endpoint"),
            server_.origin() + "/contoso/v2.0/.well-known/openid-configuration");
  EXPECT_EQ(text_at(answer, "/metadata/0/preferred_network"), "graph.test:8443");
  EXPECT_EQ(server_.get("/common/discovery/instance").status, 200);
  EXPECT_EQ(
      text_at(server_.get("/common/userrealm/a@contoso.com?api-version=1.0"), "/account_type"),
      "Managed");
}

TEST_F(TokenService, PublishesTheKeyOfItsTokens) {
  const auto keys = server_.get("/contoso/discovery/v2.0/keys");
  EXPECT_EQ(text_at(keys, "/keys/0/kty"), "RSA");
  const auto answer = token({{"grant_type", "client_credentials"},
                             {"client_id", "app"},
                             {"client_secret", "s"},
                             {"scope", "https://graph.microsoft.com/.default"}});
  const auto access_token = text_at(answer, "/access_token");
  const auto head = base::base64url_decode(base::split(access_token, '.').at(0)).value();
  EXPECT_THAT(head, HasSubstr(text_at(keys, "/keys/0/kid")));
}

// MSAL for Go and for Java ask for them whoever signs in.
TEST_F(TokenService, TakesTheScopesOfOpenIdFromAnApplication) {
  const auto answer =
      token({{"grant_type", "client_credentials"},
             {"client_id", "app"},
             {"client_secret", "s"},
             {"scope", "https://graph.microsoft.com/.default openid offline_access profile"}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(at(answer, "/refresh_token"), "(absent)");
  EXPECT_EQ(at(answer, "/id_token"), "(absent)");
  expect_error(token({{"grant_type", "client_credentials"},
                      {"client_id", "app"},
                      {"client_secret", "s"},
                      {"scope", "openid https://graph.microsoft.com/.default User.Read"}}),
               "invalid_scope", 1002012);
}

TEST_F(TokenService, LetsAnApplicationIn) {
  const auto answer = token({{"grant_type", "client_credentials"},
                             {"client_id", "app"},
                             {"client_secret", "s"},
                             {"scope", "https://graph.microsoft.com/.default"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store, no-cache");
  EXPECT_EQ(at(answer, "/token_type"), R"("Bearer")");
  EXPECT_EQ(at(answer, "/expires_in"), "3599");
  EXPECT_EQ(at(answer, "/refresh_token"), "(absent)");
  EXPECT_EQ(claim(answer, "access_token", "aud"), R"("https://graph.microsoft.com")");
  EXPECT_EQ(claim(answer, "access_token", "tid"), R"("contoso")");
  EXPECT_EQ(claim(answer, "access_token", "appid"), R"("app")");
  EXPECT_EQ(claim(answer, "access_token", "idtyp"), R"("app")");
  EXPECT_EQ(claim(answer, "access_token", "scp"), "(absent)");
  const auto now = std::chrono::floor<std::chrono::seconds>(support::test_time());
  EXPECT_EQ(claim(answer, "access_token", "exp"),
            std::to_string(now.time_since_epoch().count() + 3599));
}

// What it was granted is what the directory says.
TEST_F(TokenService, GivesAnApplicationTheRolesThatItHas) {
  const auto roles = [&] {
    return claim(token({{"grant_type", "client_credentials"},
                        {"client_id", "bd819890-05d3-4513-b6f1-1bb8b2faab7c"},
                        {"client_secret", "s"},
                        {"scope", "https://graph.microsoft.com/.default"}}),
                 "access_token", "roles");
  };
  const support::RequestHeaders contoso = {{"X-Mock-Tenant", "contoso"}};
  EXPECT_EQ(roles(), "[]");
  const auto graph = server_.send(
      "GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')", "", contoso);
  ASSERT_EQ(graph.status, 200);
  const auto role = text_at(graph, "/appRoles/0/id");
  const std::string principal = "c9e2c1be-3c47-4c84-986e-0f0a2cb38633";
  const auto assigned = server_.send(
      "POST", "/v1.0/servicePrincipals/" + principal + "/appRoleAssignments",
      base::to_json(json::object{
          {"principalId", principal}, {"resourceId", text_at(graph, "/id")}, {"appRoleId", role}}),
      contoso);
  ASSERT_EQ(assigned.status, 201) << assigned.body;
  EXPECT_EQ(roles(), "[" + at(graph, "/appRoles/0/value") + "]");
}

TEST_F(TokenService, TakesAClientsSecretInAHeader) {
  // app:s
  const auto answer = post(
      "/contoso/oauth2/v2.0/token",
      {{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"}},
      {{"Authorization", "Basic YXBwOnM="}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(claim(answer, "access_token", "appid"), R"("app")");
}

TEST_F(TokenService, WantsASecretOfAnApplication) {
  expect_error(token({{"grant_type", "client_credentials"},
                      {"client_id", "app"},
                      {"scope", "https://graph.microsoft.com/.default"}}),
               "invalid_client", 7000218);
}

TEST_F(TokenService, WantsTheDefaultScopeOfAnApplication) {
  expect_error(token({{"grant_type", "client_credentials"},
                      {"client_id", "app"},
                      {"client_secret", "s"},
                      {"scope", "https://graph.microsoft.com/User.Read.All"}}),
               "invalid_scope", 1002012);
}

TEST_F(TokenService, NamesWhatIsMissingOrUnknown) {
  expect_error(token({}), "invalid_request", 900144);
  expect_error(token({{"grant_type", "client_credentials"}}), "invalid_request", 900144);
  expect_error(token({{"grant_type", "magic"}}), "unsupported_grant_type", 70003);
  EXPECT_EQ(server_.get("/contoso/oauth2/v2.0/token").status, 405);
  EXPECT_EQ(server_.get("/contoso/oauth2/v2.0/magic").status, 404);
  EXPECT_EQ(server_.send("POST", "/contoso/oauth2/v2.0/token", "a=%zz").status, 400);
}

TEST_F(TokenService, LetsAUserInByACode) {
  const auto answer = redeem(code(question({{"state", "12 3"}, {"nonce", "n"}})));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(claim(answer, "access_token", "oid"), "\"" + std::string(kNora) + "\"");
  EXPECT_EQ(claim(answer, "access_token", "scp"), R"("openid User.Read")");
  EXPECT_EQ(claim(answer, "id_token", "aud"), R"("app")");
  EXPECT_EQ(claim(answer, "id_token", "nonce"), R"("n")");
  EXPECT_EQ(claim(answer, "id_token", "iss"), "\"" + server_.origin() + "/contoso/v2.0\"");
  EXPECT_NE(at(answer, "/refresh_token"), "(absent)");
  EXPECT_EQ(at(answer, "/client_info"), "(absent)");
}

TEST_F(TokenService, SendsABrowserBackToWhereItCameFrom) {
  const auto location = [&](const Form& more) {
    return authorize(question(more)).header("Location").value_or("");
  };
  EXPECT_THAT(location({{"state", "12 3"}}), StartsWith(std::string(kRedirect) + "&code="));
  EXPECT_THAT(location({{"state", "12 3"}}), HasSubstr("&state=12%203"));
  EXPECT_THAT(location({{"response_mode", "fragment"}}),
              StartsWith(std::string(kRedirect) + "#code="));
  const auto page = authorize(question({{"response_mode", "form_post"}, {"state", "\"<&>"}}));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("action=\"http://localhost:3000/auth?x=1\""));
  EXPECT_THAT(page.body, HasSubstr("value=\"&quot;&lt;&amp;&gt;\""));
}

// Its own origin may use the control plane, so that a page which sends a form wherever it is told
// must not be of that origin.
TEST_F(TokenService, SendsABrowserBackByAPageOfNoOrigin) {
  const auto page = authorize(question({{"response_mode", "form_post"}}));
  const auto policy = page.header("Content-Security-Policy").value_or("");
  EXPECT_THAT(policy, StartsWith("sandbox allow-forms allow-scripts; default-src 'none'; "));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("allow-same-origin")));
  const std::string_view begin = "<script>";
  const auto script = page.body.find(begin);
  ASSERT_NE(script, std::string::npos);
  const auto code =
      page.body.substr(script + begin.size(), page.body.find("</script>") - script - begin.size());
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(code.data()), code.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  EXPECT_THAT(policy, HasSubstr("script-src 'sha256-" + base::base64_encode(hash) + "'"));
  EXPECT_EQ(page.header("X-Frame-Options"), "DENY");
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_THAT(page.header("Cache-Control").value_or(""), HasSubstr("no-store"));
  EXPECT_EQ(authorize(question()).header("Referrer-Policy"), "no-referrer");
}

TEST_F(TokenService, SignsInTheUserThatIsHintedAt) {
  const auto answer =
      redeem(code(question({{"login_hint", "01a819bf-3580-4731-ab70-10da61a951a2"}})));
  EXPECT_EQ(claim(answer, "access_token", "oid"), R"("01a819bf-3580-4731-ab70-10da61a951a2")");
}

TEST_F(TokenService, TellsTheClientWhatIsWrongWithItsQuestion) {
  const auto location = [&](const Form& more) {
    return authorize(question(more)).header("Location").value_or("");
  };
  EXPECT_THAT(location({{"login_hint", "nobody@contoso.com"}}), HasSubstr("error=invalid_grant"));
  EXPECT_THAT(location({{"code_challenge", "x"}, {"code_challenge_method", "MD5"}}),
              HasSubstr("error=invalid_request"));
  auto other = question();
  other[1].second = "token";
  EXPECT_THAT(authorize(other).header("Location").value_or(""),
              HasSubstr("error=unsupported_response_type"));
}

TEST_F(TokenService, SendsNobodyToWhatIsNoAddress) {
  for (const std::string uri :
       {"", "/relative", "javascript:alert(1)", "http://a b", "http://a\r\nX: y"}) {
    auto form = question();
    form[2].second = uri;
    const auto answer = authorize(form);
    EXPECT_EQ(answer.status, 400) << uri;
    EXPECT_FALSE(answer.header("Location")) << uri;
  }
}

TEST_F(TokenService, RedeemsACodeOnce) {
  const auto one = code(question());
  EXPECT_EQ(redeem(one).status, 200);
  expect_error(redeem(one), "invalid_grant", 54005);
}

TEST_F(TokenService, SignsInNobodyForWhatIsNoUser) {
  for (const std::string name : {"delta()", "delta", "$count", "microsoft.graph.user", "..",
                                 "nobody", "me", "$ref", "a/manager", " ", "%"}) {
    expect_error(token({{"grant_type", "password"},
                        {"client_id", "app"},
                        {"scope", "User.Read"},
                        {"username", name},
                        {"password", "any"}}),
                 "invalid_grant", 50034);
    const auto made = server_.send("POST", "/__admin/tokens", R"({"user": ")" + name + "\"}");
    EXPECT_EQ(made.status, 400) << name;
  }
}

TEST_F(TokenService, LeavesACodeThatItRefusesToRedeem) {
  const auto one = code(question());
  expect_error(redeem(one, {{"scope", "api://a/x api://b/y"}}), "invalid_scope", 28000);
  expect_error(redeem(one, {{"code_verifier", "x"}}), "invalid_grant", 50148);
  EXPECT_EQ(redeem(one).status, 200);
}

TEST_F(TokenService, RedeemsACodeInItsTenantAlone) {
  const auto one = code(question());
  expect_error(post("/fabrikam/oauth2/v2.0/token", {{"grant_type", "authorization_code"},
                                                    {"client_id", "app"},
                                                    {"redirect_uri", std::string(kRedirect)},
                                                    {"code", one}}),
               "invalid_grant", 9002313);
  EXPECT_EQ(redeem(one).status, 200);
}

// A session that was revoked does not come back by what it has been given before.
TEST_F(TokenService, RedeemsNoCodeOfARevokedSession) {
  const auto one = code(question());
  const auto asked = post("/contoso/oauth2/v2.0/devicecode",
                          {{"client_id", "app"}, {"scope", "User.Read offline_access"}});
  const auto path = "/v1.0/users/" + std::string(kNora) + "/revokeSignInSessions";
  EXPECT_EQ(server_.send("POST", path, "", {{"X-Mock-Tenant", "contoso"}}).status, 204);
  expect_error(redeem(one), "invalid_grant", 50173);
  expect_error(token({{"grant_type", "device_code"},
                      {"client_id", "app"},
                      {"device_code", text_at(asked, "/device_code")}}),
               "invalid_grant", 50173);
  EXPECT_EQ(redeem(code(question())).status, 200);
}

// Tickets are told apart by what they are for, whoever asks for whichever.
TEST_F(TokenService, TakesNoTicketForAnother) {
  const auto one = code(question());
  const auto signed_in = redeem(one);
  const auto device = text_at(
      post("/contoso/oauth2/v2.0/devicecode", {{"client_id", "app"}, {"scope", "User.Read"}}),
      "/device_code");
  const std::vector<std::string> all = {one, text_at(signed_in, "/refresh_token"), device,
                                        text_at(signed_in, "/access_token"),
                                        text_at(signed_in, "/id_token")};
  for (size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(i);
    if (i != 0) expect_error(redeem(all[i]), "invalid_grant", 9002313);
    if (i != 1) {
      expect_error(
          token({{"grant_type", "refresh_token"}, {"client_id", "app"}, {"refresh_token", all[i]}}),
          "invalid_grant", 9002313);
    }
    if (i != 2) {
      expect_error(
          token({{"grant_type", "device_code"}, {"client_id", "app"}, {"device_code", all[i]}}),
          "invalid_grant", 9002313);
    }
  }
}

TEST_F(TokenService, RedeemsACodeForItsClientAndAddressAlone) {
  const auto one = code(question());
  auto form = Form{{"grant_type", "authorization_code"},
                   {"client_id", "other"},
                   {"code", one},
                   {"redirect_uri", std::string(kRedirect)}};
  expect_error(token(form), "invalid_grant", 700005);
  form[1].second = "app";
  form[3].second = "http://localhost/other";
  expect_error(token(form), "invalid_grant", 50011);
  expect_error(redeem("nonsense"), "invalid_grant", 9002313);
}

TEST_F(TokenService, RedeemsACodeWhileItIsFresh) {
  const auto one = code(question());
  server_.clock().advance(std::chrono::minutes(10));
  expect_error(redeem(one), "invalid_grant", 70008);
}

TEST_F(TokenService, WantsTheVerifierOfAChallenge) {
  // The pair of RFC 7636, appendix B.
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const Form challenge = {{"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
                          {"code_challenge_method", "S256"}};
  EXPECT_EQ(redeem(code(question(challenge)), {{"code_verifier", verifier}}).status, 200);
  expect_error(redeem(code(question(challenge)), {{"code_verifier", verifier + "x"}}),
               "invalid_grant", 50148);
  expect_error(redeem(code(question(challenge))), "invalid_grant", 50148);
  const Form plain = {{"code_challenge", "abc"}, {"code_challenge_method", "plain"}};
  EXPECT_EQ(redeem(code(question(plain)), {{"code_verifier", "abc"}}).status, 200);
}

class Refresh : public TokenService {
 protected:
  Refresh() { refresh_token_ = text_at(redeem(code(question())), "/refresh_token"); }
  RawResponse refresh(const Form& more = {}) const {
    Form form = {
        {"grant_type", "refresh_token"}, {"client_id", "app"}, {"refresh_token", refresh_token_}};
    form.insert(form.end(), more.begin(), more.end());
    return token(form);
  }

  std::string refresh_token_;
};

TEST_F(Refresh, GivesTokensAnewWithAnotherRefreshToken) {
  const auto answer = refresh();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(claim(answer, "access_token", "scp"), R"("openid User.Read")");
  EXPECT_NE(at(answer, "/refresh_token"), "(absent)");
  EXPECT_EQ(claim(refresh({{"scope", "Mail.Read"}}), "access_token", "scp"), R"("Mail.Read")");
}

TEST_F(Refresh, TakesNoAccessToken) {
  refresh_token_ = text_at(refresh(), "/access_token");
  expect_error(refresh(), "invalid_grant", 9002313);
}

TEST_F(Refresh, IsOfOneTenant) {
  const auto answer = post(
      "/fabrikam/oauth2/v2.0/token",
      {{"grant_type", "refresh_token"}, {"client_id", "app"}, {"refresh_token", refresh_token_}});
  expect_error(answer, "invalid_grant", 9002313);
}

TEST_F(Refresh, EndsAfterNinetyDays) {
  server_.clock().advance(std::chrono::days(90));
  expect_error(refresh(), "invalid_grant", 700082);
}

TEST_F(Refresh, EndsWhenTheUsersSessionsAreRevoked) {
  const auto path = "/v1.0/users/" + std::string(kNora) + "/revokeSignInSessions";
  EXPECT_EQ(server_.send("POST", path, "", {{"X-Mock-Tenant", "contoso"}}).status, 204);
  expect_error(refresh(), "invalid_grant", 50173);
}

TEST_F(Refresh, EndsWhenTheUserIsDisabledOrGone) {
  const auto user = "/v1.0/users/" + std::string(kNora);
  const support::RequestHeaders contoso = {{"X-Mock-Tenant", "contoso"}};
  server_.send("PATCH", user, R"({"accountEnabled": false})", contoso);
  expect_error(refresh(), "invalid_grant", 50057);
  server_.send("DELETE", user, "", contoso);
  expect_error(refresh(), "invalid_grant", 50034);
}

TEST_F(TokenService, LetsAUserInByAPassword) {
  const auto sign_in = [&](std::string_view user, const std::string& password) {
    return token({{"grant_type", "password"},
                  {"client_id", "app"},
                  {"scope", "User.Read"},
                  {"client_info", "1"},
                  {"username", std::string(user)},
                  {"password", password}});
  };
  const auto answer = sign_in(kNoraName, "any");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(claim(answer, "access_token", "upn"), "\"" + std::string(kNoraName) + "\"");
  EXPECT_EQ(base::base64url_decode(text_at(answer, "/client_info")),
            R"({"uid":")" + std::string(kNora) + R"(","utid":"contoso"})");
  expect_error(sign_in("nobody@contoso.com", "any"), "invalid_grant", 50034);
  expect_error(sign_in(kNoraName, ""), "invalid_request", 900144);
}

TEST_F(TokenService, KnowsThePasswordThatAUserHasBeenGiven) {
  const auto created = server_.send("POST", "/v1.0/users",
                                    R"({"accountEnabled": true, "displayName": "New",
                                        "mailNickname": "new", "userPrincipalName": "new@contoso.com",
                                        "passwordProfile": {"password": "right one 1!"}})",
                                    {{"X-Mock-Tenant", "contoso"}});
  ASSERT_EQ(created.status, 201) << created.body;
  const auto sign_in = [&](const std::string& password) {
    return token({{"grant_type", "password"},
                  {"client_id", "app"},
                  {"scope", "User.Read"},
                  {"username", "new@contoso.com"},
                  {"password", password}});
  };
  EXPECT_EQ(sign_in("right one 1!").status, 200);
  expect_error(sign_in("wrong"), "invalid_grant", 50126);
}

TEST_F(TokenService, LetsAUserInByADeviceCode) {
  const auto asked = post("/contoso/oauth2/v2.0/devicecode",
                          {{"client_id", "app"}, {"scope", "User.Read offline_access"}});
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(text_at(asked, "/message"), HasSubstr(text_at(asked, "/user_code")));
  const auto poll = [&] {
    return token({{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                  {"client_id", "app"},
                  {"device_code", text_at(asked, "/device_code")}});
  };
  EXPECT_EQ(claim(poll(), "access_token", "scp"), R"("User.Read")");
  expect_error(poll(), "invalid_grant", 54005);
}

TEST_F(TokenService, LetsAServiceInOnBehalfOfAUser) {
  const auto user = token({{"grant_type", "password"},
                           {"client_id", "app"},
                           {"scope", "api://service/access"},
                           {"username", std::string(kNoraName)},
                           {"password", "p"}});
  const auto on_behalf_of = [&](const std::string& assertion) {
    return token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                  {"client_id", "service"},
                  {"client_secret", "s"},
                  {"requested_token_use", "on_behalf_of"},
                  {"assertion", assertion},
                  {"scope", "https://graph.microsoft.com/Mail.Read"}});
  };
  EXPECT_EQ(claim(user, "access_token", "aud"), R"("api://service")");
  const auto answer = on_behalf_of(text_at(user, "/access_token"));
  EXPECT_EQ(claim(answer, "access_token", "oid"), "\"" + std::string(kNora) + "\"");
  EXPECT_EQ(claim(answer, "access_token", "appid"), R"("service")");
  EXPECT_EQ(claim(answer, "access_token", "scp"), R"("Mail.Read")");
  expect_error(on_behalf_of("nonsense"), "invalid_grant", 50013);
  const auto app = token({{"grant_type", "client_credentials"},
                          {"client_id", "app"},
                          {"client_secret", "s"},
                          {"scope", "api://service/.default"}});
  expect_error(on_behalf_of(text_at(app, "/access_token")), "invalid_grant", 50013);
  server_.clock().advance(std::chrono::hours(1));
  expect_error(on_behalf_of(text_at(user, "/access_token")), "invalid_grant", 500133);
}

// A token that is not for the service that shows it was taken from another.
TEST_F(TokenService, LetsAServiceInWithATokenThatIsForIt) {
  const std::string known = "bd819890-05d3-4513-b6f1-1bb8b2faab7c";
  const auto on_behalf_of = [&](const std::string& client, const std::string& audience) {
    const auto made = server_.send(
        "POST", "/__admin/tokens",
        R"({"user": ")" + std::string(kNoraName) + R"(", "audience": ")" + audience + "\"}",
        {{"X-Mock-Tenant", "contoso"}});
    return token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                  {"client_id", client},
                  {"client_secret", "s"},
                  {"assertion", text_at(made, "/access_token")},
                  {"scope", "https://graph.microsoft.com/Mail.Read"}});
  };
  EXPECT_EQ(on_behalf_of(known, known).status, 200);
  EXPECT_EQ(on_behalf_of(known, "api://" + known).status, 200);
  EXPECT_EQ(on_behalf_of(known, "api://expense-desk.apps.contoso.com").status, 200);
  expect_error(on_behalf_of(known, "api://another"), "invalid_grant", 500131);
  expect_error(on_behalf_of(known, "https://graph.microsoft.com"), "invalid_grant", 500131);
  // What the tenant does not know it does not know the URIs of.
  EXPECT_EQ(on_behalf_of("service", "api://another").status, 200);
  expect_error(on_behalf_of("service", "https://graph.microsoft.com"), "invalid_grant", 500131);
  expect_error(on_behalf_of("service", "00000003-0000-0000-c000-000000000000"), "invalid_grant",
               500131);
}

TEST_F(TokenService, RefusesScopesOfSeveralResources) {
  expect_error(token({{"grant_type", "password"},
                      {"client_id", "app"},
                      {"scope", "api://service/access User.Read"},
                      {"username", std::string(kNoraName)},
                      {"password", "p"}}),
               "invalid_scope", 28000);
}

TEST_F(TokenService, IsOfTheTenantThatHeaderOrPathName) {
  const Form form = {{"grant_type", "client_credentials"},
                     {"client_id", "app"},
                     {"client_secret", "s"},
                     {"scope", "https://graph.microsoft.com/.default"}};
  const auto tid = [&](const std::string& path, const support::RequestHeaders& headers = {}) {
    return claim(post(path + "/oauth2/v2.0/token", form, headers), "access_token", "tid");
  };
  EXPECT_EQ(tid("/contoso"), R"("contoso")");
  EXPECT_EQ(tid("/common"), R"("default")");
  EXPECT_EQ(tid("/contoso", {{"X-Mock-Tenant", "mine"}}), R"("mine")");
  EXPECT_EQ(tid("/t/mine/contoso"), R"("mine")");
  EXPECT_EQ(post("/no%20name/oauth2/v2.0/token", form).status, 400);
}

TEST_F(TokenService, IsAskedByPagesOfAnyOrigin) {
  const auto answer = server_.send("GET", "/common/v2.0/.well-known/openid-configuration", "",
                                   {{"Origin", "http://localhost:3000"}});
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "*");
}

TEST_F(TokenService, LeavesNothingInTheJournal) {
  token({{"grant_type", "client_credentials"},
         {"client_id", "app"},
         {"client_secret", "secret-1"},
         {"scope", "https://graph.microsoft.com/.default"}});
  const auto journal = server_.send("GET", "/__admin/requests?tenant=*");
  EXPECT_EQ(journal.body.find("secret-1"), std::string::npos);
  EXPECT_EQ(at(journal, "/meta/total"), "0");
}

TEST_F(TokenService, EndsASession) {
  const auto answer = server_.get(
      "/contoso/oauth2/v2.0/logout?post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fbye");
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.header("Location"), "http://localhost/bye");
  EXPECT_EQ(server_.get("/contoso/oauth2/v2.0/logout").status, 200);
}

TEST_F(TokenService, TakesAFormAsItIsSent) {
  const auto send = [&](const std::string& form) {
    return server_.send("POST", "/contoso/oauth2/v2.0/token", form,
                        {{"Content-Type", "application/x-www-form-urlencoded"}});
  };
  const std::string app = "grant_type=client_credentials&client_id=app&";
  const std::string scope = "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
  EXPECT_EQ(send(app + "client_secret=a#b" + scope).status, 200);
  EXPECT_EQ(send(app + "client_secret=a%0Ab" + scope).status, 200);
  expect_error(send(app + "client_secret=%zz" + scope), "invalid_request", 9002313);
  expect_error(send(app + "client_secret=%ff" + scope), "invalid_request", 9002313);
  expect_error(send(app + "client_secret=a&client_id=b" + scope), "invalid_request", 9000411);
  expect_error(send(app + "client_secret=a" + scope + std::string(70'000, 'x')), "invalid_request",
               90015);
  // What belongs into a form is not looked for in the address.
  expect_error(
      server_.send("POST", "/contoso/oauth2/v2.0/token?" + app + "client_secret=a" + scope, ""),
      "invalid_request", 900144);
}

TEST_F(TokenService, WritesPermissionsAsTheListDoes) {
  const auto answer = token({{"grant_type", "password"},
                             {"client_id", "app"},
                             {"scope", "user.read HTTPS://Graph.Microsoft.com/mail.Send x.y"},
                             {"username", std::string(kNoraName)},
                             {"password", "any"}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(claim(answer, "access_token", "scp"), R"("User.Read Mail.Send x.y")");
}

TEST_F(TokenService, GivesAUserWhatHasBeenGrantedForHimAtThatResource) {
  const support::RequestHeaders contoso = {{"X-Mock-Tenant", "contoso"},
                                           {"Content-Type", "application/json"}};
  const auto make = [&](const std::string& app) {
    const auto made = server_.send("POST", "/v1.0/servicePrincipals",
                                   R"({"displayName": "x", "appId": ")" + app + "\"}", contoso);
    EXPECT_EQ(made.status, 201) << made.body;
    return text_at(made, "/id");
  };
  const auto client = make("11111111-1111-4111-8111-111111111111");
  const auto resource = make("22222222-2222-4222-8222-222222222222");
  const auto graph = text_at(
      server_.send("GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
                   "", contoso),
      "/id");
  const auto grant = [&](const std::string& at, const std::string& to, const std::string& scope) {
    const auto body = R"({"clientId": ")" + client + R"(", "resourceId": ")" + at + "\", " +
                      (to.empty() ? R"("consentType": "AllPrincipals")"
                                  : R"("consentType": "Principal", "principalId": ")" + to + "\"") +
                      R"(, "scope": ")" + scope + "\"}";
    EXPECT_EQ(server_.send("POST", "/v1.0/oauth2PermissionGrants", body, contoso).status, 201);
  };
  grant(graph, "", "User.Read");
  grant(graph, std::string(kNora), "Mail.Read");
  grant(graph, "df0e7944-3fb2-4b87-8535-5228187ffd40", "Mail.Send");
  grant(resource, "", "Other.Do");
  const auto answer = token({{"grant_type", "password"},
                             {"client_id", "11111111-1111-4111-8111-111111111111"},
                             {"scope", "https://graph.microsoft.com/.default"},
                             {"username", std::string(kNoraName)},
                             {"password", "any"}});
  EXPECT_EQ(claim(answer, "access_token", "scp"), R"("Mail.Read User.Read")");
}

TEST_F(TokenService, TakesNoVerifierOfNothing) {
  expect_error(redeem(code(question()), {{"code_verifier", "v"}}), "invalid_grant", 50148);
  EXPECT_THAT(authorize(question({{"code_challenge_method", "S256"}})).header("Location"),
              testing::Optional(HasSubstr("error=invalid_request")));
}

TEST_F(TokenService, PutsNoTokenIntoAQuery) {
  const auto answer = authorize({{"client_id", "app"},
                                 {"response_type", "id_token"},
                                 {"response_mode", "query"},
                                 {"redirect_uri", std::string(kRedirect)},
                                 {"scope", "openid"},
                                 {"nonce", "n"}});
  expect_error(answer, "invalid_request", 70007);
}

TEST_F(TokenService, SaysWhoIssuesAccessTokens) {
  const auto issuer = text_at(server_.get("/contoso/.well-known/openid-configuration"), "/issuer");
  const auto answer = token({{"grant_type", "client_credentials"},
                             {"client_id", "app"},
                             {"client_secret", "s"},
                             {"scope", "https://graph.microsoft.com/.default"}});
  EXPECT_EQ(claim(answer, "access_token", "iss"), "\"" + issuer + "\"");
}

}  // namespace
}  // namespace graphmock
