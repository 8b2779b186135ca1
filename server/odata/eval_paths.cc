// What paths of expressions lead to (URL 5.1.1.13 to 5.1.1.15).
#include <algorithm>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "odata/compare.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "odata/type_functions.h"

namespace graphmock::odata {
namespace {

[[noreturn]] void bad(std::string message) {
  throw http::Error(400, "", std::move(message));
}

bool is_true(const Value& value) {
  if (const auto* flag = value.get<bool>()) return *flag;
  if (value.is_null()) return false;
  bad("A condition is expected where the expression gives a value of type " + value.type_name() +
      ".");
}

// As a key stands in a path: 'O''Neil', 3.
std::string key_text(const Value& value, const model::Model& model) {
  const auto text = cast_to(value, "Edm.String", model);
  if (!text.string()) bad("A key within an expression is a value of a primitive type, not null.");
  if (!value.string()) return *text.string();
  std::string quoted = "'";
  for (const char c : *text.string()) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

}  // namespace

const Value* Evaluator::lambda_variable(std::string_view name) const {
  for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
    if (variable->first == name) return &variable->second;
  }
  return nullptr;
}

Value Evaluator::variable(const Expr& expression) const {
  if (expression.name == "$it") return it_;
  if (expression.name == "$this") return this_;
  if (const auto* value = lambda_variable(expression.name)) return *value;
  throw http::not_implemented("'" + expression.name + "' in an expression");
}

Value Evaluator::operand_or_this(const Expr& expression) {
  return expression.operands.empty() ? this_ : evaluate(*expression.operands[0]);
}

Value Evaluator::member(const Expr& expression) {
  if (expression.name.starts_with('@')) {
    throw http::not_implemented("the annotation '" + expression.name + "' in an expression");
  }
  if (expression.operands.empty()) {
    // A lambda's variable stands where a property might.
    if (const auto* value = lambda_variable(expression.name)) return *value;
  } else if (is_root(*expression.operands[0])) {
    return root(expression.name);
  }
  const auto owner = operand_or_this(expression);
  if (const auto* item = owner.get<Item>()) return member_of(*item, expression.name);
  const auto* list = owner.list();
  if (!list) return {};
  // The members of all: "places/city" in hassubset(places/city,['Bern']).
  base::charge(list->size() * base::work::kEntity);
  Values values;
  for (const auto& one : *list) {
    const auto* item = one.get<Item>();
    if (!item) continue;
    auto value = member_of(*item, expression.name);
    if (const auto* inner = value.list()) {
      values.insert(values.end(), inner->begin(), inner->end());
    } else {
      values.push_back(std::move(value));
    }
  }
  return list_of(std::move(values));
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
    return property->type.is_collection ? list_of({}) : Value{};
  }
  const auto* navigation = item.type ? item.type->navigation_ignoring_case(name) : nullptr;
  if (!navigation) return member_of(item, name, model::TypeRef{}).value_or(Value{});
  const auto related = source_.related(item, *navigation);
  base::charge(related.size() * base::work::kEntity);
  if (!navigation->is_collection) return related.empty() ? Value{} : Value{related[0]};
  Values values;
  for (const auto& one : related) values.push_back({one});
  return list_of(std::move(values));
}

// Nothing where the item has no such member.
std::optional<Value> Evaluator::member_of(const Item& item, std::string_view name,
                                          const model::TypeRef& type) {
  if (item.object) {
    const auto* value = item.object->if_contains(name);
    return value ? std::optional(value_of(*value, type, &model_)) : std::nullopt;
  }
  const auto text = base::member_text(item.text, name);
  base::charge_copy(text ? static_cast<size_t>(text->data() - item.text.data()) : item.text.size());
  if (!text) return std::nullopt;
  if (auto value = value_of_text(*text, type)) return value;
  return value_of(parsed_.emplace_back(base::parse_json(*text)), type, &model_);
}

Value Evaluator::root(const std::string& segment) {
  const auto rooted = source_.at_root(segment);
  base::charge(rooted.items.size() * base::work::kEntity);
  if (!rooted.is_collection) return rooted.items.empty() ? Value{} : Value{rooted.items[0]};
  Values values;
  for (const auto& item : rooted.items) values.push_back({item});
  return list_of(std::move(values));
}

