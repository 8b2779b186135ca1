#include "odata/check.h"

#include <algorithm>

#include "base/text.h"
#include "http/error.h"
#include "odata/pattern.h"
#include "odata/type_rules.h"

namespace graphmock::odata {
namespace {

using model::Primitive;

[[noreturn]] void bad(std::string message) {
  throw http::Error(400, "", std::move(message));
}

Known structured(const model::StructuredType* type, bool is_collection = false) {
  model::TypeRef ref;
  ref.structured = type;
  ref.is_collection = is_collection;
  return Known::of(ref);
}

class Check {
 public:
  Check(const model::Model& model, const model::StructuredType& type, const CheckScope& scope)
      : model_(model),
        scope_(scope),
        it_(structured(scope.it ? scope.it : &type)),
        this_(structured(&type)) {}

  Known walk(const Expr& expression) {
    switch (expression.kind) {
      case ExprKind::Literal:
        return Known::of(expression.literal, model_);
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
        return result_of_unary(expression.name, walk(*expression.operands[0]));
      case ExprKind::Binary: {
        const auto left = walk(*expression.operands[0]);
        return result_of_binary(expression.name, left, walk(*expression.operands[1]));
      }
      case ExprKind::In: {
        const auto left = walk(*expression.operands[0]);
        check_in(left, walk(*expression.operands[1]));
        return Known::of(Primitive::Boolean);
      }
      case ExprKind::Call:
        return call(expression);
      case ExprKind::List:
        return list(expression);
      case ExprKind::Object:
        return object(expression);
      case ExprKind::Named:
        return walk(*expression.operands[0]);
    }
    return {};
  }

 private:
  Known variable(const Expr& expression) const {
    if (expression.name == "$it") return it_;
    if (expression.name == "$this") return this_;
    if (const auto* known = lambda_variable(expression.name)) return *known;
    throw http::not_implemented("'" + expression.name + "' in an expression");
  }

  const Known* lambda_variable(std::string_view name) const {
    for (auto one = variables_.rbegin(); one != variables_.rend(); ++one) {
      if (one->first == name) return &one->second;
    }
    return nullptr;
  }

  Known alias(const Expr& expression) {
    if (!scope_.aliases) return {};
    const auto found = scope_.aliases->find(expression.name);
    if (found == scope_.aliases->end()) return {};
    // Its type where it was met first; an alias that names another many times is walked once.
    const auto known = aliases_.find(expression.name);
    if (known != aliases_.end()) return known->second;
    aliases_[expression.name] = {};  // what refers to itself is told when it is evaluated
    constexpr int kDeepest = 16;
    if (++alias_depth_ > kDeepest) {
      bad("The alias '" + expression.name + "' stands within too many others.");
    }
    auto type = walk(*found->second);
    --alias_depth_;
    return aliases_[expression.name] = std::move(type);
  }

  Known member(const Expr& expression) {
    if (expression.name.starts_with('@')) {
      throw http::not_implemented("the annotation '" + expression.name + "' in an expression");
    }
    if (expression.operands.empty()) {
      if (const auto* known = lambda_variable(expression.name)) return *known;
    } else if (is_root(*expression.operands[0])) {
      return root(expression.name);
    }
    const auto owner = expression.operands.empty() ? this_ : walk(*expression.operands[0]);
    if (is_unknown(owner) || owner.is_object) return {};
    const auto* type = owner.type.structured;
    if (!type && is_unknown(owner.item())) return {};
    if (!type) {
      bad("'" + to_string(expression) + "' asks for a property of '" +
          to_string(*expression.operands[0]) + "', which is of type '" + owner.name() +
          "' and has none.");
    }
    return member_of(*type, owner.type.is_collection, expression.name);
  }

  Known member_of(const model::StructuredType& type, bool is_collection,
                  std::string_view name) const {
    if (const auto* property = type.property_ignoring_case(name)) {
      auto known = Known::of(property->type);
      known.type.is_collection = known.type.is_collection || is_collection;
      return known;
    }
    if (const auto* navigation = type.navigation_ignoring_case(name)) {
      return structured(navigation->type, navigation->is_collection || is_collection);
    }
    if (type.is_open && (!scope_.may_have || scope_.may_have(model_, type, name))) return {};
    if (model_.bound_operation(name, type, is_collection)) {
      throw http::not_implemented("the function '" + std::string(name) + "' in an expression");
    }
    bad(model::no_such_property(name, type));
  }

