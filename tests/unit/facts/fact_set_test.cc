#include "facts/fact_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/fact_reader.h"
#include "support/project_data.h"
#include "support/small_service.h"
#include "support/temporary_folder.h"

namespace graphmock::facts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kTypes = R"xml(
  <EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
    <Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="name" Type="Edm.String"/>
    <Property Name="made" Type="Edm.String">
      <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property></EntityType>
  <EntityType Name="gadget" BaseType="graph.thing"/>
  <Action Name="turn" IsBound="true">
    <Parameter Name="bindingParameter" Type="graph.thing"/></Action>)xml";

class Facts : public testing::Test {
 protected:
  void SetUp() override { models_.add(support::read_model("v1.0", support::csdl(kTypes))); }

  void say(std::string_view text) {
    base::LoadErrors errors;
    set_.add(read_facts("f" + std::to_string(++count_) + ".json", text, errors));
    for (const auto& error : errors) ADD_FAILURE() << error.text();
  }
  const TypeFacts& of(const char* type) {
    set_.join(*models_.all()[0]);
    return facts_of(*models_.structured_type(type));
  }
  std::vector<std::string> contradictions(size_t first = 0, bool is_whole = true) {
    std::vector<std::string> all;
    for (const auto& one : set_.contradictions(models_, first, is_whole)) all.push_back(one.text());
    return all;
  }

  model::Models models_;
  FactSet set_;
  int count_ = 0;
};

TEST_F(Facts, ALaterFileSaysMoreAndOtherThings) {
  say(R"({"types": {"thing": {"statuses": {"PATCH": 204, "PUT": 204}, "required": ["name"],
                              "defaults": {"name": "a"}, "isRecycled": true}}})");
  say(R"({"types": {"thing": {"statuses": {"PATCH": 202}, "required": [],
                              "defaults": {"name": "b"}, "isRecycled": false}}})");
  const auto& facts = of("microsoft.graph.thing");
  EXPECT_EQ(facts.update, 202);
  EXPECT_EQ(facts.replace, 204);
  EXPECT_THAT(facts.required, IsEmpty());
  ASSERT_EQ(facts.defaults.size(), 1u);
  EXPECT_EQ(facts.defaults[0].json, "\"b\"");
  EXPECT_FALSE(facts.is_recycled);
}

TEST_F(Facts, OfADerivedTypeComeBeforeItsAncestorsWhateverTheFile) {
  say(R"({"types": {"gadget": {"statuses": {"PATCH": 202}}}})");
  say(R"({"types": {"thing": {"statuses": {"PATCH": 204, "DELETE": 202, "POST": 200}}}})");
  EXPECT_EQ(of("microsoft.graph.gadget").update, 202);
  EXPECT_EQ(of("microsoft.graph.gadget").remove, 202);
  EXPECT_EQ(of("microsoft.graph.gadget").create, 0) << "creation is not inherited";
  EXPECT_EQ(of("microsoft.graph.thing").create, 200);
}

TEST_F(Facts, OfAnOperationAreJoinedToIt) {
  say(R"({"operations": {"thing/turn": {"withoutResult": 202, "withResult": 201}}})");
  set_.join(*models_.all()[0]);
  const auto& gadget = *models_.structured_type("microsoft.graph.gadget");
  const auto* turn = models_.all()[0]->bound_operation("turn", gadget, false);
  ASSERT_TRUE(turn && turn->facts);
  EXPECT_EQ(turn->facts->status, 202);
}

TEST_F(Facts, ThatContradictTheModelAreToldWithTheirLine) {
  say("{\"types\": {\n\"thing\": {\"unique\": [\"nam\"],\n\"required\": [\"made\"]},\n"
      "\"thingy\": {\"hasETag\": true}},\n\"operations\": {\"thing/turn\": {\"withResult\": 200},\n"
      "\"thing/burn\": {\"withResult\": 200}}}");
  EXPECT_THAT(contradictions(),
              ElementsAre(HasSubstr("f1.json:2: 'microsoft.graph.thing' has no 'nam'"),
                          HasSubstr("f1.json:3: 'made' is computed"),
                          HasSubstr("f1.json:4: no model has a type 'microsoft.graph.thingy'"),
                          HasSubstr("f1.json:6: no model has an operation")));
  EXPECT_EQ(contradictions(0, false).size(), 2u) << "the rest of the service is elsewhere";
  EXPECT_THAT(contradictions(1), IsEmpty());
}

TEST_F(Facts, LoadAFolderInTheOrderOfItsNames) {
  const support::TemporaryFolder folder;
  folder.write("b.json", R"({"types": {"thing": {"statuses": {"PATCH": 202}}}})");
  folder.write("a.json", R"({"types": {"thing": {"statuses": {"PATCH": 204}}}})");
  folder.write("c.txt", "nothing of this kind");
  base::LoadErrors errors;
  set_.load(folder.path(), errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(set_.file_count(), 2u);
  EXPECT_EQ(of("microsoft.graph.thing").update, 202);
  set_.load(folder.path() / "no.json", errors);
  EXPECT_EQ(errors.size(), 1u);
}

// A name that is misspelt would never be met.
TEST(ShippedFacts, AreOfTheShippedModels) {
  base::LoadErrors errors;
  const auto models = support::load_shipped_models(errors);
  EXPECT_GT(support::shipped_facts().size(), 400u);
  for (const auto& one : support::shipped_facts().contradictions(models, 0, false)) {
    ADD_FAILURE() << one.text();
  }
}

TEST(ShippedFacts, AreOfTheServicesOwnModels) {
  const auto folder = support::full_models_folder();
  if (!folder) GTEST_SKIP() << "no CSDL of the service";
  base::LoadErrors errors;
  const auto models = support::load_full_models(*folder, errors);
  for (const auto& one : support::shipped_facts().contradictions(models, 0, true)) {
    ADD_FAILURE() << one.text();
  }
}

}  // namespace
}  // namespace graphmock::facts
