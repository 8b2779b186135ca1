// The grammar of $apply: what is printed for a text, where a wrong one goes wrong, and what the
// server says that it cannot do.
#include "odata/apply.h"

#include <gtest/gtest.h>

#include <string>

#include "http/error.h"
#include "http/url.h"
#include "odata/expr_parser.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

struct Row {
  std::string_view name, text, printed;
};

std::string read_back(std::string_view text) {
  try {
    return to_string(*parse_apply(text));
  } catch (const SyntaxError& error) {
    return std::to_string(error.position) + ": " + error.expected;
  } catch (const http::Error& error) {
    return std::to_string(error.status) + ": " + error.message;
  }
}

class Apply : public testing::TestWithParam<Row> {};

TEST_P(Apply, IsReadAndPrinted) {
  EXPECT_EQ(read_back(GetParam().text), GetParam().printed);
}

constexpr Row kRight[] = {
    {"Filter", "filter(a eq 1)", "filter(a eq 1)"},
    {"FilterWithParentheses", "filter( (a or b) and c )", "filter((a or b) and c)"},
    {"Identity", "identity", "identity"},
    {"Groups", "groupby((a,b/c))", "groupby((a,b/c))"},
    {"GroupsOfADerivedType", "groupby((x.y/a))", "groupby((x.y/a))"},
    {"GroupsAndMore", "groupby((a), aggregate(b with sum as c)/filter(c gt 1))",
     "groupby((a),aggregate(b with sum as c)/filter(c gt 1))"},
    {"Methods",
     "aggregate(a with sum as b,a with min as c,a with max as d,a with average as e,"
     "a with countdistinct as f,$count as g)",
     "aggregate(a with sum as b,a with min as c,a with max as d,a with average as e,"
     "a with countdistinct as f,$count as g)"},
    {"Counts", "aggregate(a/b/$count as n)", "aggregate(a/b/$count as n)"},
    {"Expressions", "aggregate(a mul b add 1 with sum as c)",
     "aggregate(a mul b add 1 with sum as c)"},
    {"Compute", "compute(a add b as c,length(d) as e)", "compute(a add b as c,length(d) as e)"},
    {"OrderBy", "orderby(a desc,b asc)", "orderby(a desc,b)"},
    {"TopAndSkip", "skip(2)/top(3)", "skip(2)/top(3)"},
    {"TopCount", "topcount(2,a)/bottomcount(@n , b)", "topcount(2,a)/bottomcount(@n,b)"},
    {"Concat", "concat(filter(a)/top(1),aggregate($count as n))",
     "concat(filter(a)/top(1),aggregate($count as n))"},
    {"AnyCaseAndBlanks", " GroupBy( ( a , b ) , Aggregate( a With Sum As c ) ) / Top( 1 ) ",
     "groupby((a,b),aggregate(a with sum as c))/top(1)"},
};
INSTANTIATE_TEST_SUITE_P(Right, Apply, testing::ValuesIn(kRight), support::RowName());

constexpr std::string_view kKnown =
    "a transformation: aggregate, bottomcount, compute, concat, filter, groupby, identity, "
    "orderby, skip, top, topcount";

const std::string kNoTransformation = "0: " + std::string(kKnown);
const std::string kNoNextTransformation = "9: " + std::string(kKnown);

const Row kWrong[] = {
    {"Nothing", "", kNoTransformation},
    {"NoTransformation", "filtre(a)", kNoTransformation},
    {"NoNext", "identity/", kNoNextTransformation},
    {"NoParenthesis", "filter a", "6: '('"},
    {"Unclosed", "filter(a eq 1", "13: ')'"},
    {"MoreBehind", "identity identity", "9: an operator"},
    {"NoAlias", "aggregate(a with sum)", "20: 'as' and a name"},
    {"NoMethod", "aggregate(a mul b as c)", "18: 'with' and a method"},
    {"UnknownMethod", "aggregate(a with total as b)",
     "17: sum, min, max, average or countdistinct"},
    {"CountWithoutAlias", "aggregate($count)", "16: 'as' and a name"},
    {"GroupsWithoutParentheses", "groupby(a)", "8: '('"},
    {"GroupsOfAnExpression", "groupby((a,b add 1))", "11: a path of properties"},
    {"NoNumber", "top(x)", "4: a whole number of at least 0"},
    {"ConcatOfOne", "concat(identity)", "15: ','"},
    {"TopCountWithoutExpression", "topcount(2)", "10: ','"},
};
INSTANTIATE_TEST_SUITE_P(Wrong, Apply, testing::ValuesIn(kWrong), support::RowName());

std::string not_implemented(std::string_view what) {
  return "501: " + http::not_implemented(std::string(what) + " in '$apply'").message;
}

const std::string kRollup = not_implemented("'rollup'");
const std::string kFrom = not_implemented("the keyword 'from'");
const std::string kCustom = not_implemented("the custom aggregate 'Forecast'");
const std::string kMethod = not_implemented("the aggregation method 'Custom.concat'");
const std::string kTopSum = not_implemented("the transformation 'topsum'");
const std::string kNest = not_implemented("the transformation 'nest'");
const std::string kFunction = not_implemented("the function 'a.b'");

const Row kElsewhere[] = {
    {"Rollup", "groupby((rollup(a,b)))", kRollup},
    {"From", "aggregate(a with sum from b with average as c)", kFrom},
    {"CustomAggregate", "aggregate(Forecast)", kCustom},
    {"NamedCustomAggregate", "aggregate(Forecast as b)", kCustom},
    {"CustomMethod", "aggregate(a with Custom.concat as b)", kMethod},
    {"TopSum", "filter(a)/topsum(1,a)", kTopSum},
    {"Nest", "nest(identity as a)", kNest},
    {"Function", "a.b(c=1)", kFunction},
};
INSTANTIATE_TEST_SUITE_P(OfTheStandardAlone, Apply, testing::ValuesIn(kElsewhere),
                         support::RowName());

TEST(ApplyDepth, IsBounded) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "groupby((a),";
  EXPECT_NE(read_back(text).find("levels of nesting"), std::string::npos) << read_back(text);
}

// The options of a query, whose filters are folded.
std::string folded(std::string_view options) {
  auto query = parse_query(http::parse_url("/?" + std::string(options)).query);
  fold_filters(query);
  return (query.apply ? to_string(*query.apply) : "-") + std::string("|") +
         (query.filter ? to_string(*query.filter) : "-");
}

TEST(ApplyOfFilters, IsAFilter) {
  EXPECT_EQ(folded("$apply=filter(a)/filter(b)"), "-|a and b");
  EXPECT_EQ(folded("$apply=filter(a)/identity&$filter=b or c"), "-|a and (b or c)");
  EXPECT_EQ(folded("$apply=identity"), "-|-");
  EXPECT_EQ(folded("$apply=filter(a)/top(1)&$filter=b"), "filter(a)/top(1)|b");
}

}  // namespace
}  // namespace graphmock::odata
