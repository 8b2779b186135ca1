// Expressions and what they are worth for one entity, chapter by chapter of the standard (URL
// 5.1.1). The cases are tables of their own in cases/: see expression_cases.h for what they look
// like.
#include "odata/eval.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "http/request_budget.h"
#include "odata/expr_parser.h"
#include "support/expression_cases.h"
#include "support/people.h"
#include "support/test_name.h"

namespace graphmock::odata {
namespace {

class Chapter : public testing::TestWithParam<std::string> {};

TEST_P(Chapter, IsAsTheStandardHasIt) {
  const auto cases = support::read_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  for (const auto& one : cases) {
    EXPECT_EQ(support::evaluated(one), one.value) << one.place << ": " << one.expression;
  }
}

INSTANTIATE_TEST_SUITE_P(Eval, Chapter, testing::ValuesIn(support::case_files()),
                         support::TextName());

TEST(Eval, HasSomeHundredCases) {
  size_t count = 0;
  for (const auto& file : support::case_files()) count += support::read_cases(file).size();
  EXPECT_GE(count, 320u);
}

TEST(Eval, MatchesOnlyWhatIsTrue) {
  const std::map<std::string, ExprPtr> aliases;
  support::People people;
  Evaluator evaluator(support::people_model(), aliases, people, {});
  const Item item{&support::a_person().get_object(), &support::people_type("person")};
  std::vector<ExprPtr> parsed;
  const auto matches = [&](std::string_view text) {
    return evaluator.matches(*parsed.emplace_back(parse_expression(text)), item);
  };
  EXPECT_TRUE(matches("yes"));
  EXPECT_FALSE(matches("maybe"));
  EXPECT_FALSE(matches("no"));
  EXPECT_THROW(matches("count"), http::Error);
}

// URL 5.1.1.14.4: within $expand, $it is what the request addresses and $this what is expanded.
TEST(Eval, TellsItFromThis) {
  const std::map<std::string, ExprPtr> aliases;
  support::People people;
  Evaluator evaluator(support::people_model(), aliases, people, {});
  const auto& type = support::people_type("person");
  const Item outer{&support::a_person().get_object(), &type};
  const auto inner_value = base::parse_json(R"({"id": "i", "name": "Inner", "count": 9})");
  const Item inner{&inner_value.get_object(), &type};
  std::vector<ExprPtr> parsed;  // they outlive the evaluator's use of them
  const auto is_true = [&](std::string_view text) {
    return evaluator.matches(*parsed.emplace_back(parse_expression(text)), inner, &outer);
  };
  EXPECT_TRUE(is_true("count eq 9 and $it/count eq 3 and $this/count eq 9"));
  EXPECT_TRUE(is_true("friends/any(f:f/count lt $it/count and f/count lt count)"));
  EXPECT_TRUE(is_true("friends/$count($filter=count eq 1 and $it/count eq 3) eq 1"));
}

TEST(Eval, StopsWhatRefersToItself) {
  const std::map<std::string, ExprPtr> aliases{{"@a", parse_expression("@b")},
                                               {"@b", parse_expression("not @a")}};
  support::People people;
  Evaluator evaluator(support::people_model(), aliases, people, {});
  const Item item{&support::a_person().get_object(), &support::people_type("person")};
  try {
    evaluator.value(*aliases.at("@a"), item);
    FAIL();
  } catch (const http::Error& error) {
    EXPECT_EQ(error.status, 400);
    EXPECT_NE(error.message.find("refers to itself"), std::string::npos) << error.message;
  }
}

// How much work an expression is for a person of that name.
uint64_t work_of(const std::string& name, std::string_view expression, bool ignore_case = false) {
  const auto& type = support::people_type("person");
  const auto person = base::to_json(base::json::object{{"id", "1"}, {"name", name}});
  const std::map<std::string, ExprPtr> aliases;
  support::People people;
  Evaluator evaluator(support::people_model(), aliases, people, {ignore_case, {}});
  const auto parsed = parse_expression(expression);
  const base::WorkBudget budget({1'000'000'000'000, std::chrono::hours(1)},
                                http::refuse_too_much_work);
  evaluator.value(*parsed, {nullptr, &type, nullptr, person});
  return budget.used();
}

class WorkOfBytes : public testing::TestWithParam<std::string> {};

// Beyond what it is to read the member.
TEST_P(WorkOfBytes, Counts) {
  const std::string name(1'000'000, 'x');
  for (const bool ignore_case : {false, true}) {
    const auto of_reading = work_of(name, "name");
    EXPECT_GT(of_reading, name.size() / 10);
    EXPECT_GT(work_of(name, GetParam(), ignore_case), of_reading + name.size() / 10);
    EXPECT_LT(work_of("x", GetParam(), ignore_case), 10'000u);
  }
}

INSTANTIATE_TEST_SUITE_P(Eval, WorkOfBytes,
                         testing::Values("tolower(name)", "toupper(name)", "trim(name)",
                                         "length(name)", "contains(name,'y')", "endswith(name,'y')",
                                         "indexof(name,'y')", "substring(name,1)",
                                         "matchespattern(name,'y$')", "startswith(name,name)",
                                         "name eq name", "name lt name"),
                         support::TextName());

TEST(Eval, TakesItsWorkFromTheBudget) {
  EXPECT_GT(work_of("x", "friends/any(a:a/count eq 1)"), work_of("x", "friends/any()"));
  const auto one = work_of("x", "friends/all(a:a/id ne 'x')");
  const auto two = work_of("x", "friends/all(a:$it/friends/all(b:b/id ne 'x'))");
  EXPECT_GT(two, 2 * one - 200);
  const base::WorkBudget budget({1000, std::chrono::hours(1)}, http::refuse_too_much_work);
  EXPECT_THROW(work_of(std::string(5000, 'x'), "toupper(name)"), http::Error);
}

}  // namespace
}  // namespace graphmock::odata
