#include "odata/expr.h"

#include <array>

namespace graphmock::odata {
namespace {

// How tightly an expression holds together (URL 5.1.1.17).
enum Precedence {
  Any,
  Or,
  And,
  Equality,
  Relational,
  Additive,
  Multiplicative,
  Unary,
  Membership,
  Primary
};

Precedence precedence_of(const Expr& expr) {
  if (expr.kind == ExprKind::Unary) return Unary;
  if (expr.kind == ExprKind::In) return Membership;
  if (expr.kind != ExprKind::Binary) return Primary;
  struct Row {
    std::string_view name;
    Precedence precedence;
  };
  static constexpr std::array kRows{Row{"or", Or},
                                    Row{"and", And},
                                    Row{"eq", Equality},
                                    Row{"ne", Equality},
                                    Row{"lt", Relational},
                                    Row{"le", Relational},
                                    Row{"gt", Relational},
                                    Row{"ge", Relational},
                                    Row{"add", Additive},
                                    Row{"sub", Additive},
                                    Row{"mul", Multiplicative},
                                    Row{"div", Multiplicative},
                                    Row{"divby", Multiplicative},
                                    Row{"mod", Multiplicative},
                                    Row{"has", Membership}};
  for (const auto& row : kRows) {
    if (row.name == expr.name) return row.precedence;
  }
  return Primary;
}

class Printer {
 public:
  std::string text;

  void print(const Expr& expr, int at_least = Any) {
    const bool needs_parentheses = precedence_of(expr) < at_least;
    if (needs_parentheses) text += '(';
    print_bare(expr);
    if (needs_parentheses) text += ')';
  }

 private:
  void print_bare(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::Literal:
        return print_literal(expr.literal);
      case ExprKind::Unary:
        return print_unary(expr);
      case ExprKind::Binary:
        return print_binary(expr);
      case ExprKind::In:
        return print_in(expr);
      case ExprKind::List:
        return print_items(expr, 0, '[', ']');
      case ExprKind::Object:
        return print_object(expr);
      case ExprKind::Call:
        return print_call(expr);
      case ExprKind::Named:
        text += expr.name;
        text += '=';
        return print(*expr.operands[0]);
      case ExprKind::Key:
        print(*expr.operands[0], Primary);
        return print_items(expr, 1, '(', ')');
      case ExprKind::Count:
        return print_count(expr);
      case ExprKind::Lambda:
        return print_lambda(expr);
      case ExprKind::Variable:
      case ExprKind::Alias:
      case ExprKind::Member:
      case ExprKind::Cast:
        return print_name(expr);
    }
  }

  void print_literal(const Literal& literal) {
    if (literal.kind != LiteralKind::String) {
      text += literal.text;
      return;
    }
    text += '\'';
    for (const char c : literal.text) {
      if (c == '\'') text += '\'';
      text += c;
    }
    text += '\'';
  }

  void print_name(const Expr& expr) {
    if (!expr.operands.empty()) {
      print(*expr.operands[0], Primary);
      text += '/';
    }
    text += expr.name;
  }

  void print_unary(const Expr& expr) {
    if (expr.name == "not") {
      text += "not ";
      return print(*expr.operands[0], Unary);
    }
    text += '-';
    const auto start = text.size();
    print(*expr.operands[0], Unary);
    // "-1" is a literal, -(1) is not.
    const bool is_literal_like = (text[start] >= '0' && text[start] <= '9') ||
                                 std::string_view(text).substr(start).starts_with("INF");
    if (!is_literal_like) return;
    text.insert(start, 1, '(');
    text += ')';
  }

  void print_binary(const Expr& expr) {
    const auto own = precedence_of(expr);
    const bool is_associative = own == Or || own == And;
    print(*expr.operands[0], own);
    text += ' ';
    text += expr.name;
    text += ' ';
    print(*expr.operands[1], is_associative ? own : own + 1);
  }

  void print_in(const Expr& expr) {
    print(*expr.operands[0], Membership);
    text += " in ";
    const auto& right = *expr.operands[1];
    bool is_plain_list = right.kind == ExprKind::List;
    for (const auto& item : right.operands) {
      is_plain_list = is_plain_list && item->kind == ExprKind::Literal;
    }
    if (is_plain_list) return print_items(right, 0, '(', ')');
    print(right, Primary);
  }

  void print_items(const Expr& expr, size_t first, char open, char close) {
    text += open;
    for (size_t i = first; i < expr.operands.size(); ++i) {
      if (i > first) text += ',';
      print(*expr.operands[i]);
    }
    text += close;
  }

  void print_object(const Expr& expr) {
    text += '{';
    for (const auto& member : expr.operands) {
      if (member != expr.operands.front()) text += ',';
      print_json_name(member->name);
      text += ':';
      print(*member->operands[0]);
    }
    text += '}';
  }

  void print_json_name(std::string_view name) {
    constexpr std::string_view kHex = "0123456789abcdef";
    text += '"';
    for (const char c : name) {
      if (c == '"' || c == '\\') {
        text += '\\';
        text += c;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        text += "\\u00";
        text += kHex[static_cast<size_t>(c) >> 4];
        text += kHex[static_cast<size_t>(c) & 15];
      } else {
        text += c;
      }
    }
    text += '"';
  }

  void print_call(const Expr& expr) {
    if (expr.is_bound) {
      print(*expr.operands[0], Primary);
      text += '/';
    }
    text += expr.name;
    if (expr.name != "case" || expr.is_bound) {
      return print_items(expr, expr.is_bound ? 1 : 0, '(', ')');
    }
    text += '(';
    for (size_t i = 0; i < expr.operands.size(); ++i) {
      if (i > 0) text += i % 2 == 1 ? " : " : ",";
      print(*expr.operands[i]);
    }
    text += ')';
  }

  void print_count(const Expr& expr) {
    print(*expr.operands[0], Primary);
    text += "/$count";
    if (expr.operands.size() == 1) return;
    for (size_t i = 1; i < expr.operands.size(); ++i) {
      text += i == 1 ? '(' : ';';
      const auto& option = *expr.operands[i];
      if (option.kind == ExprKind::Named) {
        text += "$search=" + option.operands[0]->literal.text;
      } else {
        text += "$filter=";
        print(option);
      }
    }
    text += ')';
  }

  void print_lambda(const Expr& expr) {
    print(*expr.operands[0], Primary);
    text += '/';
    text += expr.name;
    text += '(';
    if (expr.operands.size() > 1) {
      text += expr.variable;
      text += ':';
      print(*expr.operands[1]);
    }
    text += ')';
  }
};

}  // namespace

std::string to_string(const Expr& expression) {
  Printer printer;
  printer.print(expression);
  return std::move(printer.text);
}

}  // namespace graphmock::odata
