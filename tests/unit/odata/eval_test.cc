// Expressions and what they are worth for one entity: the null tables, operators and functions of
// the standard (URL 5.1.1), each a row.
#include "odata/eval.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "http/error.h"
#include "odata/expr_parser.h"
#include "support/small_service.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

constexpr std::string_view kTypes = R"xml(
<EnumType Name="color"><Member Name="red" Value="0"/><Member Name="green" Value="1"/>
  <Member Name="blue" Value="2"/></EnumType>
<EnumType Name="days" IsFlags="true"><Member Name="monday" Value="1"/>
  <Member Name="tuesday" Value="2"/><Member Name="friday" Value="16"/></EnumType>
<ComplexType Name="place"><Property Name="city" Type="Edm.String"/>
  <Property Name="zip" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="office" BaseType="graph.place"><Property Name="room" Type="Edm.String"/></ComplexType>
<EntityType Name="person">
  <Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="name" Type="Edm.String"/>
  <Property Name="nothing" Type="Edm.String"/>
  <Property Name="none" Type="Edm.Int32"/>
  <Property Name="maybe" Type="Edm.Boolean"/>
  <Property Name="count" Type="Edm.Int32"/>
  <Property Name="big" Type="Edm.Int64"/>
  <Property Name="price" Type="Edm.Decimal"/>
  <Property Name="score" Type="Edm.Double"/>
  <Property Name="yes" Type="Edm.Boolean"/>
  <Property Name="no" Type="Edm.Boolean"/>
  <Property Name="born" Type="Edm.Date"/>
  <Property Name="seen" Type="Edm.DateTimeOffset"/>
  <Property Name="local" Type="Edm.DateTimeOffset"/>
  <Property Name="wakes" Type="Edm.TimeOfDay"/>
  <Property Name="sleeps" Type="Edm.Duration"/>
  <Property Name="key" Type="Edm.Guid"/>
  <Property Name="color" Type="graph.color"/>
  <Property Name="days" Type="graph.days"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <Property Name="numbers" Type="Collection(Edm.Int32)"/>
  <Property Name="empty" Type="Collection(Edm.String)"/>
  <Property Name="home" Type="graph.place"/>
  <Property Name="work" Type="graph.place"/>
  <Property Name="places" Type="Collection(graph.place)"/>
  <NavigationProperty Name="boss" Type="graph.person"/>
  <NavigationProperty Name="friends" Type="Collection(graph.person)"/>
</EntityType>
<EntityType Name="chief" BaseType="graph.person"><Property Name="title" Type="Edm.String"/></EntityType>
)xml";

constexpr std::string_view kPerson = R"({"id": "p", "name": "O'Neil Grün", "count": 3,
  "big": 9007199254740993, "price": 2.5, "score": 1.5, "yes": true, "no": false,
  "born": "2012-12-03", "seen": "2012-12-03T07:16:23.5Z", "local": "2012-12-03T01:30:00+02:00",
  "wakes": "07:16:23", "sleeps": "PT12H", "key": "01234567-89AB-cdef-0123-456789abcdef",
  "color": "green", "days": "monday,friday", "tags": ["a", "b"], "numbers": [1, 2, 3],
  "empty": [], "home": {"city": "Bern", "zip": 3000},
  "work": {"@odata.type": "#microsoft.graph.office", "city": "Basel", "room": "7"},
  "places": [{"city": "Bern", "zip": 1}, {"city": "Rome"}]})";

// Two friends, one of them a chief; no boss.
class Friends : public Source {
 public:
  explicit Friends(const model::Model& model) : model_(model) {}

  std::vector<Item> related(const Item&, const model::NavigationProperty& navigation) override {
    if (!navigation.is_collection) return {};
    return {{&one_.get_object(), model_.structured_type("microsoft.graph.person"), &one_},
            {&two_.get_object(), model_.structured_type("microsoft.graph.chief"), &two_}};
  }

 private:
  const model::Model& model_;
  base::json::value one_ = base::parse_json(R"({"id": "f1", "name": "Ann", "count": 1})");
  base::json::value two_ =
      base::parse_json(R"({"id": "f2", "name": "Bob", "count": 5, "title": "Dr"})");
};