// "members('ID')", "$root/users('ID')", "items(a=1,b='x')": null where there is none of that key.
Value Evaluator::key(const Expr& expression) {
  std::vector<std::pair<std::string_view, Value>> wanted;
  for (size_t i = 1; i < expression.operands.size(); ++i) {
    const auto& operand = *expression.operands[i];
    const bool is_named = operand.kind == ExprKind::Named;
    wanted.emplace_back(is_named ? std::string_view(operand.name) : "", evaluate(operand));
  }
  const auto& base = *expression.operands[0];
  if (base.kind == ExprKind::Member && !base.operands.empty() && is_root(*base.operands[0])) {
    std::string segment = base.name;
    for (const auto& [name, part] : wanted) {
      segment += segment.size() == base.name.size() ? '(' : ',';
      if (!name.empty()) segment += std::string(name) + "=";
      segment += key_text(part, model_);
    }
    return root(segment + ")");
  }
  const auto value = evaluate(base);
  if (value.is_null()) return {};
  for (const auto& one : list_of_path(base, value, "A key")) {
    base::charge(base::work::kEntity);
    const auto* item = one.get<Item>();
    if (item && has_key(*item, wanted)) return one;
  }
  return {};
}

bool Evaluator::has_key(const Item& item,
                        const std::vector<std::pair<std::string_view, Value>>& key) {
  return std::all_of(key.begin(), key.end(), [&](const auto& part) {
    auto name = part.first;
    if (name.empty() && item.type && item.type->key.size() == 1) name = item.type->key[0];
    return !name.empty() && is_equal(member_of(item, name), part.second, rules_.ignore_case);
  });
}

Value Evaluator::cast(const Expr& expression) {
  const auto value = operand_or_this(expression);
  const auto* list = value.list();
  if (!list) return is_of(value, expression.name, model_) ? value : Value{};
  base::charge(list->size() * base::work::kEntity);
  Values values;
  for (const auto& one : *list) {
    if (is_of(one, expression.name, model_)) values.push_back(one);
  }
  return list_of(std::move(values));
}

const Values& Evaluator::list_of_path(const Expr& path, const Value& value,
                                      std::string_view asker) const {
  const auto* list = value.list();
  if (!list) {
    bad(std::string(asker) + " asks of a collection; '" + to_string(path) + "' is none.");
  }
  return *list;
}

bool Evaluator::holds(const Expr& predicate, const Value& one) {
  const Value outer = this_;
  this_ = one;
  const bool is_so = is_true(evaluate(predicate));
  this_ = outer;
  return is_so;
}

Value Evaluator::filtered(const Expr& expression) {
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {};
  Values left;
  for (const auto& one : list_of_path(*expression.operands[0], value, "'$filter'")) {
    if (holds(*expression.operands[1], one)) left.push_back(one);
  }
  return list_of(std::move(left));
}

Value Evaluator::count(const Expr& expression) {
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {int64_t{0}};
  int64_t matching = 0;
  for (const auto& one : list_of_path(*expression.operands[0], value, "'$count'")) {
    base::charge(1);
    bool is_counted = true;
    for (size_t i = 1; i < expression.operands.size() && is_counted; ++i) {
      const auto& option = *expression.operands[i];
      is_counted = option.kind == ExprKind::Named ? is_found(option, one) : holds(option, one);
    }
    matching += is_counted ? 1 : 0;
  }
  return {matching};
}

bool Evaluator::is_found(const Expr& search, const Value& one) {
  auto& parsed = searches_[&search];
  if (!parsed) parsed = parse_search(search.operands[0]->literal.text);
  const auto* item = one.get<Item>();
  if (!item) bad("'$search' within '$count' asks of entities or complex values.");
  return source_.is_found(*parsed, *item);
}

Value Evaluator::lambda(const Expr& expression) {
  const bool is_any = base::equals_ignoring_case(expression.name, "any");
  const auto value = evaluate(*expression.operands[0]);
  if (value.is_null()) return {!is_any};
  const auto& list = list_of_path(*expression.operands[0], value, "'" + expression.name + "'");
  if (expression.operands.size() < 2) return {!list.empty()};
  for (const auto& one : list) {
    variables_.emplace_back(expression.variable, one);
    const bool is_so = is_true(evaluate(*expression.operands[1]));
    variables_.pop_back();
    if (is_so == is_any) return {is_any};
  }
  return {!is_any};
}

}  // namespace graphmock::odata
