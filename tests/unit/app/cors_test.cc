#include "app/cors.h"

#include <gtest/gtest.h>

namespace graphmock::app {
namespace {

http::Request request_of(std::string_view method, bool has_origin, bool names_method) {
  http::Request request;
  request.method = method;
  request.target = http::Target::read("/v1.0/me");
  if (has_origin) request.headers.add("Origin", "https://example.com");
  if (names_method) request.headers.add("Access-Control-Request-Method", "PATCH");
  return request;
}

TEST(Cors, KnowsAPreflightByMethodOriginAndTheMethodAskedFor) {
  EXPECT_TRUE(is_preflight(request_of("OPTIONS", true, true)));
  EXPECT_FALSE(is_preflight(request_of("GET", true, true)));
  EXPECT_FALSE(is_preflight(request_of("OPTIONS", false, true)));
  EXPECT_FALSE(is_preflight(request_of("OPTIONS", true, false)));
}

TEST(Cors, AllowsTheHeadersThatAreAskedFor) {
  auto request = request_of("OPTIONS", true, true);
  EXPECT_EQ(preflight_answer(request).header("Access-Control-Allow-Headers"), std::nullopt);
  request.headers.add("Access-Control-Request-Headers", "authorization,content-type");
  const auto response = preflight_answer(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(response.header("Access-Control-Allow-Headers"), "authorization,content-type");
  EXPECT_EQ(response.header("Access-Control-Allow-Methods"),
            "DELETE, GET, OPTIONS, POST, PUT, PATCH");
}

TEST(Cors, SharesAnAnswerWithAPageAlone) {
  http::Response response;
  share_with_pages(request_of("GET", false, false), response);
  EXPECT_TRUE(response.headers.empty());
  share_with_pages(request_of("GET", true, false), response);
  EXPECT_EQ(response.header("Access-Control-Allow-Origin"), "*");
  EXPECT_NE(response.header("Access-Control-Expose-Headers").value_or("").find("Retry-After"),
            std::string_view::npos);
}

TEST(Cors, LeavesWhatAScenarioSays) {
  http::Response response;
  response.set_header("access-control-allow-origin", "https://other.example");
  share_with_pages(request_of("GET", true, false), response);
  EXPECT_EQ(std::distance(response.headers.begin(), response.headers.end()), 1);
}

}  // namespace
}  // namespace graphmock::app
