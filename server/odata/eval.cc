#include "odata/eval.h"

#include <algorithm>

#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "odata/arithmetic.h"
#include "odata/compare.h"
#include "odata/function_call.h"
#include "odata/functions.h"
#include "odata/text_case.h"
#include "odata/type_functions.h"

namespace graphmock::odata {
namespace {

[[noreturn]] void bad(std::string message) {
  throw http::Error(400, "", std::move(message));
}

std::optional<bool> truth(const Value& value) {
  const auto* flag = value.get<bool>();
  if (flag) return *flag;
  if (value.is_null()) return std::nullopt;
  bad("A condition is expected where the expression gives a value of type " + value.type_name() +
      ".");
}

Value from(std::optional<bool> flag) {
  return flag ? Value{*flag} : Value{};
}

bool is_literal(const ExprPtr& expression) {
  return expression->kind == ExprKind::Literal;
}

}  // namespace

Source::Rooted Source::at_root(const std::string&) {
  throw http::not_implemented("'$root' in an expression");
}

bool Source::is_found(const Search&, const Item&) {
  throw http::not_implemented("'$search' in an expression");
}

Value Evaluator::value(const Expr& expression, const Item& instance, const Item* it) {
  this_ = {instance};
  it_ = {it ? *it : instance};
  variables_.clear();
  parsed_.clear();
  alias_depth_ = 0;
  return evaluate(expression);
}

bool Evaluator::matches(const Expr& expression, const Item& instance, const Item* it) {
  return truth(value(expression, instance, it)).value_or(false);
}

Value Evaluator::evaluate(const Expr& expression) {
  constexpr uint64_t kWork = 50;
  base::charge(kWork);
  auto value = value_of_kind(expression);
  if (const auto* text = value.string()) base::charge_copy(text->size());
  return value;
}

Value Evaluator::value_of_kind(const Expr& expression) {
  switch (expression.kind) {
    case ExprKind::Literal:
      return literal(expression);
    case ExprKind::Variable:
      return variable(expression);
    case ExprKind::Alias:
      return alias(expression);
    case ExprKind::Member:
      return member(expression);
    case ExprKind::Cast:
      return cast(expression);
    case ExprKind::Key:
      return key(expression);
    case ExprKind::Count:
      return count(expression);
    case ExprKind::Lambda:
      return lambda(expression);
    case ExprKind::Unary:
      return unary(expression);
    case ExprKind::Binary:
      return binary(expression);
    case ExprKind::In:
      return in(expression);
    case ExprKind::Call:
      return call(expression);
    case ExprKind::List:
      return list(expression);
    case ExprKind::Object:
      return object(expression);
    case ExprKind::Named:
      return evaluate(*expression.operands[0]);
  }
  return {};
}

Value Evaluator::literal(const Expr& expression) {
  const auto known = constants_.find(&expression);
  if (known != constants_.end()) return known->second;
  return constants_.emplace(&expression, value_of(expression.literal, model_)).first->second;
}

Value Evaluator::list(const Expr& expression) {
  const auto known = constants_.find(&expression);
  if (known != constants_.end()) return known->second;
  Values values;
  for (const auto& operand : expression.operands) values.push_back(evaluate(*operand));
  auto value = list_of(std::move(values));
  const auto& operands = expression.operands;
  if (std::all_of(operands.begin(), operands.end(), is_literal)) {
    constants_.emplace(&expression, value);
  }
  return value;
}

Value Evaluator::object(const Expr& expression) {
  auto literal = std::make_shared<ObjectLiteral>();
  for (const auto& member : expression.operands) {
    literal->members.emplace_back(member->name, evaluate(*member->operands[0]));
  }
  return {std::shared_ptr<const ObjectLiteral>(std::move(literal))};
}

Value Evaluator::alias(const Expr& expression) {
  const auto found = aliases_.find(expression.name);
  if (found == aliases_.end()) return {};  // URL 5.3: an alias without a value is null
  constexpr int kDeepest = 16;
  if (++alias_depth_ > kDeepest) bad("The alias '" + expression.name + "' refers to itself.");
  auto value = evaluate(*found->second);
  --alias_depth_;
  return value;
}

Value Evaluator::unary(const Expr& expression) {
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {};
  if (expression.name == "not") return from(!*truth(value));
  return negated(value);
}

// URL 5.1.1.1.7 to 9: null is "not known".
Value Evaluator::logical(const Expr& expression, bool is_and) {
  const auto left = truth(evaluate(*expression.operands[0]));
  if (left && *left != is_and) return {*left};
  const auto right = truth(evaluate(*expression.operands[1]));
  if (right && *right != is_and) return {*right};
  if (!left || !right) return {};
  return {is_and};
}

Value Evaluator::binary(const Expr& expression) {
  const std::string_view name = expression.name;
  if (name == "and" || name == "or") return logical(expression, name == "and");
  const auto left = evaluate(*expression.operands[0]);
  const auto right = evaluate(*expression.operands[1]);
  if (name == "eq" || name == "ne") {
    return {is_equal(left, right, rules_.ignore_case) == (name == "eq")};
  }
  const bool has_null = left.is_null() || right.is_null();
  if (name == "has") return has_null ? Value{} : has(left, right);
  if (name == "lt" || name == "le" || name == "gt" || name == "ge") {
    if (has_null) return {false};
    const auto order = compare(left, right, rules_.ignore_case);
    if (!order) {
      bad("'" + to_string(expression) + "' compares values of the types " + left.type_name() +
          " and " + right.type_name() + ", which do not go together.");
    }
    return {name == "lt"   ? *order < 0
            : name == "le" ? *order <= 0
            : name == "gt" ? *order > 0
                           : *order >= 0};
  }
  return has_null ? Value{} : calculate(name, left, right);
}

Value Evaluator::has(const Value& left, const Value& right) const {
  const auto* flags = left.get<EnumValue>();
  const auto* wanted = right.get<EnumValue>();
  EnumValue read;
  if (flags && !wanted && right.string()) {
    read = enum_value(flags->type, *right.string());
    wanted = &read;
  }
  if (!flags || !wanted) bad("'has' takes a value of an enumeration on either side.");
  return {flags->value && wanted->value && (*flags->value & *wanted->value) == *wanted->value};
}

// A list of nothing but strings as a set, made once; null for any other.
const std::unordered_set<std::string>* Evaluator::texts_of(const Expr& list) {
  const auto known = texts_.find(&list);
  if (known != texts_.end()) return known->second ? &*known->second : nullptr;
  auto& texts = texts_[&list];
  const bool is_of_strings =
      list.kind == ExprKind::List &&
      std::all_of(list.operands.begin(), list.operands.end(), [](const ExprPtr& item) {
        return is_literal(item) && item->literal.kind == LiteralKind::String;
      });
  if (!is_of_strings) return nullptr;
  texts.emplace();
  for (const auto& item : list.operands) {
    texts->insert(rules_.ignore_case ? to_lower(item->literal.text) : item->literal.text);
  }
  return &*texts;
}

Value Evaluator::in(const Expr& expression) {
  const auto left = evaluate(*expression.operands[0]);
  const auto& choices = *expression.operands[1];
  if (const auto* text = left.get<Text>(); text && text->kind == LiteralKind::String) {
    if (const auto* texts = texts_of(choices)) {
      return {texts->contains(rules_.ignore_case ? to_lower(text->text) : text->text)};
    }
  }
  const auto right = evaluate(choices);
  const auto* list = right.list();
  if (right.is_null()) return {false};
  if (!list) bad("'in' takes a list in parentheses or a collection.");
  return {std::any_of(list->begin(), list->end(),
                      [&](const Value& one) { return is_equal(left, one, rules_.ignore_case); })};
}

Value Evaluator::call(const Expr& expression) {
  const std::string_view name = expression.name;
  if (expression.is_bound && name == "$filter") return filtered(expression);
  if (!expression.is_bound && name == "case") return choose(expression);
  if (!expression.is_bound && (name == "isof" || name == "cast")) {
    const auto& type = expression.operands.back()->name;
    const auto value = expression.operands.size() > 1 ? evaluate(*expression.operands[0]) : this_;
    if (name == "isof") return {is_of(value, type, model_)};
    return cast_to(value, type, model_);
  }
  const auto* function = expression.is_bound ? nullptr : function_named(name);
  if (!function) {
    throw http::not_implemented("the function '" + expression.name + "' in an expression");
  }
  Values arguments;
  for (const auto& operand : expression.operands) {
    arguments.push_back(evaluate(*operand));
    if (arguments.back().is_null()) return {};  // URL 5.1.1.4
  }
  return function->run({function->name, arguments, rules_, patterns_});
}

// "case(condition:value,...)" (URL 5.1.1.12.1): conditions and values in turn.
Value Evaluator::choose(const Expr& expression) {
  for (size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
    if (truth(evaluate(*expression.operands[i])).value_or(false)) {
      return evaluate(*expression.operands[i + 1]);
    }
  }
  return {};
}

}  // namespace graphmock::odata
