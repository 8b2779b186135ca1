#include "auth/token_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace graphmock::auth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TokenClaims claims_of_header(const std::string& header) {
  http::Request request;
  request.headers.add("Authorization", header);
  return *claims_of(request);
}

TokenClaims claims(std::string_view payload) {
  return claims_of_header("Bearer x." + base::base64url_encode(payload) + ".y");
}

TEST(TokenClaims, AreThoseOfAUser) {
  const auto read =
      claims(R"({"tid":"t","oid":"u","appid":"a","aud":"r","scp":"User.Read Mail.Read",
                               "nbf":1,"exp":2})");
  EXPECT_EQ(read.tenant, "t");
  EXPECT_EQ(read.user, "u");
  EXPECT_EQ(read.app, "a");
  EXPECT_TRUE(read.is_delegated);
  EXPECT_THAT(read.permissions, ElementsAre("User.Read", "Mail.Read"));
}

TEST(TokenClaims, AreThoseOfAnApplication) {
  const auto read = claims(R"({"oid":"p","azp":"a","idtyp":"app","roles":["User.Read.All"]})");
  EXPECT_EQ(read.user, "");
  EXPECT_EQ(read.app, "a");
  EXPECT_FALSE(read.is_delegated);
  EXPECT_THAT(read.permissions, ElementsAre("User.Read.All"));
}

TEST(TokenClaims, AreAnApplicationsOwnWithoutAScope) {
  EXPECT_EQ(claims(R"({"oid":"p","roles":[]})").user, "");
  EXPECT_EQ(claims(R"({"oid":"u","roles":[],"scp":""})").user, "u");
  EXPECT_EQ(claims(R"({"oid":"u","roles":[],"idtyp":"user"})").user, "u");
  EXPECT_EQ(claims(R"({"oid":"u"})").user, "u");
}

TEST(TokenClaims, AreNoneOfWhatIsNoJwt) {
  for (const std::string header :
       {"", "Bearer", "Bearer x", "Bearer x.y", "Bearer x.y.z", "Basic x.eyJ0aWQiOiJ0In0.z",
        "Bearer x.W10.z", "Bearer x.MQ.z"}) {
    EXPECT_EQ(claims_of_header(header).tenant, "") << header;
  }
}

TEST(TokenClaims, AreEmptyWhereTheyAreOfAnotherKind) {
  const auto read = claims(R"({"tid":1,"oid":{},"roles":"x","exp":"2","nbf":1.5,"aud":["r"]})");
  EXPECT_EQ(read.tenant, "");
  EXPECT_EQ(read.user, "");
  EXPECT_THAT(read.permissions, IsEmpty());
}

TEST(TokenClaims, AreThoseOfTheRequestAtHand) {
  EXPECT_EQ(claims(R"({"tid":"one"})").tenant, "one");
  EXPECT_EQ(claims(R"({"tid":"two"})").tenant, "two");
  EXPECT_EQ(claims_of(http::Request())->tenant, "");
}

}  // namespace
}  // namespace graphmock::auth
