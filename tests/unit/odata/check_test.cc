// What is wrong with an expression is told before anything is evaluated, with the words of the
// service and what to do.
#include "odata/check.h"

#include <gtest/gtest.h>

#include "http/error.h"
#include "odata/expr_parser.h"
#include "support/people.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

// The error's message, with its status before it when it is not 400; empty for none.
template <typename Check>
std::string message_of(Check check) {
  try {
    check();
  } catch (const http::Error& error) {
    return (error.status == 400 ? "" : std::to_string(error.status) + " ") + error.message;
  }
  return {};
}

std::string filter_message(std::string_view text) {
  static const std::map<std::string, ExprPtr> aliases{{"@text", parse_expression("'x'")},
                                                      {"@self", parse_expression("@self")},
                                                      {"@guid", parse_expression("'0'")}};
  const auto filter = parse_expression(text);
  return message_of([&] {
    check_filter(*filter, support::people_model(), support::people_type("person"), {&aliases});
  });
}

struct Row {
  std::string_view name, filter, message;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.filter;
}

class WrongFilter : public testing::TestWithParam<Row> {};

TEST_P(WrongFilter, IsRefusedWithWhatToDo) {
  EXPECT_EQ(filter_message(GetParam().filter), GetParam().message);
}

#define BINARY(a, b, kind)                                                                      \
  "A binary operator with incompatible types was detected. Found operand types '" a "' and '" b \
  "' for operator kind '" kind "'. "
#define CAST "Use values of types that go together, or cast one: cast(a,Edm.String)."

