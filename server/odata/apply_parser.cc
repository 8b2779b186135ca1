// The grammar of $apply (OData Aggregation ABNF: applyExpr). What the standard has and the server
// does not is told from what is wrong: it throws http::Error 501 and names it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/error.h"
#include "odata/apply.h"
#include "odata/expr_parser.h"
#include "odata/grammar.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

using Kind = TransformationKind;

struct Named {
  std::string_view name;
  std::optional<Kind> kind;  // nothing: the standard's alone
};

constexpr std::array kTransformations{
    Named{"aggregate", Kind::Aggregate}, Named{"bottomcount", Kind::BottomCount},
    Named{"compute", Kind::Compute},     Named{"concat", Kind::Concat},
    Named{"filter", Kind::Filter},       Named{"groupby", Kind::GroupBy},
    Named{"identity", Kind::Identity},   Named{"orderby", Kind::OrderBy},
    Named{"skip", Kind::Skip},           Named{"top", Kind::Top},
    Named{"topcount", Kind::TopCount},   Named{"addnested", std::nullopt},
    Named{"ancestors", std::nullopt},    Named{"bottompercent", std::nullopt},
    Named{"bottomsum", std::nullopt},    Named{"descendants", std::nullopt},
    Named{"expand", std::nullopt},       Named{"join", std::nullopt},
    Named{"nest", std::nullopt},         Named{"outerjoin", std::nullopt},
    Named{"search", std::nullopt},       Named{"toppercent", std::nullopt},
    Named{"topsum", std::nullopt},       Named{"traverse", std::nullopt},
};

struct NamedMethod {
  std::string_view name;
  AggregationMethod method;
};

constexpr std::array kMethods{
    NamedMethod{"sum", AggregationMethod::Sum},
    NamedMethod{"min", AggregationMethod::Min},
    NamedMethod{"max", AggregationMethod::Max},
    NamedMethod{"average", AggregationMethod::Average},
    NamedMethod{"countdistinct", AggregationMethod::CountDistinct},
};

[[noreturn]] void not_here(std::string_view what) {
  throw http::not_implemented(std::string(what) + " in '$apply'");
}

Kind take_kind(Cursor& cursor) {
  const auto name = cursor.qualified_name();
  if (name.find('.') != std::string_view::npos) {
    not_here("the function '" + std::string(name) + "'");
  }
  for (const auto& row : kTransformations) {
    if (!base::equals_ignoring_case(row.name, name)) continue;
    if (!row.kind) not_here("the transformation '" + std::string(row.name) + "'");
    cursor.advance(name.size());
    return *row.kind;
  }
  std::string expected = "a transformation: ";
  for (const auto& row : kTransformations) {
    if (!row.kind) break;
    expected += std::string(&row == kTransformations.begin() ? "" : ", ") + std::string(row.name);
  }
  cursor.fail(std::move(expected));
}

bool is_path(const Expr& expression) {
  if (expression.kind != ExprKind::Member && expression.kind != ExprKind::Cast) return false;
  return expression.operands.empty() || is_path(*expression.operands[0]);
}

void refuse_from(Cursor& cursor) {
  const auto start = cursor.position();
  if (cursor.skip_blanks() && cursor.take_word("from")) not_here("the keyword 'from'");
  cursor.go_back(start);
}

AggregationMethod take_method(Cursor& cursor) {
  const auto name = cursor.qualified_name();
  if (name.find('.') != std::string_view::npos) {
    not_here("the aggregation method '" + std::string(name) + "'");
  }
  for (const auto& row : kMethods) {
    if (!base::equals_ignoring_case(row.name, name)) continue;
    cursor.advance(name.size());
    return row.method;
  }
  cursor.fail("sum, min, max, average or countdistinct");
}

// "$count", which begins no expression.
bool take_count(Cursor& cursor) {
  constexpr std::string_view kCount = "$count";
  if (!cursor.rest().starts_with(kCount)) return false;
  if (is_identifier_character(cursor.peek(kCount.size()))) return false;
  cursor.advance(kCount.size());
  return true;
}

