#include "model/csdl_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/small_service.h"
#include "support/temporary_folder.h"
#include "support/test_name.h"

namespace graphmock::model {
namespace {

using support::csdl;
using support::read_model;

std::vector<std::string> problems_of(std::string_view text) {
  base::LoadErrors errors;
  read_csdl("v1.0", "m.xml", text, errors);
  std::vector<std::string> problems;
  for (const auto& error : errors) problems.push_back(error.text());
  return problems;
}

constexpr std::string_view kEntity = R"xml(<EntityType Name="entity" Abstract="true">
<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
</EntityType>)xml";

TEST(CsdlReader, ReadsATypeWithItsMembers) {
  const auto model = read_model("v1.0", csdl(R"xml(
<EntityType Name="thing" HasStream="true">
  <Key><PropertyRef Name="a"/><PropertyRef Name="b"/></Key>
  <Property Name="b" Type="Edm.Int32" Nullable="false"/>
  <Property Name="a" Type="Edm.String" Nullable="false"/>
  <Property Name="list" Type="Collection(Edm.Guid)"/>
  <NavigationProperty Name="parts" Type="Collection(microsoft.graph.thing)" ContainsTarget="true"/>
  <NavigationProperty Name="owner" Type="graph.thing" Nullable="false"/>
</EntityType>)xml"));
  const auto* thing = model->structured_type("microsoft.graph.thing");
  ASSERT_NE(thing, nullptr);
  EXPECT_TRUE(thing->is_entity);
  EXPECT_TRUE(thing->has_stream);
  EXPECT_FALSE(thing->is_abstract);
  EXPECT_FALSE(thing->is_open);
  EXPECT_EQ(thing->key, (std::vector<std::string_view>{"a", "b"}));
  ASSERT_NE(thing->property("b"), nullptr);
  EXPECT_EQ(thing->property("b")->type.name(), "Edm.Int32");
  EXPECT_FALSE(thing->property("b")->is_nullable);
  EXPECT_EQ(thing->property("list")->type.name(), "Collection(Edm.Guid)");
  EXPECT_TRUE(thing->property("list")->is_nullable);
  EXPECT_EQ(thing->property("parts"), nullptr) << "a navigation is no property";
  const auto* parts = thing->navigation("parts");
  ASSERT_NE(parts, nullptr);
  EXPECT_TRUE(parts->is_collection);
  EXPECT_TRUE(parts->is_contained);
  EXPECT_FALSE(parts->is_added);
  EXPECT_EQ(parts->type, thing);
  const auto* owner = thing->navigation("owner");
  ASSERT_NE(owner, nullptr);
  EXPECT_FALSE(owner->is_collection);
  EXPECT_FALSE(owner->is_contained);
  EXPECT_FALSE(owner->is_nullable);
}

TEST(CsdlReader, KnowsComplexTypesFromEntityTypes) {
  const auto model = read_model("v1.0", csdl(R"xml(<ComplexType Name="c" OpenType="true"/>)xml"));
  const auto* type = model->structured_type("microsoft.graph.c");
  ASSERT_NE(type, nullptr);
  EXPECT_FALSE(type->is_entity);
  EXPECT_TRUE(type->is_open);
  EXPECT_TRUE(type->key.empty());
}

TEST(CsdlReader, InheritsKeyMembersAndOpennessOverSeveralSteps) {
  // The order of the document is against that of the inheritance.
  const auto model = read_model("v1.0", csdl(R"xml(
<EntityType Name="c" BaseType="graph.b"><Property Name="own" Type="Edm.String"/></EntityType>
<EntityType Name="b" BaseType="microsoft.graph.a"/>
<EntityType Name="a" BaseType="graph.entity" OpenType="true" HasStream="true">
  <NavigationProperty Name="near" Type="graph.c"/></EntityType>)xml" +
                                             std::string(kEntity)));
  const auto* c = model->structured_type("microsoft.graph.c");
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(c->key, (std::vector<std::string_view>{"id"}));
  EXPECT_TRUE(c->is_open);
  EXPECT_TRUE(c->has_stream);
  EXPECT_FALSE(c->is_abstract) << "abstractness is not inherited";
  EXPECT_NE(c->property("id"), nullptr);
  EXPECT_NE(c->property("own"), nullptr);
  EXPECT_NE(c->navigation("near"), nullptr);
  const auto* entity = model->structured_type("microsoft.graph.entity");
  EXPECT_TRUE(c->derives_from(*entity));
  EXPECT_TRUE(c->derives_from("microsoft.graph.b"));
  EXPECT_TRUE(c->derives_from(*c));
  EXPECT_FALSE(entity->derives_from(*c));
  EXPECT_FALSE(entity->is_open) << "openness goes down, not up";
  EXPECT_EQ(entity->property("own"), nullptr);
}

TEST(CsdlReader, ReadsEnumerations) {
  const auto model = read_model("v1.0", csdl(R"xml(
<EnumType Name="plain"><Member Name="a"/><Member Name="b"/><Member Name="c" Value="10"/>
  <Member Name="d"/><Member Name="e" Value="-1"/></EnumType>
<EnumType Name="flags" IsFlags="true"><Member Name="x" Value="1"/><Member Name="y" Value="2"/></EnumType>
<EnumType Name="growing"><Member Name="x" Value="0"/><Member Name="unknownFutureValue" Value="1"/></EnumType>
<EnumType Name="huge"><Member Name="x" Value="9223372036854775807"/></EnumType>)xml"));
  const auto* plain = model->enum_type("microsoft.graph.plain");
  ASSERT_NE(plain, nullptr);
  std::vector<int64_t> values;
  for (const auto& member : plain->members) values.push_back(member.value);
  EXPECT_EQ(values, (std::vector<int64_t>{0, 1, 10, 11, -1}));
  EXPECT_FALSE(plain->is_flags);
  EXPECT_FALSE(plain->is_evolvable);
  EXPECT_EQ(plain->member("c")->value, 10);
  EXPECT_EQ(plain->member("C")->value, 10) << "whatever its case";
  EXPECT_EQ(plain->member("f"), nullptr);
  EXPECT_TRUE(model->enum_type("graph.flags")->is_flags);
  EXPECT_FALSE(model->enum_type("graph.flags")->is_evolvable);
  EXPECT_TRUE(model->enum_type("graph.growing")->is_evolvable);
  EXPECT_EQ(model->enum_type("graph.huge")->members[0].value, INT64_MAX);
}

TEST(CsdlReader, ResolvesTheAliasOfEverySchema) {
  const auto model = read_model(
      "v1.0",
      R"xml(<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="first.space" Alias="one" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <ComplexType Name="a"><Property Name="b" Type="two.b"/></ComplexType>
</Schema>
<Schema Namespace="first.space.inner" Alias="two" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <ComplexType Name="b" BaseType="one.a"/>
</Schema></edmx:DataServices></edmx:Edmx>)xml");
  const auto* a = model->structured_type("first.space.a");
  const auto* b = model->structured_type("first.space.inner.b");
  ASSERT_NE(a, nullptr);
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(model->structured_type("one.a"), a);
  EXPECT_EQ(model->structured_type("two.b"), b);
  EXPECT_EQ(a->property("b")->type.structured, b);
  EXPECT_EQ(b->base, a);
  EXPECT_EQ(model->structured_type("one.b"), nullptr);
  EXPECT_EQ(model->structured_type("a"), nullptr);
}

TEST(CsdlReader, ReadsOperationsWithTheirOverloads) {
  const auto model = read_model("v1.0", csdl(std::string(kEntity) + R"xml(
<EntityType Name="a" BaseType="graph.entity"/>
<Function Name="f" IsBound="true" IsComposable="true">
  <Parameter Name="it" Type="graph.a"/><Parameter Name="n" Type="Edm.Int32" Nullable="false"/>
  <ReturnType Type="Collection(graph.a)"/></Function>
<Action Name="f" IsBound="true"><Parameter Name="it" Type="Collection(graph.a)"/></Action>)xml"));
  const auto& a = *model->structured_type("microsoft.graph.a");
  const auto* of_one = model->bound_operation("f", a, false);
  ASSERT_NE(of_one, nullptr);
  EXPECT_TRUE(of_one->is_function);
  EXPECT_TRUE(of_one->is_composable);
  EXPECT_EQ(of_one->qualified_name, "microsoft.graph.f");
  ASSERT_EQ(of_one->parameters.size(), 1u) << "the binding parameter is none of them";
  EXPECT_EQ(of_one->parameters[0].name, "n");
  EXPECT_FALSE(of_one->parameters[0].is_nullable);
  ASSERT_TRUE(of_one->returns);
  EXPECT_EQ(of_one->returns->name(), "Collection(microsoft.graph.a)");
  const auto* of_many = model->bound_operation("f", a, true);
  ASSERT_NE(of_many, nullptr);
  EXPECT_FALSE(of_many->is_function);
  EXPECT_FALSE(of_many->returns);
}

TEST(CsdlReader, ReadsTheContainer) {
  const auto model = support::small_model();
  ASSERT_NE(model->entity_set("users"), nullptr);
  EXPECT_EQ(model->entity_set("users")->type->name, "microsoft.graph.user");
  ASSERT_NE(model->singleton("admin"), nullptr);
  EXPECT_EQ(model->singleton("admin")->type->name, "microsoft.graph.admin");
  ASSERT_NE(model->import("ping"), nullptr);
  EXPECT_EQ(model->import("ping")->qualified_name, "microsoft.graph.ping");
  EXPECT_EQ(model->import("find")->qualified_name, "microsoft.graph.find");
}

TEST(CsdlReader, PassesOverAnnotationsAndComments) {
  EXPECT_EQ(problems_of(csdl(R"xml(<!-- <EntityType Name="x" BaseType="none"/> -->
<Annotations Target="graph.c"><Annotation Term="Org.OData.Core.V1.Description" String="d"/></Annotations>
<Term Name="t" Type="Edm.String"/>
<ComplexType Name="c"><Annotation Term="x"/><Property Name="p" Type="Edm.String"><Annotation Term="y"/>
</Property></ComplexType>)xml")),
            std::vector<std::string>{});
}

TEST(CsdlReader, TakesEdmEntityTypeAsTargetOfANavigation) {
  EXPECT_EQ(problems_of(csdl(std::string(kEntity) + R"xml(
<EntityType Name="a" BaseType="graph.entity"><NavigationProperty Name="n" Type="Edm.EntityType"/>
<NavigationProperty Name="m" Type="Collection(Edm.EntityType)"/></EntityType>)xml")),
            std::vector<std::string>{});
}

TEST(CsdlReader, ReadsAFile) {
  const support::TemporaryFolder folder;
  base::LoadErrors errors;
  const auto model = load_csdl("beta", folder.write("m.xml", csdl(kEntity)), errors);
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->version(), "beta");
  EXPECT_EQ(model->type_count(), 1u);
  EXPECT_TRUE(errors.empty());
}

TEST(CsdlReader, GivesNullForAFileThatIsMissing) {
  const support::TemporaryFolder folder;
  base::LoadErrors errors;
  EXPECT_EQ(load_csdl("beta", folder.path() / "none.xml", errors), nullptr);
  EXPECT_EQ(errors.size(), 1u);
}

struct ProblemRow {
  std::string name;
  std::string content;  // of the schema; begins on line 4
  std::string problem;
};

void PrintTo(const ProblemRow& row, std::ostream* out) {
  *out << row.name;
}

class CsdlProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(CsdlProblem, IsReportedWithItsLine) {
  EXPECT_EQ(problems_of(csdl(GetParam().content)), std::vector{GetParam().problem});
}

std::vector<ProblemRow> problem_rows() {
  const std::string entity(kEntity);  // three lines
  return {
      {"UnknownTypeOfAProperty",
       "<ComplexType Name='c'>\n<Property Name='p' Type='graph.none'/></ComplexType>",
       "m.xml:5: unknown type 'graph.none'"},
      {"UnknownPrimitiveType",
       "<ComplexType Name='c'><Property Name='p' Type='Edm.Text'/></ComplexType>",
       "m.xml:4: unknown type 'Edm.Text'"},
      {"UnknownTypeInACollection",
       "\n<ComplexType Name='c'><Property Name='p' Type='Collection(graph.none)'/></ComplexType>",
       "m.xml:5: unknown type 'graph.none'"},
      {"UnknownBase", "\n\n<ComplexType Name='c' BaseType='graph.none'/>",
       "m.xml:6: unknown base type 'graph.none'"},
      {"ComplexTypeAsBaseOfAnEntityType",
       "<ComplexType Name='c'/>\n<EntityType Name='e' BaseType='graph.c'/>",
       "m.xml:5: unknown base type 'graph.c'"},
      {"BaseOfItself", "\n<ComplexType Name='c' BaseType='graph.c'/>",
       "m.xml:5: 'microsoft.graph.c' derives from itself"},
      {"CircularBases",
       "<ComplexType Name='a' BaseType='graph.c'/>\n<ComplexType Name='b' BaseType='graph.a'/>\n"
       "<ComplexType Name='c' BaseType='graph.b'/>",
       "m.xml:6: 'microsoft.graph.c' derives from itself"},
      {"DuplicateType", "<ComplexType Name='c'/>\n\n<ComplexType Name='c'/>",
       "m.xml:6: type 'microsoft.graph.c' is declared twice"},
      {"DuplicateTypeOfAnotherKind", "<ComplexType Name='c'/>\n<EnumType Name='c'/>",
       "m.xml:5: type 'microsoft.graph.c' is declared twice"},
      {"DuplicateProperty",
       "\n<ComplexType Name='c'><Property Name='p' Type='Edm.String'/>"
       "<Property Name='p' Type='Edm.Guid'/></ComplexType>",
       "m.xml:5: 'p' is declared twice in 'c'"},
      {"DuplicateNavigation",
       entity + "\n<EntityType Name='e' BaseType='graph.entity'>"
                "<NavigationProperty Name='n' Type='graph.e'/>"
                "<NavigationProperty Name='n' Type='graph.entity'/></EntityType>",
       "m.xml:7: 'n' is declared twice in 'e'"},
      {"NavigationToAComplexType",
       entity + "<ComplexType Name='c'/>\n<EntityType Name='e' BaseType='graph.entity'>\n"
                "<NavigationProperty Name='n' Type='graph.c'/></EntityType>",
       "m.xml:8: a navigation property leads to an entity type"},
      {"TypeWithoutName", "\n<ComplexType/>", "m.xml:5: ComplexType lacks the attribute 'Name'"},
      {"PropertyWithoutType", "<ComplexType Name='c'>\n<Property Name='p'/></ComplexType>",
       "m.xml:5: Property lacks the attribute 'Type'"},
      {"PropertyWithoutName", "<ComplexType Name='c'>\n<Property Type='Edm.Guid'/></ComplexType>",
       "m.xml:5: Property lacks the attribute 'Name'"},
      {"KeyWithoutName", "<EntityType Name='e'><Key>\n<PropertyRef/></Key></EntityType>",
       "m.xml:5: PropertyRef lacks the attribute 'Name'"},
      {"EnumMemberWithoutName", "<EnumType Name='e'>\n<Member Value='1'/></EnumType>",
       "m.xml:5: Member lacks the attribute 'Name'"},
      {"EnumMemberOfNoInteger", "<EnumType Name='e'>\n<Member Name='m' Value='one'/></EnumType>",
       "m.xml:5: 'one' is no 64-bit integer"},
      {"EnumMemberTooLarge",
       "<EnumType Name='e'>\n\n<Member Name='m' Value='9223372036854775808'/></EnumType>",
       "m.xml:6: '9223372036854775808' is no 64-bit integer"},
      {"UnknownTypeOfAParameter",
       "<Action Name='a'>\n<Parameter Name='p' Type='graph.none'/></Action>",
       "m.xml:5: unknown type 'graph.none'"},
      {"UnknownReturnType", "<Function Name='f'>\n<ReturnType Type='graph.none'/></Function>",
       "m.xml:5: unknown type 'graph.none'"},
      {"BoundOperationWithoutBindingParameter", "\n<Action Name='a' IsBound='true'/>",
       "m.xml:5: the bound operation 'a' lacks its binding parameter"},
      {"EntitySetOfUnknownType",
       "<EntityContainer Name='s'>\n<EntitySet Name='x' "
       "EntityType='graph.none'/></EntityContainer>",
       "m.xml:5: unknown entity type 'graph.none'"},
      {"EntitySetOfAComplexType",
       "<ComplexType Name='c'/><EntityContainer Name='s'>\n"
       "<EntitySet Name='x' EntityType='graph.c'/></EntityContainer>",
       "m.xml:5: unknown entity type 'graph.c'"},
      {"SingletonOfUnknownType",
       "<EntityContainer Name='s'>\n<Singleton Name='x' Type='graph.none'/></EntityContainer>",
       "m.xml:5: unknown entity type 'graph.none'"},
      {"ImportOfAnUnknownOperation",
       "<EntityContainer Name='s'>\n<FunctionImport Name='x' "
       "Function='graph.none'/></EntityContainer>",
       "m.xml:5: unknown unbound operation 'microsoft.graph.none'"},
      {"ImportOfABoundOperation",
       entity + "<Action Name='a' IsBound='true'><Parameter Name='p' Type='graph.entity'/></Action>"
                "<EntityContainer Name='s'>\n<ActionImport Name='x' "
                "Action='graph.a'/></EntityContainer>",
       "m.xml:7: unknown unbound operation 'microsoft.graph.a'"},
      {"EntitySetWithoutName",
       entity +
           "<EntityContainer Name='s'>\n<EntitySet EntityType='graph.entity'/></EntityContainer>",
       "m.xml:7: EntitySet lacks the attribute 'Name'"},
      {"OperationWithoutName", "\n<Action/>", "m.xml:5: Action lacks the attribute 'Name'"},
  };
}

INSTANTIATE_TEST_SUITE_P(CsdlReader, CsdlProblem, testing::ValuesIn(problem_rows()),
                         support::RowName());

TEST(CsdlReader, ListsSeveralProblemsInTheOrderOfTheDocument) {
  EXPECT_EQ(problems_of(csdl("<ComplexType Name='c'>\n<Property Name='p' Type='graph.x'/>\n"
                             "<Property Name='q' Type='graph.y'/>\n"
                             "<NavigationProperty Name='n' Type='Edm.String'/></ComplexType>\n"
                             "<Action Name='a'>\n<Parameter Name='z' Type='graph.z'/></Action>")),
            (std::vector<std::string>{"m.xml:5: unknown type 'graph.x'",
                                      "m.xml:6: unknown type 'graph.y'",
                                      "m.xml:7: a navigation property leads to an entity type",
                                      "m.xml:9: unknown type 'graph.z'"}));
}

TEST(CsdlReader, ListsSeveralBasesThatAreUnknown) {
  EXPECT_EQ(problems_of(csdl("<ComplexType Name='a' BaseType='graph.x'/>\n"
                             "<EntityType Name='b' BaseType='graph.y'/>"))
                .size(),
            2u);
}

TEST(CsdlReader, ListsSeveralTypesDeclaredTwice) {
  EXPECT_EQ(problems_of(csdl("<ComplexType Name='a'/><ComplexType Name='a'/>\n"
                             "<EnumType Name='b'/><EnumType Name='b'/>"))
                .size(),
            2u);
}

TEST(CsdlReader, SaysWhereXmlIsMalformed) {
  const auto problems = problems_of("<a>\n<b>\n</c></a>");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("m.xml:3: not well-formed XML: ")) << problems[0];
}

TEST(CsdlReader, RefusesADocumentCutShort) {
  const auto whole = csdl(kEntity);
  const auto problems = problems_of(whole.substr(0, whole.size() - 40));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].find("not well-formed XML"), std::string::npos) << problems[0];
}

TEST(CsdlReader, RefusesWhatIsNoCsdl) {
  for (const std::string_view text :
       {"<html/>", "<edmx:Edmx xmlns:edmx='x'/>",
        "<edmx:Edmx xmlns:edmx='x'><edmx:DataServices/></edmx:Edmx>"}) {
    const auto problems = problems_of(text);
    ASSERT_EQ(problems.size(), 1u) << text;
    EXPECT_NE(problems[0].find("no CSDL"), std::string::npos) << problems[0];
  }
  EXPECT_EQ(problems_of("").size(), 1u);
  EXPECT_EQ(problems_of("{\"json\": true}").size(), 1u);
}

TEST(CsdlReader, RefusesASchemaWithoutNamespace) {
  const auto problems = problems_of(
      "<edmx:Edmx xmlns:edmx='x'><edmx:DataServices>\n<Schema/></edmx:DataServices></edmx:Edmx>");
  EXPECT_EQ(problems, std::vector<std::string>{"m.xml:2: Schema lacks the attribute 'Namespace'"});
}

TEST(CsdlReader, StandsAnyDamage) {
  const auto whole = csdl(std::string(kEntity) + R"xml(
<EnumType Name="e"><Member Name="m" Value="1"/></EnumType>
<EntityType Name="a" BaseType="graph.entity"><Property Name="p" Type="Collection(graph.e)"/>
<NavigationProperty Name="n" Type="graph.a" ContainsTarget="true"/></EntityType>
<Action Name="x" IsBound="true"><Parameter Name="it" Type="graph.a"/><ReturnType Type="Edm.Int32"/></Action>
<EntityContainer Name="s"><EntitySet Name="as" EntityType="graph.a"/></EntityContainer>)xml");
  ASSERT_EQ(problems_of(whole), std::vector<std::string>{});
  std::mt19937 random(11);
  size_t refused = 0;
  for (int i = 0; i < 3000; ++i) {
    auto text = whole;
    const auto at = random() % text.size();
    if (i % 3 == 0) {
      text.erase(at, random() % 40);
    } else if (i % 3 == 1) {
      text.insert(at, whole.substr(random() % whole.size(), random() % 60));
    } else {
      text[at] = static_cast<char>(random());
    }
    refused += problems_of(text).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 1000u);
}

TEST(CsdlReader, ReadsNoEntityExpansionBomb) {
  const auto problems = problems_of(
      "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>\n<edmx:Edmx>&b;</edmx:Edmx>");
  EXPECT_EQ(problems.size(), 1u);
}

}  // namespace
}  // namespace graphmock::model