constexpr Row kRows[] = {
    {"BooleanAndString", "yes eq 'true'",
     BINARY("Edm.Boolean", "Edm.String", "Equal") "Expected is true or false, without quotes."},
    {"NumberAndString", "count gt '3'",
     BINARY("Edm.Int32", "Edm.String", "GreaterThan") "Expected is a whole number from -2147483648 "
                                                      "to 2147483647, without quotes."},
    {"NumberAndBoolean", "count ne true", BINARY("Edm.Int32", "Edm.Boolean", "NotEqual") CAST},
    {"DecimalAndString", "price le '1'",
     BINARY("Edm.Decimal", "Edm.String",
            "LessThanOrEqual") "Expected is a number, without quotes."},
    {"StringAndDate", "name ge 2012-12-03",
     BINARY("Edm.String", "Edm.Date",
            "GreaterThanOrEqual") "Write the value of a string in single quotes."},
    {"StringAndGuid", "id eq 01234567-89ab-cdef-0123-456789abcdef",
     BINARY("Edm.String", "Edm.Guid", "Equal") "Write the value of a string in single quotes."},
    {"DateAndAnotherText", "seen lt 'yesterday'",
     BINARY("Edm.DateTimeOffset", "Edm.String",
            "LessThan") "Expected is a date and time with an offset, such as "
                        "\"2026-01-31T12:00:00Z\"."},
    {"GuidAndAnotherText", "key eq '0123'",
     BINARY("Edm.Guid", "Edm.String",
            "Equal") "Expected is a GUID such as \"01234567-89ab-cdef-0123-456789abcdef\"."},
    {"ThroughAnAlias", "key eq @guid",
     BINARY("Edm.Guid", "Edm.String",
            "Equal") "Expected is a GUID such as \"01234567-89ab-cdef-0123-456789abcdef\"."},
    {"TimeAndNumber", "wakes eq 7", BINARY("Edm.TimeOfDay", "Edm.Int32", "Equal") CAST},
    {"EnumerationAndNumber", "color eq 1",
     BINARY("microsoft.graph.color", "Edm.Int32", "Equal") CAST},
    {"TwoEnumerations", "color eq microsoft.graph.days'monday'",
     BINARY("microsoft.graph.color", "microsoft.graph.days", "Equal") CAST},
    {"UndeclaredMember", "color eq 'gren'",
     "The string 'gren' is not a valid value of the enumeration 'microsoft.graph.color'. Did you "
     "mean 'green'?"},
    {"MemberFarFromAll", "color in ('purplish')",
     "The string 'purplish' is not a valid value of the enumeration 'microsoft.graph.color'. It "
     "has 'red', 'green', 'blue'."},
    {"OrderOfBinaries", "data gt binary'T0RhdGE'",
     BINARY("Edm.Binary", "Edm.Binary", "GreaterThan") CAST},
    {"Geographies", "spot eq spot", BINARY("Edm.Geography", "Edm.Geography", "Equal") CAST},
    {"Streams", "picture eq 'x'",
     BINARY("Edm.Stream", "Edm.String", "Equal") "Expected is a string."},
    {"CollectionAndPrimitive", "tags eq 'a'",
     BINARY("Collection(Edm.String)", "Edm.String",
            "Equal") "Ask of the items of a collection with 'any' or 'all', as in tags/any(t:t eq "
                     "'x')."},
    {"ThroughACollection", "friends/name eq 'Ann'",
     BINARY("Collection(Edm.String)", "Edm.String",
            "Equal") "Ask of the items of a collection with 'any' or 'all', as in tags/any(t:t eq "
                     "'x')."},
    {"ComplexAndPrimitive", "home eq 'Bern'",
     BINARY("microsoft.graph.place", "Edm.String",
            "Equal") "Name one of the properties of the complex value or entity, as in "
                     "address/city."},
    {"LiteralAndPrimitive", "count eq {\"a\":1}",
     BINARY("Edm.Int32", "Edm.ComplexType",
            "Equal") "Name one of the properties of the complex value or entity, as in "
                     "address/city."},
    {"OrderOfComplexValues", "home lt work",
     BINARY("microsoft.graph.place", "microsoft.graph.place",
            "LessThan") "Name one of the properties of the complex value or entity, as in "
                        "address/city."},
    {"CollectionsOfOtherItems", "numbers eq ['a']",
     BINARY("Collection(Edm.Int32)", "Collection(Edm.Untyped)",
            "Equal") "Ask of the items of a collection with 'any' or 'all', as in tags/any(t:t eq "
                     "'x')."},
    {"Sum", "count add 'x' eq 1",
     BINARY("Edm.Int32", "Edm.String", "Add") "Expected is a whole number from -2147483648 to "
                                              "2147483647, without quotes."},
    {"SumOfDates", "born add born eq born", BINARY("Edm.Date", "Edm.Date", "Add") CAST},
    {"And", "count and yes",
     BINARY("Edm.Int32", "Edm.Boolean", "And") "Either side has to be a condition, as in a eq 1."},
    {"Or", "yes or name",
     BINARY("Edm.Boolean", "Edm.String", "Or") "Either side has to be a condition, as in a eq 1."},
    {"Has", "count has 'x'",
     BINARY("Edm.Int32", "Edm.String", "Has") "'has' takes values of one enumeration."},
    {"InAListOfOthers", "count in (1,'x')",
     BINARY("Edm.Int32", "Edm.String", "In") "Expected is a whole number from -2147483648 to "
                                             "2147483647, without quotes."},
    {"InNoCollection", "count in 3", BINARY("Edm.Int32", "Edm.Int32", "In") CAST},
    {"Not", "not count",
     "A unary operator with an incompatible type was detected. Found operand type 'Edm.Int32' for "
     "operator kind 'Not'. It takes a condition; put a comparison in parentheses, as in not (a eq "
     "1)."},
    {"NotWithoutParentheses", "not count eq 3",
     "A unary operator with an incompatible type was detected. Found operand type 'Edm.Int32' for "
     "operator kind 'Not'. It takes a condition; put a comparison in parentheses, as in not (a eq "
     "1)."},
    {"Negation", "-name eq 'x'",
     "A unary operator with an incompatible type was detected. Found operand type 'Edm.String' "
     "for operator kind 'Negate'. It takes a number or a duration."},
    {"Arguments", "contains(count,'3')",
     "No function signature for the function with name 'contains' matches the specified arguments "
     "(Edm.Int32,Edm.String). It is contains(string,string) or contains(collection,collection)."},
    {"ArgumentThatIsNoDate", "year(name) eq 1",
     "No function signature for the function with name 'year' matches the specified arguments "
     "(Edm.String). It is year(date) or year(date and time)."},
    {"NoCondition", "count",
     "The $filter expression must evaluate to a single boolean value; 'count' is of type "
     "'Edm.Int32'. Compare it with a value, as in a eq 1."},
    {"ACollection", "tags",
     "The $filter expression must evaluate to a single boolean value; 'tags' is of type "
     "'Collection(Edm.String)'. Compare it with a value, as in a eq 1."},
    {"LambdaOfNoCollection", "name/any(n:n eq 'x')",
     "'any' may only be used following a collection; 'name' is of type 'Edm.String'."},
    {"LambdaOfNoCondition", "tags/all(t:t)",
     "'all' takes a condition, and 't' is of type 'Edm.String'."},
    {"CountOfNoCollection", "home/$count eq 1",
     "'$count' may only be used following a collection; 'home' is of type "
     "'microsoft.graph.place'."},
    {"MemberOfAPrimitive", "name/city eq 'x'",
     "'name/city' asks for a property of 'name', which is of type 'Edm.String' and has none."},
    {"UnknownProperty", "nane eq 'x'",
     "Could not find a property named 'nane' on type 'microsoft.graph.person'. Did you mean "
     "'name'?"},
    {"UnknownPropertyInALambda", "friends/any(f:f/nane eq 'x')",
     "Could not find a property named 'nane' on type 'microsoft.graph.person'. Did you mean "
     "'name'?"},
    {"UnknownPropertyInAListItem", "[oopsies] eq ['x']",
     "Could not find a property named 'oopsies' on type 'microsoft.graph.person'."},
    {"UnknownType", "microsoft.graph.oops/name eq 'x'", "There is no type 'microsoft.graph.oops'."},
    {"UnknownEnumeration", "color eq x.y'red'", "There is no enumeration 'x.y'."},
    {"UnknownFunction", "contain(name)",
     "An unknown function with name 'contain' was found. Did you mean 'contains'?"},
    {"UnknownFunctionOfOne", "tolowr('x') eq 'y'",
     "An unknown function with name 'tolowr' was found. Did you mean 'tolower'?"},
    {"UnknownRoot", "$root/peple/any()",
     "'$root/peple' is neither an entity set nor a singleton. Did you mean '$root/people'?"},
    {"KeyOfNoCollection", "boss('x')/name eq 'y'",
     "'boss('x')' has a key, and 'boss' is no collection of entities."},
    {"LiteralOutOfRange", "sleeps lt duration'P9999999D'",
     "The literal 'duration'P9999999D'' is out of range: years have up to six digits, durations "
     "are of up to 292 years."},
};

