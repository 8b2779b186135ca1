#include "odata/expr_parser.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "odata/expression_parser.h"
#include "odata/grammar.h"
#include "odata/json_string.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

constexpr std::array<std::string_view, 1> kOr{"or"};
constexpr std::array<std::string_view, 1> kAnd{"and"};
constexpr std::array<std::string_view, 2> kEquality{"eq", "ne"};
constexpr std::array<std::string_view, 4> kRelational{"lt", "le", "gt", "ge"};
constexpr std::array<std::string_view, 2> kAdditive{"add", "sub"};
constexpr std::array<std::string_view, 4> kMultiplicative{"mul", "div", "divby", "mod"};
constexpr std::array<std::string_view, 2> kMembership{"has", "in"};

// From those that bind loosest to those that bind tightest.
constexpr std::array<std::span<const std::string_view>, 4> kBinary{kEquality, kRelational,
                                                                   kAdditive, kMultiplicative};

}  // namespace

ExprPtr ExpressionParser::expression() {
  const Cursor::Level level(cursor_);
  return chain(kOr);
}

ExprPtr ExpressionParser::node(Expr expr) {
  for (const auto& operand : expr.operands) expr.depth = std::max(expr.depth, operand->depth + 1);
  if (expr.depth > kMaxDepth) {
    throw SyntaxError(expr.position,
                      "at most " + std::to_string(kMaxDepth) + " operations in one another");
  }
  return std::make_shared<const Expr>(std::move(expr));
}

ExprPtr ExpressionParser::node(ExprKind kind, std::string_view name, std::vector<ExprPtr> operands,
                               size_t position) {
  Expr expr;
  expr.kind = kind;
  expr.name = name;
  expr.operands = std::move(operands);
  expr.position = position;
  return node(std::move(expr));
}

ExprPtr ExpressionParser::literal_node(Literal literal, size_t position) {
  Expr expr;
  expr.literal = std::move(literal);
  expr.position = position;
  return node(std::move(expr));
}

std::vector<ExprPtr> ExpressionParser::on(const ExprPtr& base) {
  return base ? std::vector{base} : std::vector<ExprPtr>{};
}

std::string_view ExpressionParser::take_operator(Operators operators) {
  const auto start = cursor_.position();
  constexpr std::string_view kClosing = ")]}'\"";
  if (cursor_.skip_blanks() || kClosing.find(cursor_.previous()) != std::string_view::npos) {
    const auto word = cursor_.identifier();
    for (const auto name : operators) {
      if (!base::equals_ignoring_case(name, word) || !ends_word(word.size())) continue;
      cursor_.advance(word.size());
      cursor_.skip_blanks();
      return name;
    }
  }
  cursor_.go_back(start);
  return {};
}

bool ExpressionParser::ends_word(size_t length) const {
  constexpr std::string_view kOpening = " \t([{";
  const char next = cursor_.peek(length);
  return next == '\0' || kOpening.find(next) != std::string_view::npos;
}

ExprPtr ExpressionParser::chain(Operators op) {
  std::vector<ExprPtr> operands;
  do {
    operands.push_back(op[0] == "or" ? chain(kAnd) : binary(0));
  } while (!take_operator(op).empty());
  return balanced(op[0], operands);
}

ExprPtr ExpressionParser::balanced(std::string_view name, std::span<const ExprPtr> operands) {
  if (operands.size() == 1) return operands[0];
  const auto half = operands.size() / 2;
  return node(ExprKind::Binary, name,
              {balanced(name, operands.first(half)), balanced(name, operands.subspan(half))},
              operands[0]->position);
}

ExprPtr ExpressionParser::binary(size_t level) {
  if (level == kBinary.size()) return unary();
  auto left = binary(level + 1);
  while (true) {
    const auto name = take_operator(kBinary[level]);
    if (name.empty()) return left;
    auto right = binary(level + 1);
    left = node(ExprKind::Binary, name, {left, right}, left->position);
  }
}

ExprPtr ExpressionParser::unary() {
  const auto start = cursor_.position();
  const auto word = cursor_.identifier();
  if (base::equals_ignoring_case(word, "not") && cursor_.peek(word.size()) != '\0' &&
      ends_word(word.size())) {
    cursor_.advance(word.size());
    cursor_.skip_blanks();
    const Cursor::Level level(cursor_);
    return node(ExprKind::Unary, "not", {unary()}, start);
  }
  if (cursor_.peek() == '-' && !literal_at(cursor_.rest())) {
    cursor_.advance(1);
    cursor_.skip_blanks();
    const Cursor::Level level(cursor_);
    return node(ExprKind::Unary, "-", {unary()}, start);
  }
  return membership();
}

ExprPtr ExpressionParser::membership() {
  auto left = primary();
  while (true) {
    const auto name = take_operator(kMembership);
    if (name.empty()) return left;
    const bool is_in = name == "in";
    auto right = is_in && cursor_.peek() == '(' ? list_or_parentheses() : primary();
    left = node(is_in ? ExprKind::In : ExprKind::Binary, name, {left, right}, left->position);
  }
}

ExprPtr ExpressionParser::list_or_parentheses() {
  const auto start = cursor_.position();
  cursor_.expect('(');
  if (cursor_.take_behind_blanks(')')) return node(ExprKind::List, "", {}, start);
  cursor_.skip_blanks();
  std::vector<ExprPtr> items{expression()};
  if (items[0]->kind == ExprKind::Literal) {
    while (cursor_.take_behind_blanks(',')) {
      cursor_.skip_blanks();
      items.push_back(literal());
    }
  }
  cursor_.close(')');
  if (items[0]->kind != ExprKind::Literal) return items[0];
  return node(ExprKind::List, "", std::move(items), start);
}

