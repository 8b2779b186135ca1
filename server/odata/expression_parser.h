// The grammar of expressions, by recursive descent (ABNF: commonExpr). Of its two files one has
// operators and operands, the other paths and functions. Use it by way of grammar.h.
#pragma once

#include <span>

#include "odata/cursor.h"
#include "odata/expr.h"
#include "odata/functions.h"

namespace graphmock::odata {

class ExpressionParser {
 public:
  explicit ExpressionParser(Cursor& cursor) : cursor_(cursor) {}

  ExprPtr expression();

 private:
  using Operators = std::span<const std::string_view>;

  ExprPtr node(Expr expr);
  ExprPtr node(ExprKind kind, std::string_view name, std::vector<ExprPtr> operands,
               size_t position);
  ExprPtr literal_node(Literal literal, size_t position);
  static std::vector<ExprPtr> on(const ExprPtr& base);

  // The one of them that comes next, behind blanks and with a blank or an opening bracket behind
  // it; otherwise nothing is taken.
  std::string_view take_operator(Operators operators);
  bool ends_word(size_t length) const;
  // Operands with `or` or `and` between them. The tree is balanced, since long ones are common and
  // the order does not matter.
  ExprPtr chain(Operators op);
  ExprPtr balanced(std::string_view name, std::span<const ExprPtr> operands);
  ExprPtr binary(size_t level);
  ExprPtr unary();
  ExprPtr membership();
  // Behind `in`: "(1,2)", of literals alone, or another expression in parentheses.
  ExprPtr list_or_parentheses();

  ExprPtr primary();
  ExprPtr literal();
  void fail_if_literal_is_wrong() const;
  ExprPtr alias_or_annotation();
  // "@Measures.Currency#Reporting"
  std::string annotation_name();
  ExprPtr dollar_variable();

  ExprPtr path(ExprPtr base);
  ExprPtr segment(const ExprPtr& base);
  ExprPtr count(const ExprPtr& base);
  ExprPtr filter_segment(const ExprPtr& base);
  // The parenthesis is taken.
  ExprPtr lambda(const ExprPtr& base, std::string_view name);
  std::string_view take_name();
  // A variable, member, type or function, of `base` if that is there.
  ExprPtr named(const ExprPtr& base);
  ExprPtr call_node(std::string_view name, const ExprPtr& base, std::vector<ExprPtr> arguments,
                    size_t start);
  // The parenthesis is next. Without a model one value in it is taken for a key, and so are names
  // with values behind a name that is not qualified; behind one that is, they are the arguments of
  // a function.
  ExprPtr call(const ExprPtr& base, std::string_view name, size_t start);
  [[noreturn]] static void fail_count(const Function& function, size_t start);
  // In parentheses, which are taken: either all with names or none.
  std::vector<ExprPtr> arguments();
  // case(condition:value,...)
  ExprPtr conditional(size_t start);
  // cast(expression,type), isof(type)
  ExprPtr typed(std::string_view name, size_t start);
  // A type that a closing parenthesis follows; it may be in quotes, as some services have it.
  // Null, and nothing taken, when there is none.
  ExprPtr type_before_end();

  ExprPtr json_value();
  ExprPtr array();
  ExprPtr object();

  Cursor& cursor_;
  std::vector<std::string> variables_;  // of the lambdas around
};

}  // namespace graphmock::odata