const model::Model& people() {
  static const auto model = support::read_model("v1.0", support::csdl(kTypes));
  return *model;
}

std::string printed(const Value& value) {
  if (value.is_null()) return "null";
  if (const auto* flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const auto* whole = value.get<int64_t>()) return std::to_string(*whole);
  if (const auto* real = value.get<double>()) return base::to_json(base::json::value(*real));
  if (const auto* text = value.get<Text>()) return "'" + text->text + "'";
  if (const auto* moment = value.get<Moment>()) return format_moment(*moment);
  if (const auto* date = value.get<Date>()) return format_date(date->days);
  if (const auto* time = value.get<TimeOfDay>()) return format_time_of_day(time->nanoseconds);
  if (const auto* duration = value.get<Duration>()) return format_duration(duration->nanoseconds);
  if (const auto* list = value.list()) {
    std::string text;
    for (const auto& one : *list) text += (text.empty() ? "" : ",") + printed(one);
    return "[" + text + "]";
  }
  return "item";
}

std::string evaluated(std::string_view text, bool ignore_case = false) {
  static const auto person = base::parse_json(kPerson);
  static const std::map<std::string, ExprPtr> aliases{{"@three", parse_expression("3")}};
  Friends friends(people());
  const auto now = base::Instant(std::chrono::milliseconds(1'769'860'800'125));
  Evaluator evaluator(people(), aliases, friends, {ignore_case, now});
  try {
    const auto expression = parse_expression(text);
    const auto* type = people().structured_type("microsoft.graph.person");
    check_names(*expression, people(), *type);
    return printed(evaluator.value(*expression, {&person.get_object(), type, &person}));
  } catch (const http::Error& error) {
    return std::to_string(error.status);
  } catch (const SyntaxError& error) {
    return syntax_message(error, text);
  }
}

struct Row {
  std::string_view expression;
  std::string_view value;
};

void check(std::initializer_list<Row> rows) {
  for (const auto& [expression, value] : rows) {
    EXPECT_EQ(evaluated(expression), value) << expression;
  }
}

TEST(Eval, EqualityKnowsNull) {  // URL 5.1.1.1.1, 5.1.1.1.2
  check({{"name eq 'O''Neil Grün'", "true"},
         {"name eq 'x'", "false"},
         {"nothing eq null", "true"},
         {"name eq null", "false"},
         {"null eq null", "true"},
         {"nothing eq 'x'", "false"},
         {"name ne 'x'", "true"},
         {"name ne null", "true"},
         {"nothing ne null", "false"},
         {"nothing ne 'x'", "true"},
         {"name eq 'o''neil grün'", "false"},
         {"yes eq true", "true"},
         {"no eq true", "false"},
         {"maybe eq null", "true"},
         {"count eq 3", "true"},
         {"count eq 3.0", "true"},
         {"price eq 2.5", "true"},
         {"count eq '3'", "false"}});
  EXPECT_EQ(evaluated("name eq 'o''neil GRün'", true), "true");
}

TEST(Eval, OrderOfNullIsFalse) {  // URL 5.1.1.1.3 to 6
  check({{"count gt 2", "true"},
         {"count gt 3", "false"},
         {"count ge 3", "true"},
         {"count lt 4", "true"},
         {"count lt 3", "false"},
         {"count le 3", "true"},
         {"none gt 1", "false"},
         {"none lt 1", "false"},
         {"none ge null", "false"},
         {"null le null", "false"},
         {"1 gt null", "false"},
         {"name gt 'N'", "true"},
         {"name lt 'N'", "false"},
         {"price gt 2", "true"},
         {"score lt 1.6", "true"},
         {"price gt score", "true"},
         {"no lt yes", "true"},
         {"count gt 'x'", "400"}});
}

