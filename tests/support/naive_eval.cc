#include "support/naive_eval.h"

#include <boost/json.hpp>
#include <cmath>
#include <map>

namespace graphmock::support {
namespace {

using odata::Expr;
using odata::ExprKind;
using odata::LiteralKind;
namespace json = boost::json;

struct Wrong {};

// A number is kept as a double, which holds the multiples of a power of two that come here exactly.
// That a number is of type Edm.Decimal is told by its being wrapped in an object.
bool is_decimal(const json::value& value) {
  return value.is_object() && value.as_object().contains("decimal");
}
bool is_number(const json::value& value) {
  return is_decimal(value) || value.is_double();
}
double number(const json::value& value) {
  if (!is_number(value)) throw Wrong();
  return is_decimal(value) ? value.as_object().at("decimal").as_double() : value.as_double();
}
json::value decimal(double value) {
  return json::object{{"decimal", value}};
}
json::value number_like(double value, bool is_exact) {
  return is_exact ? decimal(value) : json::value(value);
}
std::string text(const json::value& value) {
  return std::string(value.as_string());
}

class Naive {
 public:
  explicit Naive(const json::value& entity) : entity_(entity), it_(entity) {}

  json::value of(const Expr& e) {
    switch (e.kind) {
      case ExprKind::Literal:
        return literal(e);
      case ExprKind::Variable:
        return e.name.starts_with('$') ? it_ : variables_.at(e.name);
      case ExprKind::Member:
        return member(e);
      case ExprKind::Unary:
        return unary(e);
      case ExprKind::Binary:
        return binary(e);
      case ExprKind::In:
        return is_in(e);
      case ExprKind::List: {
        json::array list;
        for (const auto& operand : e.operands) list.push_back(of(*operand));
        return list;
      }
      case ExprKind::Lambda:
        return lambda(e);
      case ExprKind::Count:
        return count(e);
      case ExprKind::Call:
        return e.name == "case" ? choose(e) : call(e);
      default:
        throw Wrong();
    }
  }

 private:
  static json::value literal(const Expr& e) {
    const auto& own = e.literal;
    if (own.kind == LiteralKind::Null) return nullptr;
    if (own.kind == LiteralKind::Boolean) return own.text == "true";
    if (own.kind == LiteralKind::String) return json::value(own.text);
    return number_like(std::stod(own.text), own.kind == LiteralKind::Decimal);
  }

  json::value member(const Expr& e) {
    const auto owner = e.operands.empty() ? entity_ : of(*e.operands[0]);
    if (!owner.is_object()) return nullptr;
    const auto found = owner.as_object().find(e.name);
    const bool is_list = e.name == "n" || e.name == "w";
    if (found == owner.as_object().end()) return is_list ? json::value(json::array()) : nullptr;
    return typed(found->value(), e.name == "d");
  }

  static json::value typed(const json::value& value, bool is_exact) {
    if (value.is_array()) {
      json::array list;
      for (const auto& item : value.as_array()) list.push_back(typed(item, false));
      return list;
    }
    return value.is_number() ? number_like(value.to_number<double>(), is_exact) : value;
  }

  json::value unary(const Expr& e) {
    const auto value = of(*e.operands[0]);
    if (value.is_null()) return nullptr;
    if (e.name == "not") return !value.as_bool();
    return number_like(-number(value), is_decimal(value));
  }

  json::value binary(const Expr& e) {
    const auto a = of(*e.operands[0]);
    // The right side of what is decided may be wrong without harm.
    if (e.name == "and" && a.is_bool() && !a.as_bool()) return false;
    if (e.name == "or" && a.is_bool() && a.as_bool()) return true;
    const auto b = of(*e.operands[1]);
    if (e.name == "and") {
      if (b.is_bool() && !b.as_bool()) return false;
      return a.is_null() || b.is_null() ? json::value(nullptr) : json::value(true);
    }
    if (e.name == "or") {
      if (b.is_bool() && b.as_bool()) return true;
      return a.is_null() || b.is_null() ? json::value(nullptr) : json::value(false);
    }
    if (e.name == "eq") return same(a, b);
    if (e.name == "ne") return !same(a, b);
    const bool is_order = e.name.size() == 2;
    if (a.is_null() || b.is_null()) return is_order ? json::value(false) : json::value(nullptr);
    return is_order ? json::value(ordered(e.name, a, b)) : arithmetic(e.name, a, b);
  }

  static bool same(const json::value& a, const json::value& b) {
    if (is_number(a) && is_number(b)) return number(a) == number(b);
    if (!a.is_array() || !b.is_array()) return a == b;
    const auto& one = a.as_array();
    const auto& other = b.as_array();
    if (one.size() != other.size()) return false;
    for (size_t i = 0; i < one.size(); ++i) {
      if (!same(one[i], other[i])) return false;
    }
    return true;
  }

  static bool ordered(const std::string& name, const json::value& a, const json::value& b) {
    int order = 0;
    if (is_number(a) && is_number(b)) {
      order = number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : 0;
    } else if (a.is_string() && b.is_string()) {
      order = text(a).compare(text(b));
    } else {
      throw Wrong();
    }
    return name[0] == 'l' ? order < 0 || (name == "le" && order == 0)
                          : order > 0 || (name == "ge" && order == 0);
  }

