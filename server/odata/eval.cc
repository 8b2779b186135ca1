#include "odata/eval.h"

#include <algorithm>

#include "base/json.h"
#include "base/json_scan.h"
#include "base/text.h"
#include "http/error.h"
#include "odata/canonical_functions.h"

namespace graphmock::odata {
namespace {

[[noreturn]] void bad(std::string message) {
  throw http::Error(400, "", std::move(message));
}

std::optional<bool> truth(const Value& value) {
  const auto* flag = value.get<bool>();
  if (flag) return *flag;
  if (value.is_null()) return std::nullopt;
  bad("A condition is expected where the expression gives another value.");
}

Value from(std::optional<bool> flag) {
  return flag ? Value{*flag} : Value{};
}

}  // namespace

Value Evaluator::value(const Expr& expression, const Item& it) {
  it_ = it;
  variables_.clear();
  parsed_.clear();
  return evaluate(expression);
}

bool Evaluator::matches(const Expr& expression, const Item& it) {
  return truth(value(expression, it)).value_or(false);
}

Value Evaluator::evaluate(const Expr& expression) {
  // Lambdas within lambdas over long collections would take for ever.
  constexpr uint64_t kMostSteps = 20'000'000;
  if (++source_.steps > kMostSteps)
    bad("The expression takes too long to evaluate over these entities.");
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
    case ExprKind::List: {
      auto values = std::make_shared<Values>();
      for (const auto& operand : expression.operands) values->push_back(evaluate(*operand));
      return {std::shared_ptr<const Values>(std::move(values))};
    }
    case ExprKind::Named:
      return evaluate(*expression.operands[0]);
    case ExprKind::Key:
    case ExprKind::Object:
      throw http::not_implemented("'" + to_string(expression) + "' in an expression");
  }
  return {};
}

Value Evaluator::literal(const Expr& expression) {
  const auto known = literals_.find(&expression);
  if (known != literals_.end()) return known->second;
  return literals_.emplace(&expression, value_of(expression.literal, model_)).first->second;
}

Value Evaluator::variable(const Expr& expression) const {
  if (expression.name == "$it") return {it_};
  for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
    if (variable->first == expression.name) return variable->second;
  }
  if (expression.name == "$this") return {it_};
  throw http::not_implemented("'" + expression.name + "' in an expression");
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

Value Evaluator::operand_or_it(const Expr& expression) {
  return expression.operands.empty() ? Value{it_} : evaluate(*expression.operands[0]);
}

Value Evaluator::member(const Expr& expression) {
  if (expression.operands.empty()) {
    // A lambda's variable stands where a property might.
    for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
      if (variable->first == expression.name) return variable->second;
    }
  }
  const auto owner = operand_or_it(expression);
  if (const auto* item = owner.get<Item>()) return member_of(*item, expression.name);
  const auto* list = owner.list();
  if (!list) return {};
  // The members of all: "emails/address" in a search of a collection.
  auto values = std::make_shared<Values>();
  for (const auto& one : *list) {
    const auto* item = one.get<Item>();
    if (!item) continue;
    auto value = member_of(*item, expression.name);
    if (const auto* inner = value.list()) {
      values->insert(values->end(), inner->begin(), inner->end());
    } else {
      values->push_back(std::move(value));
    }
  }
  return {std::shared_ptr<const Values>(std::move(values))};
}

Value Evaluator::member_of(const Item& item, std::string_view name) {
  if (item.computed) {
    for (const auto& computed : *item.computed) {
      if (base::equals_ignoring_case(computed.name, name)) return computed.value;
    }
  }
  const auto* property = item.type ? item.type->property_ignoring_case(name) : nullptr;
  if (property) {
    if (auto value = member_of(item, property->name, property->type)) return *std::move(value);
    if (property->type.is_collection) return {std::make_shared<const Values>()};
    return {};
  }
  const auto* navigation = item.type ? item.type->navigation_ignoring_case(name) : nullptr;
  if (!navigation) return member_of(item, name, model::TypeRef{}).value_or(Value{});
  auto related = source_.related(item, *navigation);
  if (!navigation->is_collection) return related.empty() ? Value{} : Value{related[0]};
  auto values = std::make_shared<Values>();
  for (const auto& one : related) values->push_back({one});
  return {std::shared_ptr<const Values>(std::move(values))};
}

