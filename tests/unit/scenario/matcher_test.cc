#include "scenario/matcher.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "scenario/script_reader.h"
#include "support/test_name.h"

namespace graphmock::scenario {
namespace {

Matcher matcher(const std::string& text) {
  base::LoadErrors errors;
  const auto pattern = read_request_pattern("m", R"({"body":{"/a":)" + text + "}}", errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  return pattern ? pattern->body.at(0).second : Matcher();
}

struct MatchRow {
  std::string_view name;
  std::string_view matcher;
  std::string_view value;  // JSON; empty for none
  bool accepts;
};

class Match : public testing::TestWithParam<MatchRow> {};

TEST_P(Match, AcceptsAValueOrNot) {
  const auto& row = GetParam();
  const auto one = matcher(std::string(row.matcher));
  if (row.value.empty()) {
    EXPECT_EQ(one.accepts(nullptr), row.accepts);
  } else {
    const auto value = base::parse_json(row.value);
    EXPECT_EQ(one.accepts(&value), row.accepts);
  }
}

constexpr MatchRow kBare[] = {
    {"Text", R"("a")", R"("a")", true},
    {"OtherText", R"("a")", R"("b")", false},
    {"TextInAnotherCase", R"("a")", R"("A")", false},
    {"PartOfAText", R"("a")", R"("ab")", false},
    {"NoValue", R"("a")", "", false},
    {"Number", "7", "7", true},
    {"NumberWrittenOtherwise", "7", "7.0", true},
    {"NumberWithExponent", "700", "7e2", true},
    {"OtherNumber", "7", "8", false},
    {"NumberAsText", "7", R"("7")", true},
    {"NumberAsTextWithSpace", "7", R"(" 7 ")", true},
    {"NumberAndWords", "7", R"("7 days")", false},
    {"NumberAndEmptyText", "0", R"("")", false},
    {"TextThatLooksLikeANumber", R"("7")", "7", false},
    {"True", "true", "true", true},
    {"TrueAsText", "true", R"("true")", true},
    {"TrueIsNotFalse", "true", "false", false},
    {"TrueIsNotOne", "true", "1", false},
    {"Null", "null", "null", true},
    {"NullIsNotAbsent", "null", "", false},
    {"NullIsNoText", "null", R"("null")", false},
    {"Array", "[1,2]", "[1,2]", true},
    {"ArrayInAnotherOrder", "[1,2]", "[2,1]", false},
    {"ElementIsNotTheArray", "1", "[1]", false},
};

constexpr MatchRow kOperators[] = {
    {"Equals", R"({"equals":"a"})", R"("a")", true},
    {"EqualsObject", R"({"equals":{"a":1,"b":2}})", R"({"b":2,"a":1})", true},
    {"EqualsOtherObject", R"({"equals":{"a":1}})", R"({"a":1,"b":2})", false},
    {"EqualsInAnyCase", R"({"equals":"aB","caseInsensitive":true})", R"("Ab")", true},
    {"EqualsInAnyCaseOfAnyScript", R"({"equals":"ÄÖ","caseInsensitive":true})", R"("äö")", true},
    {"CaseInsensitiveFalse", R"({"equals":"a","caseInsensitive":false})", R"("A")", false},
    {"Contains", R"({"contains":"b"})", R"("abc")", true},
    {"ContainsNot", R"({"contains":"d"})", R"("abc")", false},
    {"ContainsInAnotherCase", R"({"contains":"B"})", R"("abc")", false},
    {"ContainsInAnyCase", R"({"contains":"B","caseInsensitive":true})", R"("abc")", true},
    {"ContainsInAnyCaseOfAnyScript", R"({"contains":"É","caseInsensitive":true})", R"("café")",
     true},
    {"ContainsEmpty", R"({"contains":""})", R"("abc")", true},
    {"ContainsElement", R"({"contains":"b"})", R"(["a","b"])", true},
    {"ContainsNoElement", R"({"contains":"b"})", R"(["ab"])", false},
    {"ContainsElementInAnyCase", R"({"contains":"B","caseInsensitive":true})", R"(["a","b"])",
     true},
    {"ContainsNumber", R"({"contains":2})", "[1,2]", true},
    {"ContainsObject", R"({"contains":{"id":"1"}})", R"([{"id":"1"}])", true},
    {"ContainsNull", R"({"contains":null})", "[1,null]", true},
    {"ContainsInEmptyArray", R"({"contains":""})", "[]", false},
    {"ContainsInANumber", R"({"contains":"23"})", "1234", true},
    {"ContainsInNull", R"({"contains":"nul"})", "null", false},
    {"ContainsWithoutValue", R"({"contains":""})", "", false},
    {"Matches", R"({"matches":"a+b"})", R"("aab")", true},
    {"MatchesTheWholeAlone", R"({"matches":"a+b"})", R"("aabc")", false},
    {"MatchesAlternatives", R"({"matches":"a|b"})", R"("b")", true},
    {"MatchesInAnotherCase", R"({"matches":"a|b"})", R"("B")", false},
    {"MatchesInAnyCase", R"({"matches":"a|b","caseInsensitive":true})", R"("B")", true},
    {"MatchesANumber", R"({"matches":"\\d+"})", "42", true},
    {"MatchesNoNull", R"({"matches":".*"})", "null", false},
    {"MatchesWithoutValue", R"({"matches":".*"})", "", false},
    {"MatchesEmptyText", R"({"matches":".*"})", R"("")", true},
    {"Absent", R"({"absent":true})", "", true},
    {"AbsentOfNull", R"({"absent":true})", "null", false},
    {"AbsentOfAValue", R"({"absent":true})", "1", false},
    {"Present", R"({"absent":false})", "1", true},
    {"PresentAsNull", R"({"absent":false})", "null", true},
    {"PresentOfNothing", R"({"absent":false})", "", false},
    {"SeveralThatHold", R"({"contains":"a","matches":"[abc]+","lessThan":"b"})", R"("abc")", true},
    {"SeveralButOne", R"({"contains":"a","matches":"[ab]+"})", R"("abc")", false},
};

constexpr MatchRow kLimits[] = {
    {"Greater", R"({"greaterThan":10})", "11", true},
    {"NotGreaterThanItself", R"({"greaterThan":10})", "10", false},
    {"GreaterByAFraction", R"({"greaterThan":10})", "10.5", true},
    {"Less", R"({"lessThan":10})", "-11", true},
    {"NotLessThanItself", R"({"lessThan":10})", "10.0", false},
    {"Between", R"({"greaterThan":1,"lessThan":3})", "2", true},
    {"NotBetween", R"({"greaterThan":1,"lessThan":3})", "3", false},
    {"NumberAsText", R"({"greaterThan":9})", R"("10")", true},
    {"TextsAsTexts", R"({"greaterThan":"9"})", R"("10")", false},
    {"Dates", R"({"greaterThan":"2021-01-01T00:00:00Z"})", R"("2021-05-18T00:00:00Z")", true},
    {"EarlierDate", R"({"greaterThan":"2021-01-01T00:00:00Z"})", R"("2020-05-18T00:00:00Z")",
     false},
    {"WordsAgainstANumber", R"({"greaterThan":9})", R"("many")", false},
    {"WordsBelowANumber", R"({"lessThan":9})", R"("many")", false},
    {"NumberAgainstAText", R"({"lessThan":"9"})", "8", false},
    {"Null", R"({"lessThan":9})", "null", false},
    {"True", R"({"greaterThan":0})", "true", false},
    {"Array", R"({"greaterThan":0})", "[1]", false},
    {"NoValue", R"({"greaterThan":0})", "", false},
    {"Int64BeyondADouble", R"({"greaterThan":9007199254740992})", "9007199254740993", true},
    {"Int64EqualBeyondADouble", R"({"equals":9007199254740992})", "9007199254740993", false},
    {"Decimal", R"({"greaterThan":0.1000000000000000000000000001})",
     "0.1000000000000000000000000002", true},
    {"DecimalTheOtherWay", R"({"greaterThan":0.1000000000000000000000000002})",
     "0.1000000000000000000000000001", false},
    {"DecimalWithZeros", R"({"equals":79228162514264337593543950335})",
     "79228162514264337593543950335.000", true},
    {"BeyondAnyNumber", R"({"greaterThan":1})", "1e999999", false},
};

INSTANTIATE_TEST_SUITE_P(Bare, Match, testing::ValuesIn(kBare), support::RowName());
INSTANTIATE_TEST_SUITE_P(Operator, Match, testing::ValuesIn(kOperators), support::RowName());
INSTANTIATE_TEST_SUITE_P(Limit, Match, testing::ValuesIn(kLimits), support::RowName());

TEST(Matcher, SaysWhatItDemands) {
  EXPECT_EQ(to_string(matcher(R"("a")")), R"(equal to "a")");
  EXPECT_EQ(to_string(matcher(R"({"absent":true})")), "absent");
  EXPECT_EQ(to_string(matcher(R"({"absent":false})")), "present");
  EXPECT_EQ(to_string(matcher(
                R"({"contains":"b","matches":"c","greaterThan":1,"lessThan":2,"equals":[3]})")),
            R"(equal to [3] and containing "b" and matching c and greater than 1 and less than 2)");
  EXPECT_EQ(to_string(matcher(R"({"equals":"a","caseInsensitive":true})")),
            R"(equal to "a", in any case)");
}

}  // namespace
}  // namespace graphmock::scenario