  Known root(std::string_view name) const {
    if (const auto* set = model_.entity_set(name)) return structured(set->type, true);
    if (const auto* singleton = model_.singleton(name)) return structured(singleton->type);
    if (model_.import(name)) {
      throw http::not_implemented("the function '" + std::string(name) + "' in an expression");
    }
    auto message = "'$root/" + std::string(name) + "' is neither an entity set nor a singleton.";
    if (const auto near = base::nearest(name, model_.root_names())) {
      message += " Did you mean '$root/" + std::string(*near) + "'?";
    }
    bad(std::move(message));
  }

  Known cast(const Expr& expression) {
    const auto owner = expression.operands.empty() ? this_ : walk(*expression.operands[0]);
    const auto* type = model_.structured_type_ignoring_case(expression.name);
    if (!type) bad("There is no type '" + expression.name + "'.");
    return structured(type, owner.type.is_collection);
  }

  Known key(const Expr& expression) {
    const auto& base = *expression.operands[0];
    const bool is_name = base.kind == ExprKind::Member && base.operands.empty();
    const auto* type = this_.type.structured;
    // "foo('x')" is read as a key, and may be meant for a function.
    if (is_name && type && !type->is_open && !lambda_variable(base.name) &&
        !type->property_ignoring_case(base.name) && !type->navigation_ignoring_case(base.name)) {
      unknown_function(base.name);
    }
    for (size_t i = 1; i < expression.operands.size(); ++i) walk(*expression.operands[i]);
    const auto owner = walk(base);
    if (is_unknown(owner)) return {};
    if (!owner.type.is_collection || !owner.type.structured) {
      bad("'" + to_string(expression) + "' has a key, and '" + to_string(base) +
          "' is no collection of entities.");
    }
    check_key(expression, *owner.type.structured);
    return owner.item();
  }

  void check_key(const Expr& expression, const model::StructuredType& type) const {
    for (size_t i = 1; i < expression.operands.size(); ++i) {
      const auto& operand = *expression.operands[i];
      if (operand.kind == ExprKind::Named) {
        member_of(type, false, operand.name);
      } else if (type.key.size() != 1) {
        bad("'" + to_string(expression) + "' has to name each property of its key, as in (" +
            (type.key.empty() ? "id" : std::string(type.key[0])) + "='x').");
      }
    }
  }

  Known lambda(const Expr& expression) {
    const auto items = collection(expression, "'" + expression.name + "'");
    if (expression.operands.size() < 2) return Known::of(Primitive::Boolean);
    variables_.emplace_back(expression.variable, items.item());
    condition(*expression.operands[1], "'" + expression.name + "'");
    variables_.pop_back();
    return Known::of(Primitive::Boolean);
  }

  Known count(const Expr& expression) {
    const auto items = collection(expression, "'$count'");
    for (size_t i = 1; i < expression.operands.size(); ++i) {
      const auto& option = *expression.operands[i];
      if (option.kind != ExprKind::Named) predicate(option, items.item());
    }
    return Known::of(Primitive::Int64);
  }

  // What operands[0] is, which has to be one.
  Known collection(const Expr& expression, const std::string& asker) {
    auto known = walk(*expression.operands[0]);
    if (may_be_collection(known)) return known;
    bad(asker + " may only be used following a collection; '" + to_string(*expression.operands[0]) +
        "' is of type '" + known.name() + "'.");
  }

  void condition(const Expr& expression, const std::string& asker) {
    const auto known = walk(expression);
    if (may_be_boolean(known)) return;
    bad(asker + " takes a condition, and '" + to_string(expression) + "' is of type '" +
        known.name() + "'.");
  }

  // With an item of a collection for $this.
  void predicate(const Expr& expression, const Known& item) {
    const auto outer = this_;
    this_ = item;
    condition(expression, "'$filter'");
    this_ = outer;
  }

