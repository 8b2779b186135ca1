// Paths, functions and what stands in their parentheses.
#include <algorithm>

#include "base/text.h"
#include "odata/expression_parser.h"
#include "odata/grammar.h"
#include "odata/literal.h"

namespace graphmock::odata {

ExprPtr ExpressionParser::path(ExprPtr base) {
  while (true) {
    const bool is_filtered = base->kind == ExprKind::Call && base->name == "$filter";
    if (cursor_.take('/')) {
      base = segment(base);
    } else if (is_filtered && cursor_.peek() == '(') {
      const auto start = base->position;
      std::vector<ExprPtr> operands{base};
      for (auto& value : arguments()) operands.push_back(std::move(value));
      base = node(ExprKind::Key, "", std::move(operands), start);
    } else {
      return base;
    }
  }
}

ExprPtr ExpressionParser::segment(const ExprPtr& base) {
  const auto start = base->position;
  if (cursor_.peek() == '@') return node(ExprKind::Member, annotation_name(), {base}, start);
  if (cursor_.peek() == '$') {
    const auto word = cursor_.rest().substr(1, identifier_length(cursor_.rest().substr(1)));
    if (word != "count" && word != "filter") cursor_.fail("a name, $count or $filter");
    cursor_.advance(1 + word.size());
    return word == "count" ? count(base) : filter_segment(base);
  }
  const auto name = cursor_.identifier();
  for (const std::string_view lambda_name : {"any", "all"}) {
    if (!base::equals_ignoring_case(name, lambda_name)) continue;
    const auto place = cursor_.position();
    cursor_.advance(name.size());
    if (cursor_.take_behind_blanks('(')) return lambda(base, lambda_name);
    cursor_.go_back(place);
  }
  if (name.empty()) cursor_.fail("a name");
  return named(base);
}

ExprPtr ExpressionParser::count(const ExprPtr& base) {
  std::vector<ExprPtr> operands{base};
  if (cursor_.take('(')) {
    ExprPtr filter, search;
    do {
      cursor_.skip_blanks();
      const auto start = cursor_.position();
      cursor_.take('$');
      const bool is_filter = cursor_.take_word("filter");
      if (!is_filter && !cursor_.take_word("search"))
        throw SyntaxError(start, "$filter or $search");
      if (is_filter ? filter : search) throw SyntaxError(start, "an option that is not there yet");
      cursor_.skip_blanks();
      cursor_.expect('=');
      cursor_.skip_blanks();
      if (is_filter) {
        filter = expression();
      } else {
        auto text = to_string(*take_search(cursor_));
        auto value = literal_node({LiteralKind::String, std::move(text)}, start);
        search = node(ExprKind::Named, "$search", {std::move(value)}, start);
      }
    } while (cursor_.take_behind_blanks(';'));
    cursor_.close(')');
    if (filter) operands.push_back(std::move(filter));
    if (search) operands.push_back(std::move(search));
  }
  return node(ExprKind::Count, "", std::move(operands), base->position);
}

ExprPtr ExpressionParser::filter_segment(const ExprPtr& base) {
  cursor_.expect('(');
  cursor_.skip_blanks();
  auto predicate = expression();
  cursor_.close(')');
  return call_node("$filter", base, {std::move(predicate)}, base->position);
}

ExprPtr ExpressionParser::lambda(const ExprPtr& base, std::string_view name) {
  Expr expr;
  expr.kind = ExprKind::Lambda;
  expr.name = name;
  expr.position = base->position;
  expr.operands = {base};
  cursor_.skip_blanks();
  if (name == "any" && cursor_.take(')')) return node(std::move(expr));
  expr.variable = cursor_.identifier();
  if (expr.variable.empty()) cursor_.fail("the name of a variable");
  cursor_.advance(expr.variable.size());
  cursor_.skip_blanks();
  cursor_.expect(':');
  cursor_.skip_blanks();
  variables_.push_back(expr.variable);
  expr.operands.push_back(expression());
  variables_.pop_back();
  cursor_.close(')');
  return node(std::move(expr));
}

std::string_view ExpressionParser::take_name() {
  const auto name = cursor_.qualified_name();
  if (name.empty()) cursor_.fail("a name");
  return cursor_.take_bytes(name.size());
}

ExprPtr ExpressionParser::named(const ExprPtr& base) {
  const auto start = base ? base->position : cursor_.position();
  const auto name = take_name();
  if (cursor_.peek() == '(') return call(base, name, start);
  if (name.find('.') != std::string_view::npos) return node(ExprKind::Cast, name, on(base), start);
  const bool is_variable =
      !base && std::find(variables_.begin(), variables_.end(), name) != variables_.end();
  return node(is_variable ? ExprKind::Variable : ExprKind::Member, name, on(base), start);
}

ExprPtr ExpressionParser::call_node(std::string_view name, const ExprPtr& base,
                                    std::vector<ExprPtr> arguments, size_t start) {
  Expr expr;
  expr.kind = ExprKind::Call;
  expr.name = name;
  expr.is_bound = base != nullptr;
  expr.operands = std::move(arguments);
  if (base) expr.operands.insert(expr.operands.begin(), base);
  expr.position = start;
  return node(std::move(expr));
}

ExprPtr ExpressionParser::call(const ExprPtr& base, std::string_view name, size_t start) {
  if (!base) {
    if (base::equals_ignoring_case(name, "case")) return conditional(start);
    for (const std::string_view type_function : {"cast", "isof"}) {
      if (base::equals_ignoring_case(name, type_function)) return typed(type_function, start);
    }
  }
  auto values = arguments();
  const bool is_named = !values.empty() && values[0]->kind == ExprKind::Named;
  const auto* known = base || is_named ? nullptr : function_named(name);
  if (known) {
    if (values.size() < known->least || values.size() > known->most) fail_count(*known, start);
    return call_node(known->name, base, std::move(values), start);
  }
  const bool is_value = values.size() == 1 && (values[0]->kind == ExprKind::Literal ||
                                               values[0]->kind == ExprKind::Alias);
  // Functions of a model are qualified (ABNF: functionExpr).
  const bool is_type = name.find('.') != std::string_view::npos;
  if (!is_value && (!is_named || is_type)) return call_node(name, base, std::move(values), start);
  values.insert(values.begin(),
                node(is_type ? ExprKind::Cast : ExprKind::Member, name, on(base), start));
  return node(ExprKind::Key, "", std::move(values), start);
}

void ExpressionParser::fail_count(const Function& function, size_t start) {
  auto count = std::to_string(function.least);
  if (function.most > function.least) count += " or " + std::to_string(function.most);
  throw SyntaxError(start, std::string(function.name) + " with " + count +
                               (function.most == 1 ? " argument" : " arguments"));
}

std::vector<ExprPtr> ExpressionParser::arguments() {
  std::vector<ExprPtr> values;
  cursor_.expect('(');
  if (cursor_.take_behind_blanks(')')) return values;
  do {
    cursor_.skip_blanks();
    const auto start = cursor_.position();
    const auto name = cursor_.identifier();
    cursor_.advance(name.size());
    const bool is_named = !name.empty() && cursor_.take_behind_blanks('=');
    if (!values.empty() && is_named != (values[0]->kind == ExprKind::Named)) {
      throw SyntaxError(start, is_named ? "a value without a name" : "a name with its value");
    }
    if (is_named) {
      cursor_.skip_blanks();
      values.push_back(node(ExprKind::Named, name, {expression()}, start));
    } else {
      cursor_.go_back(start);
      values.push_back(expression());
    }
  } while (cursor_.take_behind_blanks(','));
  cursor_.close(')');
  return values;
}

ExprPtr ExpressionParser::conditional(size_t start) {
  std::vector<ExprPtr> operands;
  cursor_.expect('(');
  do {
    cursor_.skip_blanks();
    operands.push_back(expression());
    cursor_.close(':');
    cursor_.skip_blanks();
    operands.push_back(expression());
  } while (cursor_.take_behind_blanks(','));
  cursor_.close(')');
  return call_node("case", nullptr, std::move(operands), start);
}

ExprPtr ExpressionParser::typed(std::string_view name, size_t start) {
  std::vector<ExprPtr> operands;
  cursor_.expect('(');
  cursor_.skip_blanks();
  if (auto only = type_before_end()) {
    operands.push_back(std::move(only));
  } else {
    operands.push_back(expression());
    cursor_.close(',');
    cursor_.skip_blanks();
    auto type = type_before_end();
    if (!type) cursor_.fail("the name of a type");
    operands.push_back(std::move(type));
  }
  cursor_.close(')');
  return call_node(name, nullptr, std::move(operands), start);
}

ExprPtr ExpressionParser::type_before_end() {
  const auto start = cursor_.position();
  const bool is_quoted = cursor_.take('\'');
  constexpr std::string_view kCollection = "Collection(";
  const bool is_collection = cursor_.rest().starts_with(kCollection);
  std::string type;
  if (is_collection) type = cursor_.take_bytes(kCollection.size());
  const auto name = cursor_.qualified_name();
  type += cursor_.take_bytes(name.size());
  bool is_type = !name.empty() && (!is_collection || cursor_.take(')'));
  if (is_collection) type += ')';
  is_type = is_type && (!is_quoted || cursor_.take('\''));
  const auto end = cursor_.position();
  if (is_type && cursor_.take_behind_blanks(')')) {
    cursor_.go_back(end);
    return node(ExprKind::Cast, type, {}, start);
  }
  cursor_.go_back(start);
  return nullptr;
}

}  // namespace graphmock::odata
