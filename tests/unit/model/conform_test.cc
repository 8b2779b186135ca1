#include "model/conform.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
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

// Each problem as "pointer: message".
std::vector<std::string> problems_of(std::string_view property_name, std::string_view value,
                                     EnumRule enums = EnumRule::Evolvable) {
  const auto* property = small().structured_type("microsoft.graph.user")->property(property_name);
  if (!property) throw std::logic_error("no property " + std::string(property_name));
  std::vector<Problem> problems;
  check_value(small(), *property, base::parse_json(value), "/" + std::string(property_name), enums,
              problems);
  std::vector<std::string> texts;
  for (const auto& problem : problems) texts.push_back(problem.pointer + ": " + problem.message);
  return texts;
}

struct FitsRow {
  std::string_view name;
  std::string_view property;
  std::string_view value;
};

class ConformingValue : public testing::TestWithParam<FitsRow> {};

TEST_P(ConformingValue, IsNoProblem) {
  EXPECT_EQ(problems_of(GetParam().property, GetParam().value), std::vector<std::string>{});
}

constexpr FitsRow kFits[] = {
    {"String", "displayName", "\"text\""},
    {"NullWhereNullable", "displayName", "null"},
    {"NullCollection", "nicknames", "null"},
    {"NullComplex", "home", "null"},
    {"NullEnum", "color", "null"},
    {"EmptyCollection", "phones", "[]"},
    {"Collection", "phones", "[\"a\",\"b\"]"},
    {"NullItemWhereNullable", "nicknames", "[null,\"a\"]"},
    {"Int64AsString", "followers", "\"9007199254740993\""},
    {"DecimalAsString", "balance", "\"1.50\""},
    {"EnumMember", "color", "\"green\""},
    {"EnumMemberInAnotherCase", "color", "\"Green\""},
    {"EvolvableEnumMember", "mood", "\"calm\""},
    {"EvolvableEnumUnknownMember", "mood", "\"brandNew_1\""},
    {"FlagsOneMember", "workdays", "\"monday\""},
    {"FlagsSeveralMembers", "workdays", "\"monday,friday\""},
    {"FlagsWithBlanks", "workdays", "\"monday, friday\""},
    {"EmptyComplex", "home", "{}"},
    {"Complex", "home", R"({"city":"Kyiv","lines":["a"],"place":{"latitude":50.4}})"},
    {"ComplexOfItsOwnType", "home", R"({"@odata.type":"#microsoft.graph.address","city":"x"})"},
    {"ComplexOfADerivedType", "home",
     R"({"@odata.type":"#microsoft.graph.officeAddress","room":"7","keys":["k"]})"},
    {"DerivedTypeWithoutHash", "home", R"({"@odata.type":"microsoft.graph.officeAddress"})"},
    {"DerivedTypeByAlias", "home", R"({"@odata.type":"#graph.officeAddress"})"},
    {"CollectionOfComplex", "addresses", R"([{"city":"x"},{"city":null}])"},
    {"OpenComplex", "bag", R"({"anything":{"at":["all"]},"n":1})"},
    {"AnnotationsInComplex", "home",
     R"({"@odata.id":"x","city@odata.type":"Edm.String","@microsoft.graph.x":{},"@x.y":1})"},
};

INSTANTIATE_TEST_SUITE_P(Conform, ConformingValue, testing::ValuesIn(kFits), support::RowName());

struct MisfitRow {
  std::string_view name;
  std::string_view property;
  std::string_view value;
  std::string_view problem;
};

class MisfittingValue : public testing::TestWithParam<MisfitRow> {};

TEST_P(MisfittingValue, IsSaidToBeOne) {
  EXPECT_EQ(problems_of(GetParam().property, GetParam().value),
            std::vector{std::string(GetParam().problem)});
}

constexpr MisfitRow kMisfits[] = {
    {"NumberForString", "displayName", "17",
     "/displayName: The property 'displayName' is of type Edm.String and takes a string; the value "
     "given is 17."},
    {"ObjectForString", "displayName", "{}",
     "/displayName: The property 'displayName' is of type Edm.String and takes a string; the value "
     "given is an object."},
    {"StringForBoolean", "accountEnabled", "\"yes\"",
     "/accountEnabled: The property 'accountEnabled' is of type Edm.Boolean and takes true or "
     "false; the value given is \"yes\"."},
    {"NumberOutOfRange", "age", "2147483648",
     "/age: The property 'age' is of type Edm.Int32 and takes a whole number from -2147483648 to "
     "2147483647; the value given is 2147483648."},
    {"FractionForInteger", "age", "1.5",
     "/age: The property 'age' is of type Edm.Int32 and takes a whole number from -2147483648 to "
     "2147483647; the value given is 1.5."},
    {"Int64OutOfRangeKeepsItsDigits", "followers", "9223372036854775808",
     "/followers: The property 'followers' is of type Edm.Int64 and takes a whole number from "
     "-9223372036854775808 to 9223372036854775807; the value given is 9223372036854775808."},
    {"BadGuid", "photoId", "\"0123\"",
     "/photoId: The property 'photoId' is of type Edm.Guid and takes a GUID such as "
     "\"01234567-89ab-cdef-0123-456789abcdef\"; the value given is \"0123\"."},
    {"BadDate", "birthday", "\"2026-02-29\"",
     "/birthday: The property 'birthday' is of type Edm.Date and takes a date such as "
     "\"2026-01-31\"; the value given is \"2026-02-29\"."},
    {"BadDuration", "workTime", "\"8 hours\"",
     "/workTime: The property 'workTime' is of type Edm.Duration and takes a duration such as "
     "\"P1DT12H30M\"; the value given is \"8 hours\"."},
    {"BadBinary", "thumbnail", "\"?\"",
     "/thumbnail: The property 'thumbnail' is of type Edm.Binary and takes base64 text; the value "
     "given is \"?\"."},
    {"NullWhereNotNullable", "jobTitle", "null",
     "/jobTitle: The property 'jobTitle' of type Edm.String must not be null."},
    {"ScalarForCollection", "nicknames", "\"a\"",
     "/nicknames: The property 'nicknames' is of type Collection(Edm.String) and takes an array; "
     "the value given is \"a\"."},
    {"ArrayForScalar", "displayName", "[\"a\"]",
     "/displayName: The property 'displayName' is of type Edm.String and takes a string; the value "
     "given is an array."},
    {"NullItemWhereNotNullable", "phones", "[\"a\",null]",
     "/phones/1: The items of 'phones' must not be null."},
    {"WrongItem", "phones", "[\"a\",2]",
     "/phones/1: The property 'phones' is of type Collection(Edm.String) and takes a string; the "
     "value given is 2."},
    {"NestedArray", "phones", "[[\"a\"]]",
     "/phones/0: The property 'phones' is of type Collection(Edm.String) and takes a string; the "
     "value given is an array."},
    {"StringForComplex", "home", "\"Kyiv\"",
     "/home: The property 'home' is of type microsoft.graph.address and takes an object; the value "
     "given is \"Kyiv\"."},
    {"ArrayForComplex", "home", "[]",
     "/home: The property 'home' is of type microsoft.graph.address and takes an object; the value "
     "given is an array."},
    {"ObjectForCollectionOfComplex", "addresses", "{}",
     "/addresses: The property 'addresses' is of type Collection(microsoft.graph.address) and "
     "takes "
     "an array; the value given is an object."},
    {"UnknownPropertyInComplex", "home", R"({"cty":"x"})",
     "/home/cty: The property 'cty' does not exist on type 'microsoft.graph.address'. Did you mean "
     "'city'?"},
    {"UnknownPropertyWithNoNeighbour", "home", R"({"favouriteColour":"x"})",
     "/home/favouriteColour: The property 'favouriteColour' does not exist on type "
     "'microsoft.graph.address'."},
    {"PropertyInAnotherCase", "home", R"({"City":"x"})",
     "/home/City: The property 'City' does not exist on type 'microsoft.graph.address'. Did you "
     "mean 'city'?"},
    {"NullInComplexWhereNotNullable", "home", R"({"country":null})",
     "/home/country: The property 'country' of type Edm.String must not be null."},
    {"WrongKindDeepInside", "addresses", R"([{},{"place":{"latitude":"north"}}])",
     "/addresses/1/place/latitude: The property 'latitude' is of type Edm.Double and takes a "
     "number, \"INF\", \"-INF\" or \"NaN\"; the value given is \"north\"."},
    {"PropertyOfADerivedTypeNotNamed", "home", R"({"room":"7"})",
     "/home/room: The property 'room' does not exist on type 'microsoft.graph.address'."},
    {"UnrelatedType", "home", R"({"@odata.type":"#microsoft.graph.place"})",
     "/home/@odata.type: The type 'microsoft.graph.place' of '@odata.type' is not "
     "'microsoft.graph.address' nor derived from it."},
    {"AncestorType", "home", R"({"@odata.type":"#microsoft.graph.user"})",
     "/home/@odata.type: The type 'microsoft.graph.user' of '@odata.type' is not "
     "'microsoft.graph.address' nor derived from it."},
    {"UnknownType", "home", R"({"@odata.type":"#microsoft.graph.none"})",
     "/home/@odata.type: The type 'microsoft.graph.none' of '@odata.type' does not exist in v1.0."},
    {"TypeThatIsNoString", "home", R"({"@odata.type":17})",
     "/home/@odata.type: The annotation '@odata.type' takes the name of a type as a string."},
    {"TypeThatIsALongNumber", "home", R"({"@odata.type":1e400})",
     "/home/@odata.type: The annotation '@odata.type' takes the name of a type as a string."},
    {"UnknownEnumMember", "color", "\"pink\"",
     "/color: The property 'color' has the value \"pink\", which is no member of "
     "'microsoft.graph.color'. Its members: red, green, blue."},
    {"EnumValueAsNumber", "color", "1",
     "/color: The property 'color' is of type microsoft.graph.color and takes the name of a member "
     "as a string; the value given is 1."},
    {"SeveralMembersWithoutFlags", "color", "\"red,green\"",
     "/color: The property 'color' has the value \"red,green\", which is no member of "
     "'microsoft.graph.color'. Its members: red, green, blue."},
    {"EmptyEnum", "color", "\"\"",
     "/color: The property 'color' has the value \"\", which is no member of "
     "'microsoft.graph.color'. Its members: red, green, blue."},
    {"EvolvableEnumNoName", "mood", "\"not a name\"",
     "/mood: The property 'mood' has the value \"not a name\", which is no member of "
     "'microsoft.graph.mood'. Its members: calm, cross, unknownFutureValue."},
    {"EvolvableEnumEmpty", "mood", "\"\"",
     "/mood: The property 'mood' has the value \"\", which is no member of 'microsoft.graph.mood'. "
     "Its members: calm, cross, unknownFutureValue."},
    {"FlagsOneUnknown", "workdays", "\"monday,someday\"",
     "/workdays: The property 'workdays' has the value \"monday,someday\", which is no member of "
     "'microsoft.graph.days'. Its members: monday, tuesday, friday."},
    {"FlagsEmptyPart", "workdays", "\"monday,\"",
     "/workdays: The property 'workdays' has the value \"monday,\", which is no member of "
     "'microsoft.graph.days'. Its members: monday, tuesday, friday."},
};

INSTANTIATE_TEST_SUITE_P(Conform, MisfittingValue, testing::ValuesIn(kMisfits), support::RowName());

TEST(Conform, TakesDeclaredMembersAloneOfAStrictEnum) {
  EXPECT_EQ(problems_of("mood", "\"cross\"", EnumRule::Strict).size(), 0u);
  EXPECT_EQ(problems_of("mood", "\"unknownFutureValue\"", EnumRule::Strict).size(), 0u);
  EXPECT_EQ(problems_of("mood", "\"brandNew\"", EnumRule::Strict).size(), 1u);
}

TEST(Conform, ListsEveryProblem) {
  EXPECT_EQ(problems_of("addresses", R"([{"city":1,"cty":2},7,{"country":null}])").size(), 4u);
}

TEST(Conform, ShowsNoLongValue) {
  const auto problems = problems_of("age", "\"" + std::string(5000, 'x') + "\"");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_LT(problems[0].size(), 300u);
  EXPECT_NE(problems[0].find("the value given is a string."), std::string::npos) << problems[0];
}

TEST(TypeOf, IsTheDeclaredOneWithoutAnnotation) {
  const auto& user = *small().structured_type("microsoft.graph.user");
  std::vector<Problem> problems;
  EXPECT_EQ(type_of(small(), user, {}, "", problems), &user);
  EXPECT_TRUE(problems.empty());
}

TEST(TypeOf, IsTheDerivedOneThatTheObjectNames) {
  const auto& item = *small().structured_type("microsoft.graph.outlookItem");
  std::vector<Problem> problems;
  const auto object = base::parse_json(R"({"@odata.type":"#microsoft.graph.eventMessage"})");
  EXPECT_EQ(type_of(small(), item, object.get_object(), "", problems),
            small().structured_type("microsoft.graph.eventMessage"));
  EXPECT_TRUE(problems.empty());
}

TEST(TypeOf, IsNoneForAnAncestor) {
  const auto& message = *small().structured_type("microsoft.graph.message");
  std::vector<Problem> problems;
  const auto object = base::parse_json(R"({"@odata.type":"#microsoft.graph.outlookItem"})");
  EXPECT_EQ(type_of(small(), message, object.get_object(), "/x", problems), nullptr);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].pointer, "/x/@odata.type");
}

TEST(AnnotatedType, IsTheNameWithoutHash) {
  const auto named = [](std::string_view text) {
    return std::string(annotated_type(base::parse_json(text).get_object()));
  };
  EXPECT_EQ(named(R"({"@odata.type":"#microsoft.graph.user"})"), "microsoft.graph.user");
  EXPECT_EQ(named(R"({"@odata.type":"microsoft.graph.user"})"), "microsoft.graph.user");
  EXPECT_EQ(named(R"({"x@odata.type":"#microsoft.graph.user"})"), "");
  EXPECT_EQ(named(R"({"@odata.type":7})"), "");
  EXPECT_EQ(named(R"({"@odata.type":1e400})"), "");
  EXPECT_EQ(named(R"({"@odata.type":null})"), "");
  EXPECT_EQ(named("{}"), "");
}

TEST(UnknownProperty, NamesTypeAndNearestMember) {
  const auto& user = *small().structured_type("microsoft.graph.user");
  EXPECT_EQ(unknown_property(user, "displayNme"),
            "The property 'displayNme' does not exist on type 'microsoft.graph.user'. Did you mean "
            "'displayName'?");
  EXPECT_EQ(unknown_property(user, "mesages"),
            "The property 'mesages' does not exist on type 'microsoft.graph.user'. Did you mean "
            "'messages'?");
}

}  // namespace
}  // namespace graphmock::model
