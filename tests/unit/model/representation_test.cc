#include "model/representation.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "base/json.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::model {
namespace {

const Model& small() {
  static const auto model = support::small_model();
  return *model;
}

// What was read, with the JSON that it points into.
struct Read {
  Read(std::string_view type_name, std::string_view text, EnumRule enums = EnumRule::Evolvable)
      : json(base::parse_json(text)),
        result(read_representation(
            small(), *small().structured_type("microsoft.graph." + std::string(type_name)),
            json.get_object(), enums)) {}

  std::string properties() const { return base::to_json(result.properties); }
  std::vector<std::string> problems() const {
    std::vector<std::string> texts;
    for (const auto& problem : result.problems) {
      texts.push_back(problem.pointer + ": " + problem.message);
    }
    return texts;
  }

  boost::json::value json;
  Representation result;
};

struct KeptRow {
  std::string_view name;
  std::string_view type;
  std::string_view body;
  std::string_view properties;
};

class RepresentationKeeps : public testing::TestWithParam<KeptRow> {};

TEST_P(RepresentationKeeps, Properties) {
  const Read read(GetParam().type, GetParam().body);
  EXPECT_EQ(read.problems(), std::vector<std::string>{});
  EXPECT_EQ(read.properties(), GetParam().properties);
}

constexpr KeptRow kKept[] = {
    {"NothingOfAnEmptyBody", "user", "{}", "{}"},
    {"StructuralOnesInTheirOrder", "user", R"({"displayName":"a","age":7,"home":{"city":"x"}})",
     R"({"displayName":"a","age":7,"home":{"city":"x"}})"},
    {"EveryDigit", "user", R"({"balance":0.10,"followers":9007199254740993})",
     R"({"balance":0.10,"followers":9007199254740993})"},
    {"NoControlInformation", "user",
     R"({"@odata.context":"c","@odata.etag":"e","@odata.id":"i","@odata.editLink":"l",
         "@microsoft.graph.downloadUrl":"u","displayName@odata.x":1,"age":7})",
     R"({"age":7})"},
    {"NoTypeOfItsOwn", "user", R"({"@odata.type":"#microsoft.graph.user","age":7})",
     R"({"age":7})"},
    {"NoAnnotationOnANavigation", "user",
     R"({"messages@odata.context":"c","messages@odata.nextLink":"n","manager@odata.associationLink":"m"})",
     "{}"},
    {"NoTypeAnnotationOnADeclaredProperty", "user", R"({"age@odata.type":"#Int32","age":7})",
     R"({"age":7})"},
    {"DynamicOnesOfAnOpenType", "note",
     R"({"title":"t","extra":{"a":[1]},"flag":true,"none":null})",
     R"({"title":"t","extra":{"a":[1]},"flag":true,"none":null})"},
    {"TypeOfADynamicProperty", "note", R"({"when@odata.type":"#Date","when":"2026-01-31"})",
     R"({"when@odata.type":"#Date","when":"2026-01-31"})"},
    {"TypeOfAComplexValue", "user",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","@odata.id":"x","room":"7"}})",
     R"({"home":{"@odata.type":"#microsoft.graph.officeAddress","room":"7"}})"},
    {"NoAnnotationInsideOfCollections", "user",
     R"({"addresses":[{"@odata.id":"x","city":"a","place":{"@odata.etag":"e","latitude":1}}]})",
     R"({"addresses":[{"city":"a","place":{"latitude":1}}]})"},
    {"NoAnnotationInsideOfDynamicOnes", "note", R"({"extra":{"@odata.id":"x","a":1}})",
     R"({"extra":{"a":1}})"},
};

INSTANTIATE_TEST_SUITE_P(Representation, RepresentationKeeps, testing::ValuesIn(kKept),
                         support::RowName());

struct ProblemRow {
  std::string_view name;
  std::string_view type;
  std::string_view body;
  std::string_view problem;
};

class RepresentationProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(RepresentationProblem, IsReported) {
  EXPECT_EQ(Read(GetParam().type, GetParam().body).problems(),
            std::vector{std::string(GetParam().problem)});
}

constexpr ProblemRow kProblems[] = {
    {"UnknownProperty", "user", R"({"displayNme":"x"})",
     "/displayNme: The property 'displayNme' does not exist on type 'microsoft.graph.user'. Did "
     "you "
     "mean 'displayName'?"},
    {"PropertyOfAnotherVersion", "user", R"({"betaNote":"x"})",
     "/betaNote: The property 'betaNote' does not exist on type 'microsoft.graph.user'."},
    {"WrongKind", "user", R"({"age":"old"})",
     "/age: The property 'age' is of type Edm.Int32 and takes a whole number from -2147483648 to "
     "2147483647; the value given is \"old\"."},
    {"DeclaredPropertyOfAnOpenType", "note", R"({"title":1})",
     "/title: The property 'title' is of type Edm.String and takes a string; the value given is "
     "1."},
    {"UnrelatedType", "user", R"({"@odata.type":"#microsoft.graph.group","displayName":1})",
     "/@odata.type: The type 'microsoft.graph.group' of '@odata.type' is not "
     "'microsoft.graph.user' "
     "nor derived from it."},
    {"UnknownType", "user", R"({"@odata.type":"microsoft.graph.usr"})",
     "/@odata.type: The type 'microsoft.graph.usr' of '@odata.type' does not exist in v1.0."},
    {"ObjectForNavigationToMany", "user", R"({"messages":{}})",
     "/messages: The navigation property 'messages' takes an array of 'microsoft.graph.message'; "
     "the value given is object."},
    {"ArrayForNavigationToOne", "user", R"({"outlook":[]})",
     "/outlook: The navigation property 'outlook' takes an object of "
     "'microsoft.graph.outlookUser'; "
     "the value given is array."},
    {"TextForNavigationToOne", "user", R"({"manager":"users/1"})",
     "/manager: The navigation property 'manager' takes an object of "
     "'microsoft.graph.directoryObject'; the value given is string."},
    {"BindOfAnUnknownName", "user", R"({"manger@odata.bind":"users/1"})",
     "/manger@odata.bind: The property 'manger' does not exist on type 'microsoft.graph.user'. Did "
     "you mean 'manager'?"},
    {"BindOfManyToOne", "user", R"({"manager@odata.bind":["users/1"]})",
     "/manager@odata.bind: 'manager@odata.bind' takes the URL of an entity as a string."},
    {"BindOfOneToMany", "group", R"({"members@odata.bind":"users/1"})",
     "/members@odata.bind: 'members@odata.bind' takes an array of entity URLs."},
    {"BindOfNoText", "group", R"({"members@odata.bind":["users/1",2]})",
     "/members@odata.bind: 'members@odata.bind' takes an array of entity URLs."},
    {"NamesEscapedInPointers", "user", R"({"a/b~c":1})",
     "/a~1b~0c: The property 'a/b~c' does not exist on type 'microsoft.graph.user'."},
};

INSTANTIATE_TEST_SUITE_P(Representation, RepresentationProblem, testing::ValuesIn(kProblems),
                         support::RowName());

TEST(Representation, RefusesABindOfAPropertyWithoutDenyingThatItExists) {
  const auto problems = Read("user", R"({"displayName@odata.bind":"users/1"})").problems();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("/displayName@odata.bind: ")) << problems[0];
  EXPECT_EQ(problems[0].find("Did you mean 'displayName'"), std::string::npos) << problems[0];
}

