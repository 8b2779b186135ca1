#include "app/lanes.h"

#include <gtest/gtest.h>

namespace graphmock::app {
namespace {

using http::Lane;

Lane lane_of_target(std::string_view target) {
  http::Request request;
  request.method = "GET";
  request.target = http::Target::read(target);
  return lane_of(request);
}

TEST(Lanes, TheControlPlaneIsUrgentAndHealthMostOfAll) {
  EXPECT_EQ(lane_of_target("/__admin/health"), Lane::Health);
  EXPECT_EQ(lane_of_target("/__admin/health?x=1"), Lane::Health);
  EXPECT_EQ(lane_of_target("/__admin/state"), Lane::Control);
  EXPECT_EQ(lane_of_target("/__admin/health/more"), Lane::Control);
  EXPECT_EQ(lane_of_target("/__admin"), Lane::Control);
}

TEST(Lanes, AreSeenThroughATenantsPrefix) {
  EXPECT_EQ(lane_of_target("/t/other/__admin/health"), Lane::Health);
  EXPECT_EQ(lane_of_target("/t/other/__admin/reset"), Lane::Control);
  EXPECT_EQ(lane_of_target("/t/other/v1.0/me"), Lane::Ordinary);
}

TEST(Lanes, OfAllElseAreOrdinary) {
  EXPECT_EQ(lane_of_target("/v1.0/users"), Lane::Ordinary);
  EXPECT_EQ(lane_of_target("/v1.0/__admin/health"), Lane::Ordinary);
  EXPECT_EQ(lane_of_target("/common/oauth2/v2.0/token"), Lane::Ordinary);
  EXPECT_EQ(lane_of_target("/"), Lane::Ordinary);
  EXPECT_EQ(lane_of_target("/t/"), Lane::Ordinary);
}

}  // namespace
}  // namespace graphmock::app