TEST(Eval, LogicIsOfThreeValues) {  // URL 5.1.1.1.7 to 9
  check({{"true and true", "true"},
         {"true and false", "false"},
         {"false and true", "false"},
         {"false and false", "false"},
         {"true and maybe", "null"},
         {"maybe and true", "null"},
         {"false and maybe", "false"},
         {"maybe and false", "false"},
         {"maybe and maybe", "null"},
         {"true or true", "true"},
         {"true or false", "true"},
         {"false or true", "true"},
         {"false or false", "false"},
         {"true or maybe", "true"},
         {"maybe or true", "true"},
         {"false or maybe", "null"},
         {"maybe or false", "null"},
         {"maybe or maybe", "null"},
         {"not true", "false"},
         {"not false", "true"},
         {"not maybe", "null"},
         {"not (count eq 3)", "false"},
         {"not contains(name,'x')", "true"},
         {"yes and not no", "true"},
         {"no or yes and yes", "true"},
         {"count and yes", "400"}});
}

TEST(Eval, ArithmeticPromotesAndKnowsNull) {  // URL 5.1.1.2
  check({{"count add 2", "5"},
         {"count sub 5", "-2"},
         {"count mul 4", "12"},
         {"7 div 2", "3"},
         {"7 divby 2", "3.5"},
         {"7 mod 4", "3"},
         {"-7 div 2", "-3"},
         {"-7 mod 4", "-3"},
         {"7.0 div 2", "3.5"},
         {"count add 0.5", "3.5"},
         {"-count", "-3"},
         {"-(count add 1)", "-4"},
         {"none add 1", "null"},
         {"1 sub none", "null"},
         {"-none", "null"},
         {"2 add 3 mul 4", "14"},
         {"(2 add 3) mul 4", "20"},
         {"10 sub 3 sub 2", "5"},
         {"7 div 0", "400"},
         {"9223372036854775807 add 1", "400"},
         {"count add 'x'", "400"},
         {"big add 1", "9007199254740994"},
         {"big eq 9007199254740992", "false"},
         {"big eq 9007199254740993", "true"}});
}

TEST(Eval, DatesAndDurationsReckon) {  // URL 5.1.1.2.1, 5.1.1.2.2
  check({{"born add duration'P1D'", "2012-12-04"},
         {"born sub duration'P3D'", "2012-11-30"},
         {"seen add duration'PT1H'", "2012-12-03T08:16:23.5Z"},
         {"seen sub duration'PT7H16M24S'", "2012-12-02T23:59:59.5Z"},
         {"born sub 2012-12-01", "P2D"},
         {"seen sub 2012-12-03T07:16:23Z", "PT0.5S"},
         {"sleeps add duration'PT30M'", "PT12H30M"},
         {"sleeps mul 2", "P1D"},
         {"sleeps div 2", "PT6H"},
         {"-sleeps", "-PT12H"},
         {"born add 1", "400"},
         {"none add duration'P1D'", "null"}});
}

TEST(Eval, DatesCompareAsPointsInTime) {
  check({{"seen eq 2012-12-03T08:16:23.5+01:00", "true"},
         {"seen gt 2012-12-03T07:16:23Z", "true"},
         {"seen lt 2012-12-03T07:16:23Z", "false"},
         {"seen ge 2012-12-03", "true"},
         {"born eq 2012-12-03", "true"},
         {"born lt 2012-12-04", "true"},
         {"born lt seen", "true"},
         {"wakes eq 07:16:23", "true"},
         {"wakes lt 07:16:23.001", "true"},
         {"sleeps eq duration'PT720M'", "true"},
         {"sleeps gt duration'PT1H'", "true"},
         {"seen gt '2012-12-01T00:00:00Z'", "true"},
         {"key eq 01234567-89ab-cdef-0123-456789abcdef", "true"},
         {"key eq '01234567-89ab-cdef-0123-456789abcdef'", "true"}});
}