#undef BINARY
#undef CAST

INSTANTIATE_TEST_SUITE_P(Check, WrongFilter, testing::ValuesIn(kRows), support::RowName());

TEST(Check, NamesWhatIsNotImplemented) {
  EXPECT_EQ(filter_message("home/@Measures.Currency eq 'EUR'").substr(0, 4), "501 ");
  for (const std::string_view text :
       {"@Core.Messages/any()", "$it/microsoft.graph.best()/yes", "oldest()/yes",
        "$root/oldest/yes", "boss eq {\"@odata.id\":\"x\"}", "matchesPattern(name,'(?!x)')"}) {
    EXPECT_EQ(filter_message(text).substr(0, 4), "501 ") << text;
  }
}

TEST(Check, LetsPassWhatTheModelDoesNotType) {
  for (const std::string_view text : {"bag/x eq 1 and bag/x eq 'x' and bag/x",
                                      "null",
                                      "null eq 1",
                                      "@absent",
                                      "name eq @absent",
                                      "@text eq name",
                                      "seen gt '2012-12-03'",
                                      "rents eq 'P1Y'",
                                      "mood eq 'what may come'",
                                      "days has 'monday'",
                                      "data eq 'T0RhdGE'",
                                      "key in ('01234567-89ab-cdef-0123-456789abcdef')",
                                      "case(yes:1,true:'x') eq 1",
                                      "numbers eq []",
                                      "isof(name,Edm.Int32)",
                                      "year('2012-12-03') eq 1",
                                      "cast(bag/x,Edm.Boolean)",
                                      "friends/any(f:f/bag/y)",
                                      "born lt seen",
                                      "@self eq 1"}) {
    EXPECT_EQ(filter_message(text), "") << text;
  }
}

std::string orderby_message(std::string_view text) {
  return message_of([&] {
    check_orderby(parse_orderby(text), support::people_model(), support::people_type("person"));
  });
}

TEST(Check, OrdersByPrimitiveValuesAlone) {
  EXPECT_EQ(orderby_message("name desc,home/zip,length(name),bag/x,color,count add 1"), "");
  EXPECT_EQ(orderby_message("name,tags"),
            "The $orderby expression must evaluate to a single value of primitive type; 'tags' is "
            "of type 'Collection(Edm.String)'.");
  for (const std::string_view text :
       {"home", "boss", "friends", "spot", "picture", "friends/name"}) {
    EXPECT_NE(orderby_message(text), "") << text;
  }
}

TEST(Check, KnowsWhatItIsWithinExpand) {
  const auto filter = parse_expression("$it/ID eq count and $this/count eq count");
  const auto check = [&](const CheckScope& scope) {
    return message_of([&] {
      check_filter(*filter, support::people_model(), support::people_type("person"), scope);
    });
  };
  EXPECT_EQ(check({nullptr, &support::people_type("order")}), "");
  EXPECT_NE(check({}), "");
}

// Each is walked once: an alias that names another twice, again and again, and a path of keys.
TEST(Check, TakesATimeThatGrowsWithTheText) {
  std::map<std::string, ExprPtr> aliases;
  for (int i = 0; i < 12; ++i) {
    const auto next = "@a" + std::to_string(i + 1);
    std::string text = next;
    for (int j = 0; j < 30; ++j) text += " and " + next;
    aliases["@a" + std::to_string(i)] = parse_expression(text);
  }
  std::string path = "friends('x')";
  for (int i = 0; i < 40; ++i) path += "/friends('x')";
  for (const auto& text : {std::string("@a0"), path + "/yes"}) {
    const auto filter = parse_expression(text);
    EXPECT_EQ(message_of([&] {
                check_filter(*filter, support::people_model(), support::people_type("person"),
                             {&aliases});
              }),
              "");
  }
}

TEST(Check, RefusesAliasesWithinTooMany) {
  std::map<std::string, ExprPtr> aliases;
  for (int i = 0; i < 5'000; ++i) {
    aliases["@a" + std::to_string(i)] = parse_expression("@a" + std::to_string(i + 1));
  }
  const auto filter = parse_expression("@a0");
  EXPECT_NE(message_of([&] {
              check_filter(*filter, support::people_model(), support::people_type("person"),
                           {&aliases});
            }),
            "");
}

}  // namespace
}  // namespace graphmock::odata