TEST(Representation, ListsEveryProblem) {
  EXPECT_EQ(Read("user", R"({"a":1,"age":"x","home":{"b":2,"c":3},"manager":7})").problems().size(),
            5u);
}

TEST(Representation, IsOfTheDerivedTypeThatTheBodyNames) {
  const Read read("outlookItem", R"({"@odata.type":"#microsoft.graph.eventMessage","subject":"s",
                                     "isAllDay":true})");
  EXPECT_EQ(read.problems(), std::vector<std::string>{});
  ASSERT_NE(read.result.type, nullptr);
  EXPECT_EQ(read.result.type->name, "microsoft.graph.eventMessage");
}

TEST(Representation, HasNoTypeWhenTheBodyNamesAWrongOne) {
  const Read read("user", R"({"@odata.type":"#microsoft.graph.group"})");
  EXPECT_EQ(read.result.type, nullptr);
}

TEST(Representation, SetsNestedEntitiesApart) {
  const Read read("user",
                  R"({"messages":[{"subject":"s"}],"outlook":{"id":"o"},"age":1,"manager":null})");
  EXPECT_EQ(read.problems(), std::vector<std::string>{});
  EXPECT_EQ(read.properties(), R"({"age":1})");
  ASSERT_EQ(read.result.nested.size(), 3u);
  EXPECT_EQ(read.result.nested[0].navigation->name, "messages");
  EXPECT_EQ(read.result.nested[0].pointer, "/messages");
  EXPECT_EQ(base::to_json(*read.result.nested[0].value), R"([{"subject":"s"}])");
  EXPECT_EQ(read.result.nested[1].navigation->name, "outlook");
  EXPECT_TRUE(read.result.nested[2].value->is_null());
}

TEST(Representation, SetsReferencesApart) {
  const Read user("user", R"({"manager@odata.bind":"https://graph.microsoft.com/v1.0/users/1"})");
  EXPECT_EQ(user.problems(), std::vector<std::string>{});
  EXPECT_EQ(user.properties(), "{}");
  ASSERT_EQ(user.result.binds.size(), 1u);
  EXPECT_EQ(user.result.binds[0].navigation->name, "manager");
  EXPECT_EQ(user.result.binds[0].pointer, "/manager@odata.bind");
  EXPECT_EQ(user.result.binds[0].targets,
            std::vector<std::string>{"https://graph.microsoft.com/v1.0/users/1"});

  const Read group("group",
                   R"({"members@odata.bind":["users/1","groups/2"],"owners@odata.bind":[]})");
  EXPECT_EQ(group.problems(), std::vector<std::string>{});
  ASSERT_EQ(group.result.binds.size(), 2u);
  EXPECT_EQ(group.result.binds[0].targets, (std::vector<std::string>{"users/1", "groups/2"}));
  EXPECT_TRUE(group.result.binds[1].targets.empty());
}

TEST(Representation, ChecksEnumsByTheRuleGiven) {
  EXPECT_EQ(Read("user", R"({"mood":"brandNew"})", EnumRule::Evolvable).problems().size(), 0u);
  EXPECT_EQ(Read("user", R"({"mood":"brandNew"})", EnumRule::Strict).problems().size(), 1u);
}

// In one pass over them: were all that follow moved for each, this would take minutes.
TEST(Representation, TakesManyAnnotationsOffAComplexValue) {
  std::string extra;
  for (int i = 0; i < 100'000; ++i) extra += "\"a" + std::to_string(i) + "@b\":1,";
  const Read read("note", R"({"extra":{)" + extra + R"("c":{"@odata.id":"x","d":1},"e":2}})");
  EXPECT_EQ(read.problems().size(), 0u);
  EXPECT_EQ(read.properties(), R"({"extra":{"c":{"d":1},"e":2}})");
}

}  // namespace
}  // namespace graphmock::model