  static json::value arithmetic(const std::string& name, const json::value& a,
                                const json::value& b) {
    const double x = number(a);
    const double y = number(b);
    const bool is_exact = is_decimal(a) || is_decimal(b);
    if (name == "add") return number_like(x + y, is_exact);
    if (name == "sub") return number_like(x - y, is_exact);
    if (name == "mul") return number_like(x * y, is_exact);
    if (y == 0) throw Wrong();
    if (name == "mod") return number_like(std::fmod(x, y), is_exact);
    return number_like(is_exact ? x / y : std::trunc(x / y), is_exact);
  }

  json::value is_in(const Expr& e) {
    const auto value = of(*e.operands[0]);
    const auto list = of(*e.operands[1]);
    for (const auto& item : list.as_array()) {
      if (same(value, item)) return true;
    }
    return false;
  }

  json::value lambda(const Expr& e) {
    const bool is_any = e.name == "any";
    const auto list = of(*e.operands[0]);
    if (list.is_null()) return !is_any;
    for (const auto& item : list.as_array()) {
      variables_[e.variable] = item;
      const auto holds = of(*e.operands[1]);
      if ((holds.is_bool() && holds.as_bool()) == is_any) return is_any;
    }
    return !is_any;
  }

  json::value count(const Expr& e) {
    const auto list = of(*e.operands[0]);
    if (list.is_null()) return 0.0;
    double matching = 0;
    for (const auto& item : list.as_array()) {
      const auto outer = it_;
      it_ = item;
      const auto holds = e.operands.size() > 1 ? of(*e.operands[1]) : json::value(true);
      it_ = outer;
      matching += holds.is_bool() && holds.as_bool() ? 1 : 0;
    }
    return matching;
  }

  json::value choose(const Expr& e) {
    for (size_t i = 0; i + 1 < e.operands.size(); i += 2) {
      const auto condition = of(*e.operands[i]);
      if (condition.is_bool() && condition.as_bool()) return of(*e.operands[i + 1]);
    }
    return nullptr;
  }

  json::value call(const Expr& e) {
    std::vector<json::value> arguments;
    for (const auto& operand : e.operands) {
      arguments.push_back(of(*operand));
      if (arguments.back().is_null()) return nullptr;
    }
    const auto& a = arguments[0];
    const auto& name = e.name;
    if (name == "length") {
      return a.is_array() ? static_cast<double>(a.as_array().size())
                          : static_cast<double>(text(a).size());
    }
    if (name == "round" || name == "floor" || name == "ceiling") {
      const double x = number(a);
      const double whole = name == "round"   ? std::round(x)
                           : name == "floor" ? std::floor(x)
                                             : std::ceil(x);
      return number_like(whole, is_decimal(a));
    }
    if (name == "tolower" || name == "toupper") {
      auto changed = text(a);
      for (char& c : changed)
        c = static_cast<char>(name == "tolower" ? std::tolower(c) : std::toupper(c));
      return json::value(changed);
    }
    if (name == "trim") {
      const auto whole = text(a);
      const auto first = whole.find_first_not_of(' ');
      if (first == std::string::npos) return json::value("");
      return json::value(whole.substr(first, whole.find_last_not_of(' ') - first + 1));
    }
    const auto& b = arguments.at(1);
    if (name == "concat" && a.is_array()) {
      auto all = a.as_array();
      for (const auto& item : b.as_array()) all.push_back(item);
      return all;
    }
    if (name == "concat") return json::value(text(a) + text(b));
    if (name == "contains") return text(a).find(text(b)) != std::string::npos;
    if (name == "startswith") return text(a).rfind(text(b), 0) == 0;
    if (name == "endswith") {
      return text(a).size() >= text(b).size() &&
             text(a).compare(text(a).size() - text(b).size(), std::string::npos, text(b)) == 0;
    }
    if (name == "indexof") {
      const auto at = text(a).find(text(b));
      return at == std::string::npos ? -1.0 : static_cast<double>(at);
    }
    if (name != "substring") throw Wrong();
    const auto size = static_cast<double>(text(a).size());
    double start = number(b);
    if (start < 0) start = std::max(0.0, size + start);
    return json::value(text(a).substr(static_cast<size_t>(std::min(start, size))));
  }

  const json::value& entity_;
  json::value it_;
  std::map<std::string, json::value> variables_;
};

std::string printed(const json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_string()) return "'" + text(value) + "'";
  if (is_number(value)) {
    const double x = number(value);
    const bool is_whole = std::floor(x) == x && std::abs(x) < 1e15;
    return is_whole ? std::to_string(static_cast<int64_t>(x)) : std::to_string(x);
  }
  std::string list;
  for (const auto& item : value.as_array()) list += (list.empty() ? "" : ",") + printed(item);
  return "[" + list + "]";
}

}  // namespace

std::string naive_value(const Expr& expression, const json::value& entity) {
  try {
    return printed(Naive(entity).of(expression));
  } catch (const Wrong&) {
    return "error";
  }
}

}  // namespace graphmock::support