  Known call(const Expr& expression) {
    const std::string_view name = expression.name;
    if (expression.is_bound && name == "$filter") {
      auto items = collection(expression, "'$filter'");
      predicate(*expression.operands[1], items.item());
      return items;
    }
    if (expression.is_bound) return bound_call(expression);
    if (name == "case") return choice(expression);
    if (name == "isof" || name == "cast") {
      if (expression.operands.size() > 1) walk(*expression.operands[0]);
      auto type = named_type(expression.operands.back()->name);
      return name == "isof" ? Known::of(Primitive::Boolean) : type;
    }
    const auto* function = function_named(name);
    if (!function) unknown_function(name);
    std::vector<Known> arguments;
    for (const auto& operand : expression.operands) arguments.push_back(walk(*operand));
    const bool has_pattern = function->name == "matchesPattern" && arguments[1].literal;
    auto result = result_of_call(*function, arguments);
    if (has_pattern) Patterns().compile(arguments[1].literal->text);
    return result;
  }

  Known bound_call(const Expr& expression) {
    const auto owner = walk(*expression.operands[0]);
    const auto* type = owner.type.structured;
    if (!type || model_.bound_operation(expression.name, *type, owner.type.is_collection)) {
      throw http::not_implemented("the function '" + expression.name + "' in an expression");
    }
    bad("There is no function '" + expression.name + "' bound to '" + owner.name() + "'.");
  }

  [[noreturn]] void unknown_function(std::string_view name) const {
    if (model_.import(name)) {
      throw http::not_implemented("the function '" + std::string(name) + "' in an expression");
    }
    auto message = "An unknown function with name '" + std::string(name) + "' was found.";
    if (const auto near = nearest_function(name); !near.empty()) {
      message += " Did you mean '" + std::string(near) + "'?";
    }
    bad(std::move(message));
  }

  // Of several types, nothing is known.
  Known choice(const Expr& expression) {
    std::optional<Known> result;
    for (size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
      condition(*expression.operands[i], "'case'");
      const auto known = Known::of(walk(*expression.operands[i + 1]).type);
      const bool is_other = result && result->name() != known.name();
      result = is_other ? Known{} : known;
    }
    return result.value_or(Known{});
  }

  Known named_type(std::string_view name) const {
    constexpr std::string_view kPrefix = "Collection(";
    model::TypeRef type;
    type.is_collection = name.starts_with(kPrefix);
    const auto item =
        type.is_collection ? name.substr(kPrefix.size(), name.size() - kPrefix.size() - 1) : name;
    if (const auto primitive = model::primitive_named(item)) {
      type.primitive = *primitive;
      return Known::of(type);
    }
    type.enumeration = model_.enum_type(item);
    if (!type.enumeration) type.structured = model_.structured_type_ignoring_case(item);
    if (!type.enumeration && !type.structured) {
      bad("There is no type '" + std::string(item) + "'.");
    }
    return Known::of(type);
  }

  Known list(const Expr& expression) {
    Known known;
    known.type.is_collection = true;
    for (const auto& operand : expression.operands) known.items.push_back(walk(*operand));
    return known;
  }

  Known object(const Expr& expression) {
    for (const auto& operand : expression.operands) {
      if (operand->name == "@odata.id" || operand->name == "@id") {
        throw http::not_implemented("a reference to an entity ('" + operand->name +
                                    "') in an expression");
      }
      walk(*operand);
    }
    Known known;
    known.is_object = true;
    return known;
  }

  const model::Model& model_;
  const CheckScope& scope_;
  const Known it_;
  Known this_;
  std::vector<std::pair<std::string_view, Known>> variables_;
  std::map<std::string, Known> aliases_;
  int alias_depth_ = 0;
};

}  // namespace

void check_expression(const Expr& expression, const model::Model& model,
                      const model::StructuredType& type, const CheckScope& scope) {
  Check(model, type, scope).walk(expression);
}

void check_filter(const Expr& filter, const model::Model& model, const model::StructuredType& type,
                  const CheckScope& scope) {
  const auto known = Check(model, type, scope).walk(filter);
  if (may_be_boolean(known)) return;
  bad("The $filter expression must evaluate to a single boolean value; '" + to_string(filter) +
      "' is of type '" + known.name() + "'. Compare it with a value, as in a eq 1.");
}

void check_orderby(const std::vector<OrderItem>& items, const model::Model& model,
                   const model::StructuredType& type, const CheckScope& scope) {
  for (const auto& item : items) {
    const auto known = Check(model, type, scope).walk(*item.expression);
    if (may_be_ordered(known)) continue;
    bad("The $orderby expression must evaluate to a single value of primitive type; '" +
        to_string(*item.expression) + "' is of type '" + known.name() + "'.");
  }
}

}  // namespace graphmock::odata