TEST(Eval, EnumerationsCompareAndHaveFlags) {  // URL 5.1.1.1.10, 5.1.1.14.3
  check({{"color eq microsoft.graph.color'green'", "true"},
         {"color eq 'green'", "true"},
         {"color eq 'GREEN'", "true"},
         {"color eq microsoft.graph.color'1'", "true"},
         {"color ne microsoft.graph.color'red'", "true"},
         {"color gt microsoft.graph.color'red'", "true"},
         {"days has microsoft.graph.days'monday'", "true"},
         {"days has microsoft.graph.days'tuesday'", "false"},
         {"days has microsoft.graph.days'monday,friday'", "true"},
         {"days has 'friday'", "true"},
         {"days eq 'friday,monday'", "true"},
         {"nothing has microsoft.graph.days'monday'", "null"},
         {"count has microsoft.graph.days'monday'", "400"}});
}

TEST(Eval, InIsEqualityWithAnyOfAList) {  // URL 5.1.1.1.11
  check({{"name in ('x','O''Neil Grün')", "true"},
         {"count in (1,2,3)", "true"},
         {"count in (4)", "false"},
         {"nothing in ('x',null)", "true"},
         {"nothing in ('x')", "false"},
         {"count in numbers", "true"},
         {"'c' in tags", "false"},
         {"color in ('red','green')", "true"},
         {"count in 3", "400"}});
}

TEST(Eval, StringFunctions) {  // URL 5.1.1.5, 5.1.1.7
  check({{"contains(name,'Neil')", "true"},
         {"contains(name,'neil')", "false"},
         {"startswith(name,'O')", "true"},
         {"startswith(name,'x')", "false"},
         {"endswith(name,'ün')", "true"},
         {"length(name)", "11"},
         {"indexof(name,'Grün')", "7"},
         {"indexof(name,'x')", "-1"},
         {"indexof(name,'n')", "10"},
         {"substring(name,7)", "'Grün'"},
         {"substring(name,9,1)", "'ü'"},
         {"substring(name,-2)", "'ün'"},
         {"substring(name,99)", "''"},
         {"substring(name,0,1)", "'O'"},
         {"tolower('ABC')", "'abc'"},
         {"toupper('abc')", "'ABC'"},
         {"trim('  a b ')", "'a b'"},
         {"concat('a','b')", "'ab'"},
         {"concat(concat(name,', '),'x')", "'O'Neil Grün, x'"},
         {"contains(nothing,'x')", "null"},
         {"length(nothing)", "null"},
         {"concat(nothing,'x')", "null"},
         {"tolower(nothing) eq null", "true"},
         {"contains(count,'x')", "400"},
         {"length(tags)", "2"},
         {"matchesPattern(name,'^O')", "501"},
         {"startsWith(name,'O')", "true"}});
  EXPECT_EQ(evaluated("contains(name,'NEIL')", true), "true");
  EXPECT_EQ(evaluated("endswith(name,'RüN')", true), "true");
}

TEST(Eval, DateFunctions) {  // URL 5.1.1.8
  check({{"year(born)", "2012"},
         {"month(seen)", "12"},
         {"day(seen)", "3"},
         {"hour(seen)", "7"},
         {"minute(seen)", "16"},
         {"second(seen)", "23"},
         {"hour(wakes)", "7"},
         {"fractionalseconds(seen)", "0.5"},
         {"date(seen)", "2012-12-03"},
         {"time(seen)", "07:16:23.5"},
         {"day(local)", "3"},
         {"hour(local)", "1"},
         {"date(local)", "2012-12-03"},
         {"totaloffsetminutes(local)", "120"},
         {"totaloffsetminutes(seen)", "0"},
         {"totalseconds(sleeps)", "43200"},
         {"now()", "2026-01-31T12:00:00.125Z"},
         {"mindatetime() lt seen", "true"},
         {"maxdatetime() gt now()", "true"},
         {"year(nothing)", "null"},
         {"year(name)", "400"},
         {"date(seen) eq born", "true"}});
}

TEST(Eval, MathAndTypeFunctions) {  // URL 5.1.1.9, 5.1.1.10
  check({{"round(2.5)", "3"},
         {"round(-2.5)", "-3"},
         {"floor(2.7)", "2"},
         {"ceiling(2.1)", "3"},
         {"round(price) eq 3", "true"},
         {"floor(count)", "3"},
         {"ceiling(none)", "null"},
         {"cast(count,Edm.String)", "'3'"},
         {"cast(price,Edm.Int32)", "2"},
         {"cast(seen,Edm.String)", "'2012-12-03T07:16:23.5Z'"},
         {"isof(name,Edm.String)", "true"},
         {"isof(count,Edm.String)", "false"},
         {"isof(microsoft.graph.person)", "true"},
         {"isof(microsoft.graph.chief)", "false"},
         {"isof(work,microsoft.graph.office)", "false"},
         {"isof(nothing,Edm.String)", "false"}});
}

