// Random expressions over random entities: the evaluator against a naive one, and the printer
// against the parser.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/json.h"
#include "http/error.h"
#include "odata/check.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "support/naive_eval.h"
#include "support/random_expression.h"

namespace graphmock::odata {
namespace {

constexpr uint32_t kSeed = 20'260'131;
constexpr int kExpressions = 10'000;
constexpr int kEntitiesEach = 4;

class Nothing : public Source {
 public:
  std::vector<Item> related(const Item&, const model::NavigationProperty&) override { return {}; }
};

// As naive_value() prints it.
std::string printed(const Value& value) {
  if (value.is_null()) return "null";
  if (const auto* flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const auto* text = value.get<Text>()) return "'" + text->text + "'";
  if (const auto number = value.number()) {
    const bool is_whole = std::floor(*number) == *number && std::abs(*number) < 1e15;
    return is_whole ? std::to_string(static_cast<int64_t>(*number)) : std::to_string(*number);
  }
  std::string text;
  for (const auto& one : *value.list()) text += (text.empty() ? "" : ",") + printed(one);
  return "[" + text + "]";
}

std::string real_value(const Expr& expression, const base::json::value& entity) {
  static const std::map<std::string, ExprPtr> aliases;
  Nothing source;
  Evaluator evaluator(support::random_model(), aliases, source, {});
  try {
    return printed(
        evaluator.value(expression, {&entity.get_object(), &support::random_type(), &entity}));
  } catch (const http::Error&) {
    return "error";
  }
}

TEST(Differential, EvaluatorsAgree) {
  size_t decided = 0;
  for (uint32_t i = 0; i < kExpressions; ++i) {
    support::RandomExpressions random(kSeed + i);
    const auto text = i % 2 == 0 ? random.condition() : random.any_value();
    const auto expression = parse_expression(text);
    for (int j = 0; j < kEntitiesEach; ++j) {
      const auto json = random.entity();
      const auto entity = base::parse_json(json);
      const auto expected = support::naive_value(*expression, entity);
      ASSERT_EQ(real_value(*expression, entity), expected)
          << "seed " << kSeed + i << "\n  " << text << "\n  " << json;
      decided += expected != "null" && expected != "error" ? 1 : 0;
    }
  }
  // Most of them say something.
  EXPECT_GT(decided, size_t{kExpressions} * kEntitiesEach / 2);
}

TEST(Differential, PrintsReadBackToTheSamePrint) {
  for (uint32_t i = 0; i < kExpressions; ++i) {
    support::RandomExpressions random(kSeed + i);
    const auto text = i % 2 == 0 ? random.condition() : random.any_value();
    const auto print = to_string(*parse_expression(text));
    ASSERT_EQ(to_string(*parse_expression(print)), print) << "seed " << kSeed + i << "\n  " << text;
  }
}

// What the check lets pass may be wrong for an entity's values, but never for its types.
TEST(Differential, WhatIsCheckedIsOfTypesThatGoTogether) {
  for (uint32_t i = 0; i < kExpressions; ++i) {
    support::RandomExpressions random(kSeed + i);
    const auto text = random.condition();
    const auto filter = parse_expression(text);
    try {
      check_filter(*filter, support::random_model(), support::random_type());
    } catch (const http::Error& error) {
      FAIL() << "seed " << kSeed + i << "\n  " << text << "\n  " << error.message;
    }
  }
}

}  // namespace
}  // namespace graphmock::odata
