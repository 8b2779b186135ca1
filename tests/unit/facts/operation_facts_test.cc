#include <gtest/gtest.h>

#include <string>

#include "facts/type_facts.h"
#include "support/small_service.h"

namespace graphmock::facts {
namespace {

// A few of the service's operations, as its models declare them.
const model::Model& service() {
  static const auto kModel = support::read_model("v1.0", support::csdl(R"xml(
    <EntityType Name="entity"><Key><PropertyRef Name="id"/></Key>
      <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
    <EntityType Name="attachment" BaseType="graph.entity"/>
    <EntityType Name="authenticationMethod" BaseType="graph.entity"/>
    <EntityType Name="phoneAuthenticationMethod" BaseType="graph.authenticationMethod"/>
    <EntityType Name="educationSubmission" BaseType="graph.entity"/>
    <EntityType Name="message" BaseType="graph.entity"/>
    <EntityType Name="eventMessage" BaseType="graph.message"/>
    <EntityType Name="onenotePage" BaseType="graph.entity"/>
    <EntityType Name="organizationalBrandingProperties" BaseType="graph.entity"/>
    <EntityType Name="organizationalBranding" BaseType="graph.organizationalBrandingProperties"/>
    <EntityType Name="featureRolloutPolicy" BaseType="graph.entity"/>
    <Action Name="createUploadSession" IsBound="true">
      <Parameter Name="bindingParameter" Type="Collection(graph.attachment)"/>
      <ReturnType Type="Edm.String"/></Action>
    <Action Name="disableSmsSignIn" IsBound="true">
      <Parameter Name="bindingParameter" Type="graph.phoneAuthenticationMethod"/></Action>
    <Action Name="submit" IsBound="true">
      <Parameter Name="bindingParameter" Type="graph.educationSubmission"/></Action>
    <Action Name="unsubmit" IsBound="true">
      <Parameter Name="bindingParameter" Type="graph.educationSubmission"/>
      <ReturnType Type="graph.educationSubmission"/></Action>
    <Action Name="send" IsBound="true">
      <Parameter Name="bindingParameter" Type="graph.message"/></Action>
    <Action Name="copy" IsBound="true">
      <Parameter Name="bindingParameter" Type="graph.message"/>
      <ReturnType Type="graph.message"/></Action>)xml"));
  return *kModel;
}

const model::StructuredType& type_named(const std::string& name) {
  return *service().structured_type("microsoft.graph." + name);
}

int status_of(const std::string& type, std::string_view name, bool is_collection = false) {
  const auto* operation = service().bound_operation(name, type_named(type), is_collection);
  EXPECT_NE(operation, nullptr) << name;
  return operation && operation->facts ? operation->facts->status : 0;
}

TEST(OperationFacts, GoByBindingAndName) {
  EXPECT_EQ(status_of("message", "send"), 202);
  EXPECT_EQ(status_of("message", "copy"), 0);
  EXPECT_EQ(status_of("eventMessage", "send"), 202);  // message's
  EXPECT_EQ(status_of("attachment", "createUploadSession", true), 201);
}

TEST(OperationFacts, OfAnAncestorHoldForWhatIsBoundToADerivedType) {
  EXPECT_EQ(status_of("phoneAuthenticationMethod", "disableSmsSignIn"), 200);
}

TEST(OperationFacts, TellApartWhatReturnsSomethingAndWhatDoesNot) {
  EXPECT_EQ(status_of("educationSubmission", "unsubmit"), 204);
  EXPECT_EQ(status_of("educationSubmission", "submit"), 0);  // 204 is of the one with a result
}

TEST(OperationFacts, OfProperties) {
  const auto& page = type_named("onenotePage");
  EXPECT_EQ(documented_status(facts_of(page).property_statuses, "content", "PATCH"), 204);
  EXPECT_EQ(documented_status(facts_of(page).property_statuses, "content", "GET"), 0);
  EXPECT_EQ(documented_status(facts_of(page).property_statuses, "title", "PATCH"), 0);
  const auto& derived = type_named("organizationalBranding");
  EXPECT_EQ(documented_status(facts_of(derived).property_statuses, "bannerLogo", "PATCH"), 204);
}

TEST(OperationFacts, OfReferences) {
  const auto& policy = type_named("featureRolloutPolicy");
  EXPECT_EQ(documented_status(facts_of(policy).reference_statuses, "appliesTo", "POST"), 201);
  EXPECT_EQ(documented_status(facts_of(policy).reference_statuses, "appliesTo", "DELETE"), 0);
  EXPECT_EQ(
      documented_status(facts_of(type_named("message")).reference_statuses, "appliesTo", "POST"),
      0);
}

}  // namespace
}  // namespace graphmock::facts
