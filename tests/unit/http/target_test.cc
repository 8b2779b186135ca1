#include "http/target.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "support/test_name.h"

namespace graphmock::http {
namespace {

std::string_view name_of(Plane plane) {
  switch (plane) {
    case Plane::Graph:
      return "graph";
    case Plane::Control:
      return "control";
    case Plane::Tokens:
      return "tokens";
  }
  return "";
}

struct TargetRow {
  std::string_view name;
  std::string_view as_sent;
  std::string_view parts;  // "plane [tenant] root / segment / ... ? option=value & ..."
};

std::string parts_of(const Target& target) {
  std::string text(name_of(target.plane()));
  if (target.has_tenant()) text += " [" + target.tenant() + "]";
  text += " " + target.root();
  for (const auto& segment : target.segments()) text += " / " + segment;
  for (const auto& [name, value] : target.options()) text += " ? " + name + "=" + value;
  return text;
}

class TakenApart : public testing::TestWithParam<TargetRow> {};

TEST_P(TakenApart, IntoItsParts) {
  const auto target = Target::read(GetParam().as_sent);
  EXPECT_EQ(parts_of(target), GetParam().parts);
  EXPECT_FALSE(target.error());
  EXPECT_EQ(target.as_sent(), GetParam().as_sent);
}

constexpr TargetRow kTargets[] = {
    {"Nothing", "/", "graph "},
    {"Star", "*", "graph *"},
    {"Graph", "/v1.0/users/a%2Fb?$top=1", "graph v1.0 / users / a/b ? $top=1"},
    {"OfATenant", "/t/one/v1.0/me", "graph [one] v1.0 / me"},
    {"OfATenantAlone", "/t/one", "graph [one] "},
    {"OfATenantWithOptionsAlone", "/t/one?x", "graph [one]  ? x="},
    {"OfATenantWithoutName", "/t//v1.0/me", "graph [] v1.0 / me"},
    {"Doubled", "//t/one/v1.0", "graph t / one / v1.0"},
    {"PrefixTwice", "/t/one/t/two/v1.0", "graph [one] t / two / v1.0"},
    {"Control", "/__admin", "control __admin"},
    {"ControlBelow", "/__admin/state?x=1", "control __admin / state ? x=1"},
    {"ControlOfATenant", "/t/one/__admin/state", "control [one] __admin / state"},
    {"ControlEncoded", "/%5F_admin/state", "control __admin / state"},
    {"ControlDoubled", "//__admin//state", "control __admin / state"},
    {"NearlyControl", "/__administration", "graph __administration"},
    {"ControlInAnOption", "/v1.0?/__admin", "graph v1.0 ? /__admin="},
    {"ControlInAFragment", "/v1.0#/__admin", "graph v1.0"},
    {"Tokens", "/contoso/oauth2/v2.0/token", "tokens contoso / oauth2 / v2.0 / token"},
    {"TokensOfATenant", "/t/one/common/discovery/keys", "tokens [one] common / discovery / keys"},
    {"TokensInAnyCase", "/x/OAuth2/token", "tokens x / OAuth2 / token"},
    {"TokensMetadata", "/x/v2.0/.well-known/openid-configuration",
     "tokens x / v2.0 / .well-known / openid-configuration"},
    {"TokensWithoutTenant", "//oauth2/token", "graph oauth2 / token"},
    {"TokensWithoutEndpoint", "/x/oauth2", "graph x / oauth2"},
    {"TokensBehindAFragment", "/#/oauth2/", "graph "},
    {"TokensWithinAFragment", "/#x/discovery/keys", "graph "},
    {"TokensBehindAFragmentOfATenant", "/t/x/#/oauth2/", "graph [x] "},
    {"TokensBehindAnEncodedFragment", "/%23/oauth2/token", "tokens # / oauth2 / token"},
    {"TokensBehindOptions", "/?/oauth2/token", "graph  ? /oauth2/token="},
    {"NoTokensOfGraph", "/v1.0/oauth2PermissionGrants/x",
     "graph v1.0 / oauth2PermissionGrants / x"},
    {"Fragment", "/v1.0/me#x?y", "graph v1.0 / me"},
    {"FragmentOfATenant", "/t/x#y/v1.0", "graph [x] "},
    {"Absolute", "http://h/t/x/v1.0/me", "graph [x] v1.0 / me"},
};

INSTANTIATE_TEST_SUITE_P(Target, TakenApart, testing::ValuesIn(kTargets), support::RowName());

class Malformed : public testing::TestWithParam<TargetRow> {};

TEST_P(Malformed, IsToldAndStillHasItsPlane) {
  const auto target = Target::read(GetParam().as_sent);
  EXPECT_EQ(name_of(target.plane()), GetParam().parts);
  ASSERT_TRUE(target.error());
  EXPECT_EQ(target.error()->status, 400);
  EXPECT_TRUE(base::is_valid_utf8(target.as_sent()));
}

constexpr TargetRow kMalformed[] = {
    {"Segment", "/v1.0/%zz", "graph"},
    {"Root", "/%/users", "graph"},
    {"Option", "/v1.0/users?a=%", "graph"},
    {"Tenant", "/t/%/v1.0", "graph"},
    {"TenantOfBytes", "/t/\xFF/v1.0", "graph"},
    {"ControlSegment", "/__admin/%FF", "control"},
    {"ControlOption", "/__admin/state?%", "control"},
    {"TokensSegment", "/x/oauth2/%", "tokens"},
    {"TokensOption", "/x/oauth2/authorize?a=%E2%82", "tokens"},
    {"Bytes", "/v1.0/f\xFCr", "graph"},
    {"Nul", "/v1.0/a%00", "graph"},
};

INSTANTIATE_TEST_SUITE_P(Target, Malformed, testing::ValuesIn(kMalformed), support::RowName());

TEST(Target, ShowsBytesThatAreNoTextEscaped) {
  EXPECT_EQ(Target::read("/v1.0/f\xFCr?\xC3\xBC").as_sent(), "/v1.0/f%FCr?%C3%BC");
  EXPECT_EQ(Target::read("/v1.0/f\xC3\xBCr").as_sent(), "/v1.0/f\xC3\xBCr");
}

TEST(Target, WithTooManySegmentsKeepsItsPlane) {
  std::string path = "/__admin";
  for (size_t i = 0; i < kMaxSegments; ++i) path += "/a";
  const auto target = Target::read(path);
  EXPECT_EQ(target.plane(), Plane::Control);
  ASSERT_TRUE(target.error());
  EXPECT_NE(target.error()->message.find("100"), std::string::npos);
}

// Whoever is handed it may index and show what there is.
TEST(Target, StandsAnyBytes) {
  static constexpr std::string_view kPieces = "/?#&=%t__admino2\xC3\xA9\xFF:.";
  std::mt19937 random(7);
  int whole = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string as_sent = "/";
    for (auto length = random() % 24; length > 0; --length) {
      as_sent += kPieces[random() % kPieces.size()];
    }
    const auto target = Target::read(as_sent);
    ASSERT_TRUE(base::is_valid_utf8(parts_of(target))) << as_sent;
    ASSERT_TRUE(base::is_valid_utf8(target.as_sent())) << as_sent;
    ASSERT_TRUE(target.error() || base::is_valid_utf8(target.prefix())) << as_sent;
    ASSERT_TRUE(target.plane() != Plane::Tokens || target.segments().size() >= 2) << as_sent;
    whole += !target.error();
  }
  EXPECT_GT(whole, 100);
}

}  // namespace
}  // namespace graphmock::http
