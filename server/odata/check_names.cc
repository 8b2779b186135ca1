// The names of an expression against a type, before it is evaluated.
#include "base/text.h"
#include "http/error.h"
#include "odata/eval.h"

namespace graphmock::odata {
namespace {

// What is known of a part of an expression: its type, or, without one, nothing.
struct Known {
  const model::StructuredType* type = nullptr;
};

class Check {
 public:
  Check(const model::Model& model, const model::StructuredType& type) : model_(model), it_(type) {}

  Known walk(const Expr& expression) {
    switch (expression.kind) {
      case ExprKind::Member:
        return member(expression);
      case ExprKind::Cast:
        return cast(expression);
      case ExprKind::Lambda:
        return lambda(expression);
      case ExprKind::Count:
        return count(expression);
      case ExprKind::Variable:
        return variable(expression);
      case ExprKind::Call:
        // Types stand among the arguments of isof and cast.
        for (const auto& operand : expression.operands) {
          if (operand->kind != ExprKind::Cast) walk(*operand);
        }
        return {};
      default:
        for (const auto& operand : expression.operands) walk(*operand);
        return {};
    }
  }

 private:
  Known variable(const Expr& expression) const {
    for (auto one = variables_.rbegin(); one != variables_.rend(); ++one) {
      if (one->first == expression.name) return one->second;
    }
    if (expression.name == "$it" || expression.name == "$this") return {&it_};
    return {};
  }

  Known member(const Expr& expression) {
    if (expression.operands.empty()) {
      for (auto one = variables_.rbegin(); one != variables_.rend(); ++one) {
        if (one->first == expression.name) return one->second;
      }
    }
    const auto owner = expression.operands.empty() ? Known{&it_} : walk(*expression.operands[0]);
    if (!owner.type) return {};
    if (const auto* property = owner.type->property_ignoring_case(expression.name)) {
      return {property->type.structured};
    }
    if (const auto* navigation = owner.type->navigation_ignoring_case(expression.name)) {
      return {navigation->type};
    }
    if (owner.type->is_open) return {};
    auto message = "Could not find a property named '" + expression.name + "' on type '" +
                   std::string(owner.type->name) + "'.";
    if (const auto near = base::nearest(expression.name, owner.type->member_names())) {
      message += " Did you mean '" + std::string(*near) + "'?";
    }
    throw http::Error(400, "", std::move(message));
  }

  Known cast(const Expr& expression) {
    if (!expression.operands.empty()) walk(*expression.operands[0]);
    const auto* type = model_.structured_type_ignoring_case(expression.name);
    if (!type) {
      throw http::Error(400, "", "There is no type '" + expression.name + "'.");
    }
    return {type};
  }

  Known lambda(const Expr& expression) {
    const auto items = walk(*expression.operands[0]);
    if (expression.operands.size() < 2) return {};
    variables_.emplace_back(expression.variable, items);
    walk(*expression.operands[1]);
    variables_.pop_back();
    return {};
  }

  Known count(const Expr& expression) {
    const auto items = walk(*expression.operands[0]);
    if (expression.operands.size() > 1 && items.type) {
      Check(model_, *items.type).walk(*expression.operands[1]);
    }
    return {};
  }

  const model::Model& model_;
  const model::StructuredType& it_;
  std::vector<std::pair<std::string_view, Known>> variables_;
};

}  // namespace

void check_names(const Expr& expression, const model::Model& model,
                 const model::StructuredType& type) {
  Check(model, type).walk(expression);
}

}  // namespace graphmock::odata
