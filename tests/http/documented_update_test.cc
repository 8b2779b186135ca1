// The case that graphmock was started for: "Update credentialUserRegistrationCount" of the Graph
// beta reference, word for word.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kAddress =
    "/beta/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532";

constexpr std::string_view kDocumentedBody = R"({
  "@odata.type": "#microsoft.graph.credentialUserRegistrationCount",
  "totalUserCount": 14,
  "userRegistrationCounts": [
    {
      "@odata.type": "microsoft.graph.userRegistrationCount",
      "registrationStatus": "String",
      "registrationCount": 1
    }
  ]
})";

support::RawResponse documented_update(const TestServer& server) {
  return server.send("PATCH", kAddress, kDocumentedBody,
                     {{"Authorization", "Bearer {token}"}, {"Content-type", "application/json"}});
}

TEST(DocumentedUpdate, AnswersAsDocumented) {
  const TestServer server;
  const auto response = documented_update(server);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Content-Type"),
            "application/json;odata.metadata=minimal;odata.streaming=true;"
            "IEEE754Compatible=false;charset=utf-8");
  EXPECT_EQ(
      response.body,
      R"({"@odata.context":")" + server.origin() +
          R"(/beta/$metadata#reports/credentialUserRegistrationCounts/$entity",)"
          R"("@odata.type":"#microsoft.graph.credentialUserRegistrationCount",)"
          R"("id":"32a539a1-39a1-32a5-a139-a532a139a532",)"
          R"("totalUserCount":14,)"
          R"("userRegistrationCounts":[{"@odata.type":"microsoft.graph.userRegistrationCount",)"
          R"("registrationStatus":"String","registrationCount":1}]})");
}

TEST(DocumentedUpdate, IsSeenByLaterReadsUntilAReset) {
  const TestServer server;
  EXPECT_EQ(at(server.get(kAddress), "/totalUserCount"), "25");
  documented_update(server);
  EXPECT_EQ(at(server.get(kAddress), "/totalUserCount"), "14");
  EXPECT_EQ(server.send("POST", "/__admin/reset").status, 204);
  EXPECT_EQ(at(server.get(kAddress), "/totalUserCount"), "25");
}

TEST(DocumentedUpdate, TakesTheNestedTypeWithAHashToo) {
  const TestServer server;
  const auto response = server.send(
      "PATCH", kAddress,
      R"({"userRegistrationCounts": [{"@odata.type": "#microsoft.graph.userRegistrationCount",)"
      R"("registrationStatus": "capable", "registrationCount": 1}]})");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/userRegistrationCounts/0/@odata.type"),
            R"("#microsoft.graph.userRegistrationCount")");
}

TEST(DocumentedUpdate, WantsDeclaredMembersWhenEnumsAreStrict) {
  auto options = support::shipped_options();
  options.enums = model::EnumRule::Strict;
  const TestServer server(options);
  const auto response = documented_update(server);
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(at(response, "/error/message").find("registrationStatus"), std::string::npos);
  EXPECT_EQ(at(server.get(kAddress), "/totalUserCount"), "25");
}

TEST(DocumentedUpdate, ShowsInTheFunctionThatReadsTheSameEntities) {
  const TestServer server;
  documented_update(server);
  const auto response = server.get("/beta/reports/getCredentialUserRegistrationCount");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() +
                "/beta/$metadata#Collection(microsoft.graph.credentialUserRegistrationCount)\"");
  EXPECT_EQ(at(response, "/value/0/id"), R"("32a539a1-39a1-32a5-a139-a532a139a532")");
  EXPECT_EQ(at(response, "/value/0/totalUserCount"), "14");
}

TEST(DocumentedUpdate, HasItsAddressOnlyWhereTheModelHasTheType) {
  const TestServer server;
  const auto response = server.get(
      "/v1.0/reports/credentialUserRegistrationCounts/32a539a1-39a1-32a5-a139-a532a139a532");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/message"),
            R"("Resource not found for the segment 'credentialUserRegistrationCounts'.")");
}

TEST(DocumentedUpdate, WorksUnderTheServicesOwnModels) {
  const std::filesystem::path data = GRAPHMOCK_TEST_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << "the service's CSDL is not here";
  auto options = support::shipped_options();
  options.metadata = {{"v1.0", data / "v1.0.csdl.xml"}, {"beta", data / "beta.csdl.xml"}};
  const TestServer server(options);
  const auto response = documented_update(server);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/totalUserCount"), "14");
}

}  // namespace
}  // namespace graphmock