TEST(Eval, PathsGoThroughComplexValuesAndNavigations) {
  check({{"home/city eq 'Bern'", "true"},
         {"home/zip add 1", "3001"},
         {"work/city", "'Basel'"},
         {"work/zip eq null", "true"},
         {"boss/name eq null", "true"},
         {"boss/boss/name", "null"},
         {"boss eq null", "true"},
         {"home/none", "400"},
         {"$it/name eq name", "true"},
         {"count eq @three", "true"},
         {"count eq @absent", "false"}});
}

TEST(Eval, CollectionsAreCounted) {  // URL 5.1.1.1.12 with $count
  check({{"tags/$count", "2"},
         {"empty/$count eq 0", "true"},
         {"friends/$count gt 1", "true"},
         {"places/$count($filter=zip gt 0)", "1"},
         {"friends/$count($filter=startswith(name,'A'))", "1"},
         {"name/$count", "400"}});
}

TEST(Eval, LambdasAskOfCollections) {  // URL 5.1.1.13
  check({{"tags/any(t:t eq 'a')", "true"},
         {"tags/any(t:t eq 'x')", "false"},
         {"tags/all(t:t ne 'x')", "true"},
         {"tags/all(t:t eq 'a')", "false"},
         {"tags/any()", "true"},
         {"empty/any()", "false"},
         {"empty/any(e:e eq 'a')", "false"},
         {"empty/all(e:e eq 'a')", "true"},
         {"places/any(p:p/city eq 'Rome')", "true"},
         {"places/any(p:p/zip eq null)", "true"},
         {"places/all(p:p/zip gt 0)", "false"},
         {"friends/any(f:f/count gt 4)", "true"},
         {"friends/any(f:f/friends/any(g:g/name eq f/name))", "true"},
         {"friends/any(f:f/count gt count)", "true"},
         {"friends/all(f:f/count gt 0 and count gt 0)", "true"},
         {"friends/any(f:isof(f,microsoft.graph.chief))", "true"},
         {"friends/microsoft.graph.chief/any(f:f/title eq 'Dr')", "true"},
         {"friends/any(f:f/oops eq 1)", "400"},
         {"name/any(n:n eq 'x')", "400"}});
}

TEST(Eval, UnknownNamesAreRefused) {
  check({{"oops eq 1", "400"},
         {"oops/any(o:o eq 1)", "400"},
         {"contains(oops,'x')", "400"},
         {"home/oops eq 1", "400"},
         {"microsoft.graph.oops/name eq 'x'", "400"}});
  const auto expression = parse_expression("nane eq 'x'");
  try {
    check_names(*expression, people(), *people().structured_type("microsoft.graph.person"));
    FAIL();
  } catch (const http::Error& error) {
    EXPECT_EQ(error.message,
              "Could not find a property named 'nane' on type 'microsoft.graph.person'. "
              "Did you mean 'name'?");
  }
}

TEST(Eval, MatchesOnlyWhatIsTrue) {
  static const auto person = base::parse_json(kPerson);
  const std::map<std::string, ExprPtr> aliases;
  Friends friends(people());
  Evaluator evaluator(people(), aliases, friends, {});
  const Item item{&person.get_object(), people().structured_type("microsoft.graph.person")};
  EXPECT_TRUE(evaluator.matches(*parse_expression("yes"), item));
  EXPECT_FALSE(evaluator.matches(*parse_expression("maybe"), item));
  EXPECT_FALSE(evaluator.matches(*parse_expression("no"), item));
  EXPECT_THROW(evaluator.matches(*parse_expression("count"), item), http::Error);
}

}  // namespace
}  // namespace graphmock::odata