// Nothing where the item has no such member.
std::optional<Value> Evaluator::member_of(const Item& item, std::string_view name,
                                          const model::TypeRef& type) {
  if (item.object) {
    const auto* value = item.object->if_contains(name);
    return value ? std::optional(value_of(*value, type)) : std::nullopt;
  }
  const auto text = base::member_text(item.text, name);
  if (!text) return std::nullopt;
  if (auto value = value_of_text(*text, type)) return value;
  return value_of(parsed_.emplace_back(base::parse_json(*text)), type);
}

bool Evaluator::is_instance(const Value& value, std::string_view type_name) const {
  const auto* item = value.get<Item>();
  const auto* wanted = model_.structured_type_ignoring_case(type_name);
  return item && wanted && item->type && item->type->derives_from(*wanted);
}

Value Evaluator::cast(const Expr& expression) {
  const auto value = operand_or_it(expression);
  const auto* list = value.list();
  if (!list) return is_instance(value, expression.name) ? value : Value{};
  auto values = std::make_shared<Values>();
  for (const auto& one : *list) {
    if (is_instance(one, expression.name)) values->push_back(one);
  }
  return {std::shared_ptr<const Values>(std::move(values))};
}

Value Evaluator::count(const Expr& expression) {
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {int64_t{0}};
  const auto* list = value.list();
  if (!list)
    bad("'$count' counts a collection; '" + to_string(*expression.operands[0]) + "' is none.");
  if (expression.operands.size() < 2) return {static_cast<int64_t>(list->size())};
  int64_t matching = 0;
  const Item outer = it_;
  for (const auto& one : *list) {
    const auto* item = one.get<Item>();
    if (item) it_ = *item;
    variables_.emplace_back("$this", one);
    matching += truth(evaluate(*expression.operands[1])).value_or(false) ? 1 : 0;
    variables_.pop_back();
  }
  it_ = outer;
  return {matching};
}

Value Evaluator::lambda(const Expr& expression) {
  const bool is_any = base::equals_ignoring_case(expression.name, "any");
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {!is_any};
  const auto* list = value.list();
  if (!list) {
    bad("'" + expression.name + "' asks of a collection; '" + to_string(*expression.operands[0]) +
        "' is none.");
  }
  if (expression.operands.size() < 2) return {!list->empty()};
  for (const auto& one : *list) {
    variables_.emplace_back(expression.variable, one);
    const bool holds = truth(evaluate(*expression.operands[1])).value_or(false);
    variables_.pop_back();
    if (holds == is_any) return {is_any};
  }
  return {!is_any};
}

Value Evaluator::unary(const Expr& expression) {
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {};
  if (expression.name == "not") return from(!*truth(value));
  if (const auto* whole = value.get<int64_t>(); whole && *whole != INT64_MIN) return {-*whole};
  if (const auto number = value.number()) return {-*number};
  const auto* duration = value.get<Duration>();
  if (duration && duration->nanoseconds != INT64_MIN) return {Duration{-duration->nanoseconds}};
  bad("'-' takes a number or a duration.");
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
  const bool has_null = left.is_null() || right.is_null();
  if (name == "eq" || name == "ne") {
    bool is_equal = left.is_null() && right.is_null();
    if (!has_null) {
      const auto order = compare(left, right, rules_.ignore_case);
      is_equal = order && *order == std::partial_ordering::equivalent;
    }
    return {is_equal == (name == "eq")};
  }
  if (name == "has") {
    if (has_null) return {};
    const auto* flags = left.get<EnumValue>();
    const auto* wanted = right.get<EnumValue>();
    Value read;
    if (flags && !wanted && right.string()) {
      read = value_of(Literal{LiteralKind::Enum, std::string(flags->type ? flags->type->name : "") +
                                                     "'" + *right.string() + "'"},
                      model_);
      wanted = read.get<EnumValue>();
    }
    if (!flags || !wanted) bad("'has' takes a value of an enumeration on either side.");
    return {flags->value && wanted->value && (*flags->value & *wanted->value) == *wanted->value};
  }
  if (name == "lt" || name == "le" || name == "gt" || name == "ge") {
    if (has_null) return {false};
    const auto order = compare(left, right, rules_.ignore_case);
    if (!order) {
      bad("'" + to_string(expression) + "' compares values of types that do not go together.");
    }
    return {name == "lt"   ? *order < 0
            : name == "le" ? *order <= 0
            : name == "gt" ? *order > 0
                           : *order >= 0};
  }
  if (has_null) return {};
  return calculate(name, left, right);
}