ExprPtr ExpressionParser::primary() {
  const auto start = cursor_.position();
  switch (cursor_.peek()) {
    case '(': {
      cursor_.advance(1);
      cursor_.skip_blanks();
      auto inner = expression();
      cursor_.close(')');
      return inner;
    }
    case '[':
      return array();
    case '{':
      return object();
    case '@':
      return path(alias_or_annotation());
    case '$':
      return path(dollar_variable());
    default:
      break;
  }
  if (auto found = literal_at(cursor_.rest())) {
    cursor_.advance(found->length);
    return literal_node(std::move(found->literal), start);
  }
  fail_if_literal_is_wrong();
  if (cursor_.identifier().empty()) cursor_.fail("an expression");
  return path(named(nullptr));
}

ExprPtr ExpressionParser::literal() {
  auto found = literal_at(cursor_.rest());
  if (!found) cursor_.fail("a literal");
  const auto start = cursor_.position();
  cursor_.advance(found->length);
  return literal_node(std::move(found->literal), start);
}

void ExpressionParser::fail_if_literal_is_wrong() const {
  const char first = cursor_.peek();
  if (first == '\'') throw SyntaxError(cursor_.text().size(), "a closing quote");
  if (first >= '0' && first <= '9') cursor_.fail("a number, date, time or GUID");
  const auto name = cursor_.qualified_name();
  if (name.empty() || cursor_.peek(name.size()) != '\'') return;
  struct Row {
    std::string_view prefix, expected;
  };
  static constexpr std::array kRows{
      Row{"duration", "a duration such as duration'P1DT12H30M'"},
      Row{"binary", "binary'...' with base64url text in it"},
      Row{"geography", "a shape such as geography'SRID=4326;Point(10.5 47.1)'"},
      Row{"geometry", "a shape such as geometry'SRID=0;Point(10.5 47.1)'"}};
  for (const auto& row : kRows) {
    if (base::equals_ignoring_case(name, row.prefix)) cursor_.fail(std::string(row.expected));
  }
  cursor_.fail(name.find('.') == std::string_view::npos
                   ? "a literal of OData 4"
                   : "members of an enumeration within quotes");
}

ExprPtr ExpressionParser::alias_or_annotation() {
  const auto start = cursor_.position();
  const auto name = annotation_name();
  const bool is_alias = name.find_first_of(".#") == std::string_view::npos;
  return node(is_alias ? ExprKind::Alias : ExprKind::Member, name, {}, start);
}

std::string ExpressionParser::annotation_name() {
  const auto start = cursor_.position();
  cursor_.expect('@');
  take_name();
  if (cursor_.take('#')) {
    if (cursor_.identifier().empty()) cursor_.fail("a name");
    cursor_.advance(cursor_.identifier().size());
  }
  return std::string(cursor_.text().substr(start, cursor_.position() - start));
}

ExprPtr ExpressionParser::dollar_variable() {
  const auto start = cursor_.position();
  cursor_.advance(1);
  const auto word = cursor_.identifier();
  if (word != "it" && word != "this" && word != "root") {
    throw SyntaxError(start, "$it, $this or $root");
  }
  cursor_.advance(word.size());
  auto variable = node(ExprKind::Variable, "$" + std::string(word), {}, start);
  if (word == "root" && cursor_.peek() != '/') cursor_.fail("'/'");
  return variable;
}

ExprPtr ExpressionParser::json_value() {
  if (cursor_.peek() != '"') return expression();
  const auto start = cursor_.position();
  return literal_node({LiteralKind::String, take_json_string(cursor_)}, start);
}

ExprPtr ExpressionParser::array() {
  const auto start = cursor_.position();
  std::vector<ExprPtr> items;
  cursor_.expect('[');
  if (!cursor_.take_behind_blanks(']')) {
    do {
      cursor_.skip_blanks();
      items.push_back(json_value());
    } while (cursor_.take_behind_blanks(','));
    cursor_.close(']');
  }
  return node(ExprKind::List, "", std::move(items), start);
}

ExprPtr ExpressionParser::object() {
  const auto start = cursor_.position();
  std::vector<ExprPtr> members;
  cursor_.expect('{');
  if (!cursor_.take_behind_blanks('}')) {
    do {
      cursor_.skip_blanks();
      const auto place = cursor_.position();
      if (cursor_.peek() != '"') cursor_.fail("a name in double quotes");
      const auto name = take_json_string(cursor_);
      cursor_.skip_blanks();
      cursor_.expect(':');
      cursor_.skip_blanks();
      members.push_back(node(ExprKind::Named, name, {json_value()}, place));
    } while (cursor_.take_behind_blanks(','));
    cursor_.close('}');
  }
  return node(ExprKind::Object, "", std::move(members), start);
}

ExprPtr take_expression(Cursor& cursor) {
  return ExpressionParser(cursor).expression();
}

ExprPtr parse_expression(std::string_view text) {
  Cursor cursor(text);
  cursor.skip_blanks();
  auto expression = take_expression(cursor);
  cursor.expect_end();
  return expression;
}

}  // namespace graphmock::odata
