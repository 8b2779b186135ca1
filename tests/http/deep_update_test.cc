// A collection that a PATCH has of what its entity contains is all of it (PRO 11.4.3.1): what it
// leaves out goes.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

// A policy takes its rules in an update, as the service's own does.
constexpr std::string_view kPolicies = R"xml(
<EntityType Name="unifiedRoleManagementPolicyRule">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="target" Type="Edm.String"/>
</EntityType>
<EntityType Name="unifiedRoleManagementPolicy">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="displayName" Type="Edm.String"/>
  <NavigationProperty Name="rules" Type="Collection(graph.unifiedRoleManagementPolicyRule)"
                      ContainsTarget="true"/>
</EntityType>
<EntityContainer Name="Container">
  <EntitySet Name="policies" EntityType="graph.unifiedRoleManagementPolicy"/>
</EntityContainer>
)xml";

class DeepUpdate : public testing::Test {
 protected:
  void SetUp() override {
    EXPECT_EQ(server_
                  .send("PUT", "/__admin/state/v1.0/policies/p",
                        R"({"displayName":"P","rules":[{"id":"a","target":"A"},)"
                        R"({"id":"b","target":"B"},{"id":"c","target":"C"}]})")
                  .status,
              201);
  }
  std::string rules() {
    std::string text;
    const auto body = support::json_of(server_.get("/v1.0/policies/p/rules"));
    for (const auto& one : body.at("value").as_array()) {
      const auto& target = one.at("target");
      text += std::string(one.at("id").as_string()) + "=" +
              (target.is_string() ? std::string(target.as_string()) : "") + " ";
    }
    return text;
  }
  void patch(std::string_view body) {
    const auto response = server_.send("PATCH", "/v1.0/policies/p", body);
    EXPECT_EQ(response.status, 200) << response.body;
  }

  TestServer server_{support::small_world(kPolicies)};
};

TEST_F(DeepUpdate, RemovesWhatItLeavesOut) {
  patch(R"({"rules":[{"id":"c","target":"C2"},{"id":"a"}]})");
  EXPECT_EQ(rules(), "a=A c=C2 ");
  EXPECT_EQ(server_.get("/v1.0/policies/p/rules/b").status, 404);
}

TEST_F(DeepUpdate, KeepsWhatItNames) {
  patch(R"({"rules":[{"id":"b"},{"id":"d","target":"D"},{"id":"a","target":"A2"},{"id":"c"}]})");
  EXPECT_EQ(rules(), "a=A2 b=B c=C d=D ");
}

TEST_F(DeepUpdate, RemovesAllWhereThereIsNone) {
  patch(R"({"rules":[]})");
  EXPECT_EQ(rules(), "");
}

TEST_F(DeepUpdate, LeavesAloneWhatItDoesNotSpeakOf) {
  patch(R"({"displayName":"Q"})");
  EXPECT_EQ(rules(), "a=A b=B c=C ");
}

}  // namespace
}  // namespace graphmock