Value Evaluator::in(const Expr& expression) {
  const auto left = evaluate(*expression.operands[0]);
  const auto right = evaluate(*expression.operands[1]);
  const auto* list = right.list();
  if (right.is_null()) return {false};
  if (!list) bad("'in' takes a list in parentheses or a collection.");
  return {std::any_of(list->begin(), list->end(), [&](const Value& one) {
    if (one.is_null() || left.is_null()) return one.is_null() && left.is_null();
    const auto order = compare(left, one, rules_.ignore_case);
    return order && *order == std::partial_ordering::equivalent;
  })};
}

Value Evaluator::call(const Expr& expression) {
  const auto name = base::lower_case(expression.name);
  if (name == "isof") return is_of(expression);
  if (name == "case") return choose(expression);
  if (expression.is_bound || !is_function(name)) {
    throw http::not_implemented("the function '" + expression.name + "' in an expression");
  }
  if (name == "cast" && expression.operands.size() == 2 &&
      !model::primitive_named(expression.operands[1]->name)) {
    const auto value = evaluate(*expression.operands[0]);
    return is_instance(value, expression.operands[1]->name) ? value : Value{};
  }
  Values arguments;
  for (const auto& operand : expression.operands) {
    // A type stands as its own name.
    if (operand->kind == ExprKind::Cast && operand->operands.empty()) {
      arguments.push_back({Text{operand->name}});
      continue;
    }
    arguments.push_back(evaluate(*operand));
    if (arguments.back().is_null()) return {};
  }
  return call_function(name, arguments, rules_);
}

Value Evaluator::is_of(const Expr& expression) {
  const auto& type = *expression.operands.back();
  const auto value =
      expression.operands.size() > 1 ? evaluate(*expression.operands[0]) : Value{it_};
  if (value.is_null()) return {false};
  const auto primitive = model::primitive_named(type.name);
  if (!primitive) return {is_instance(value, type.name)};
  switch (*primitive) {
    case model::Primitive::Boolean:
      return {value.get<bool>() != nullptr};
    case model::Primitive::String:
      return {value.string() != nullptr};
    case model::Primitive::DateTimeOffset:
      return {value.get<Moment>() != nullptr};
    case model::Primitive::Date:
      return {value.get<Date>() != nullptr};
    case model::Primitive::Duration:
      return {value.get<Duration>() != nullptr};
    case model::Primitive::TimeOfDay:
      return {value.get<TimeOfDay>() != nullptr};
    case model::Primitive::Double:
    case model::Primitive::Single:
    case model::Primitive::Decimal:
      return {value.number().has_value()};
    case model::Primitive::Byte:
    case model::Primitive::SByte:
    case model::Primitive::Int16:
    case model::Primitive::Int32:
    case model::Primitive::Int64:
      return {value.get<int64_t>() != nullptr};
    default:
      throw http::not_implemented("'" + to_string(expression) + "'");
  }
}

// "case(condition:value,...)" (URL 5.1.1.9.1): conditions and values in turn.
Value Evaluator::choose(const Expr& expression) {
  for (size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
    if (truth(evaluate(*expression.operands[i])).value_or(false)) {
      return evaluate(*expression.operands[i + 1]);
    }
  }
  return {};
}

}  // namespace graphmock::odata
