// Expressions and what they are worth for one entity, chapter by chapter of the standard (URL
// 5.1.1). The cases are tables of their own in cases/: see expression_cases.h for what they look
// like.
#include "odata/eval.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "http/error.h"
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

TEST(Eval, StopsWhatTakesTooLong) {
  const std::map<std::string, ExprPtr> aliases;
  support::People people;
  people.steps = 20'000'000;
  Evaluator evaluator(support::people_model(), aliases, people, {});
  const Item item{&support::a_person().get_object(), &support::people_type("person")};
  const auto parsed = parse_expression("yes");
  EXPECT_THROW(evaluator.value(*parsed, item), http::Error);
}

}  // namespace
}  // namespace graphmock::odata
