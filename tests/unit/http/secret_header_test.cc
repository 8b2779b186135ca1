#include "http/secret_header.h"

#include <gtest/gtest.h>

namespace graphmock::http {
namespace {

TEST(SecretHeader, IsOneByItsKind) {
  for (const std::string_view name : {"Authorization",
                                      "Proxy-Authorization",
                                      "X-Forwarded-Authorization",
                                      "Cookie",
                                      "Set-Cookie",
                                      "X-Api-Key",
                                      "x-apikey",
                                      "API_KEY",
                                      "Ocp-Apim-Subscription-Key",
                                      "x-functions-key",
                                      "X-Auth-User",
                                      "X-Authenticated-User",
                                      "x-ms-token-aad-access-token",
                                      "Token",
                                      "X-Token",
                                      "X-CSRF-Token",
                                      "X-XSRF-TOKEN",
                                      "x-amz-security-token",
                                      "PRIVATE-TOKEN",
                                      "AccessToken",
                                      "X_Session_Token",
                                      "Client-Secret",
                                      "clientSecret",
                                      "X-Password",
                                      "X-User-Password-Hash",
                                      "X-MS-Client-Principal",
                                      "X-MS-CLIENT-PRINCIPAL-NAME",
                                      "X-MS-Client-Principal-Idp",
                                      "Client-Assertion",
                                      "X-Credentials",
                                      "x.api.key"}) {
    EXPECT_TRUE(is_secret_header(name)) << name;
  }
  for (const std::string_view name : {"Accept",
                                      "Content-Type",
                                      "Host",
                                      "Prefer",
                                      "ConsistencyLevel",
                                      "If-Match",
                                      "User-Agent",
                                      "client-request-id",
                                      "workbook-session-id",
                                      "WWW-Authenticate",
                                      "Proxy-Authenticate",
                                      "X-Tokens-Left",
                                      "Location",
                                      "Referer",
                                      "Origin",
                                      "Tok",
                                      "T",
                                      "",
                                      "au",
                                      "-"}) {
    EXPECT_FALSE(is_secret_header(name)) << name;
  }
}

TEST(SecretParameter, IsOneByItsKind) {
  for (const std::string_view name : {"access_token",
                                      "accessToken",
                                      "ACCESS_TOKEN",
                                      "access%5Ftoken",
                                      "access%5ftoken",
                                      "token",
                                      "id_token",
                                      "idtoken",
                                      "refresh_token",
                                      "client_secret",
                                      "client_assertion",
                                      "assertion",
                                      "password",
                                      "code",
                                      "sig",
                                      "api-key",
                                      "apikey",
                                      "subscription-key",
                                      "auth",
                                      "X-Auth-Token",
                                      "%zz",
                                      "+token"}) {
    EXPECT_TRUE(is_secret_parameter(name)) << name;
  }
  for (const std::string_view name :
       {"$skiptoken", "$skipToken", "%24skipToken", "$deltatoken", "$deltaToken", "skiptoken",
        "$filter", "$search", "startDateTime", "client_id", "scope", "grant_type", "zipcode",
        "signal", "", "username"}) {
    EXPECT_FALSE(is_secret_parameter(name)) << name;
  }
}

TEST(SecretMember, IsOneByTheEndOfItsName) {
  for (const std::string_view name :
       {"password", "newPassword", "currentPassword", "clientSecret", "secretText", "accessToken",
        "refresh_token", "token", "Set-Cookie", "Authorization", "x-api-key"}) {
    EXPECT_TRUE(is_secret_member(name)) << name;
  }
  for (const std::string_view name :
       {"passwordPolicies", "forceChangePasswordNextSignIn", "authenticationMethods", "author",
        "code", "@odata.nextLink", "secretsCount", "tokenLifetime", ""}) {
    EXPECT_FALSE(is_secret_member(name)) << name;
  }
}

TEST(MaskedUrl, LeavesNothingOfASecret) {
  const std::pair<std::string_view, std::string_view> kRows[] = {
      {"/v1.0/me", "/v1.0/me"},
      {"/v1.0/me?", "/v1.0/me?"},
      {"/v1.0/me?$select=id", "/v1.0/me?$select=id"},
      {"/v1.0/me?access_token=a", "/v1.0/me?access_token=***"},
      {"/a?x=1&access_token=a=b&y=2", "/a?x=1&access_token=***&y=2"},
      {"/a?access%5Ftoken=a", "/a?access%5Ftoken=***"},
      {"/a?access_token=a?b&y=2", "/a?access_token=***&y=2"},
      {"/a?access_token", "/a?access_token"},
      {"/a?x=1&&code=c&", "/a?x=1&&code=***&"},
      {"/a?x=1?code=c", "/a?x=1?code=***"},
      {"/a#id_token=t&state=s", "/a#id_token=***&state=s"},
      {"/a?x#code=c", "/a?x#code=***"},
      {"http://h/cb?code=c&state=s", "http://h/cb?code=***&state=s"},
      {"/a?$skiptoken=t", "/a?$skiptoken=t"},
      {"/a?%=s", "/a?%=***"}};
  for (const auto& [url, expected] : kRows) EXPECT_EQ(masked_url(url), expected);
}

TEST(MaskedForm, LeavesNothingOfASecret) {
  EXPECT_EQ(masked_form("grant_type=password&username=u&password=p&client_secret=s"),
            "grant_type=password&username=u&password=***&client_secret=***");
  EXPECT_EQ(masked_form("code=c"), "code=***");
  EXPECT_EQ(masked_form(""), "");
}

TEST(Masked, KeepsTheScheme) {
  EXPECT_EQ(masked("Bearer abc"), "Bearer ***");
  EXPECT_EQ(masked("basic abc"), "basic ***");
  EXPECT_EQ(masked("abc def"), "***");
  EXPECT_EQ(masked("Bearer"), "Bearer ***");
}

}  // namespace
}  // namespace graphmock::http