// What stands behind an expression without a method: a custom aggregate, if it is a property.
[[noreturn]] void refuse_without_method(Cursor& cursor, const Expr& expression) {
  const auto start = cursor.position();
  cursor.skip_blanks();
  const auto word = cursor.identifier();
  const bool ends = cursor.peek() == ',' || cursor.peek() == ')' ||
                    base::equals_ignoring_case(word, "as") ||
                    base::equals_ignoring_case(word, "from");
  if (ends && is_path(expression)) {
    not_here("the custom aggregate '" + to_string(expression) + "'");
  }
  cursor.go_back(start);
  cursor.skip_blanks();
  cursor.fail("'with' and a method");
}

AggregateItem take_aggregate(Cursor& cursor) {
  AggregateItem item;
  if (!take_count(cursor)) {
    item.expression = take_expression(cursor);
    const auto start = cursor.position();
    if (cursor.skip_blanks() && cursor.take_word("with")) {
      cursor.skip_blanks();
      item.method = take_method(cursor);
    } else if (item.expression->kind == ExprKind::Count) {
      if (item.expression->operands.size() > 1) not_here("'$count' with options");
      item.expression = item.expression->operands[0];
      cursor.go_back(start);
    } else {
      cursor.go_back(start);
      refuse_without_method(cursor, *item.expression);
    }
  }
  refuse_from(cursor);
  item.name = take_as(cursor);
  return item;
}

ExprPtr take_group(Cursor& cursor) {
  const auto start = cursor.position();
  const auto name = cursor.identifier();
  for (const std::string_view rollup : {"rollup", "rolluprecursive"}) {
    if (base::equals_ignoring_case(name, rollup) && cursor.peek(name.size()) == '(') {
      not_here("'" + std::string(rollup) + "'");
    }
  }
  auto path = take_expression(cursor);
  if (!is_path(*path)) throw SyntaxError(start, "a path of properties");
  return path;
}

template <typename Item>
std::vector<Item> take_list(Cursor& cursor, Item (*take_item)(Cursor&)) {
  std::vector<Item> items;
  do {
    cursor.skip_blanks();
    items.push_back(take_item(cursor));
  } while (cursor.take_behind_blanks(','));
  return items;
}

void take_comma(Cursor& cursor) {
  if (!cursor.take_behind_blanks(',')) {
    cursor.skip_blanks();
    cursor.fail("','");
  }
  cursor.skip_blanks();
}

void take_groups(Cursor& cursor, Transformation& step) {
  cursor.expect('(');
  step.groups = take_list(cursor, take_group);
  cursor.close(')');
  if (!cursor.take_behind_blanks(',')) return;
  cursor.skip_blanks();
  step.inner.push_back(take_apply(cursor));
}

void take_parameters(Cursor& cursor, Transformation& step) {
  switch (step.kind) {
    case Kind::Aggregate:
      step.aggregates = take_list(cursor, take_aggregate);
      return;
    case Kind::BottomCount:
    case Kind::TopCount:
      step.limit = take_expression(cursor);
      take_comma(cursor);
      step.expression = take_expression(cursor);
      return;
    case Kind::Compute:
      step.compute = take_compute(cursor);
      return;
    case Kind::Concat:
      step.inner = take_list(cursor, take_apply);
      if (step.inner.size() < 2) take_comma(cursor);
      return;
    case Kind::Filter:
      step.expression = take_expression(cursor);
      return;
    case Kind::GroupBy:
      return take_groups(cursor, step);
    case Kind::OrderBy:
      step.orderby = take_orderby(cursor);
      return;
    case Kind::Skip:
    case Kind::Top:
      step.number = take_count_of(cursor);
      return;
    case Kind::Identity:
      return;
  }
}

Transformation take_transformation(Cursor& cursor) {
  Transformation step;
  step.kind = take_kind(cursor);
  if (step.kind == Kind::Identity) return step;
  cursor.expect('(');
  cursor.skip_blanks();
  take_parameters(cursor, step);
  cursor.close(')');
  return step;
}

}  // namespace

SequencePtr take_apply(Cursor& cursor) {
  const Cursor::Level level(cursor);
  auto sequence = std::make_shared<Sequence>();
  do {
    cursor.skip_blanks();
    sequence->steps.push_back(take_transformation(cursor));
  } while (cursor.take_behind_blanks('/'));
  return sequence;
}

SequencePtr parse_apply(std::string_view text) {
  Cursor cursor(text);
  auto sequence = take_apply(cursor);
  cursor.expect_end();
  return sequence;
}

}  // namespace graphmock::odata
