// The table of claims is in tests/http/token_claims_test.cc.
#include "auth/access_token.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace graphmock::auth {
namespace {

namespace json = boost::json;

const SigningKey& key() {
  static const SigningKey one;
  return one;
}

json::object claims() {
  return {{"aud", "https://graph.microsoft.com"},
          {"iss", "https://sts.windows.net/t/"},
          {"nbf", 1},
          {"exp", 2},
          {"ver", "1.0"},
          {"tid", "t"},
          {"appid", "a"},
          {"oid", "o"},
          {"sub", "o"},
          {"roles", json::array()}};
}

TEST(AccessToken, SaysForWhomAndWhenItIsGood) {
  const auto read = read_access_token(key().sign(claims()), key());
  EXPECT_EQ(read.problem, "");
  EXPECT_EQ(read.tenant, "t");
  EXPECT_EQ(read.not_before, 1);
  EXPECT_EQ(read.expires, 2);
}

TEST(AccessToken, IsGoodFromTheBeginningUnlessItSaysFromWhen) {
  auto always = claims();
  always.erase("nbf");
  EXPECT_LT(read_access_token(key().sign(always), key()).not_before, 0);
}

TEST(AccessToken, IsNoTicketWithTheSameClaims) {
  EXPECT_NE(read_access_token(key().sign(claims(), kTicketType), key()).problem, "");
}

TEST(AccessToken, NamesWhatIsWrong) {
  auto wrong = claims();
  wrong["appid"] = 1;
  EXPECT_EQ(read_access_token(key().sign(wrong), key()).problem,
            "Access token validation failure. The claim 'appid' is missing or is no text.");
}

TEST(AccessToken, IsForGraphUnderAnyOfItsNames) {
  for (const auto* name : {"https://graph.microsoft.com", "https://graph.microsoft.com/",
                           "HTTPS://Graph.Microsoft.Com", "https://graph.microsoft.us",
                           "https://dod-graph.microsoft.us", "00000003-0000-0000-C000-000000000000",
                           "https://microsoftgraph.chinacloudapi.cn"}) {
    EXPECT_TRUE(is_graph(name)) << name;
  }
  for (const auto* name : {"", "/", "graph.microsoft.com", "https://graph.microsoft.com//",
                           "https://graph.microsoft.com/v1.0", "https://graph.microsoft.com.a.b"}) {
    EXPECT_FALSE(is_graph(name)) << name;
  }
}

}  // namespace
}  // namespace graphmock::auth
