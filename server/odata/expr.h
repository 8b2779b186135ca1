// An expression of $filter, $orderby and their like (OData URL 5.1.1), as a tree. It is what the
// text says and no more: names are not looked up in a model here.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace graphmock::odata {

enum class LiteralKind {
  Null,
  Boolean,
  Integer,  // up to 64 bits; a larger one is a Decimal
  Decimal,
  Double,  // with an exponent, INF, -INF or NaN
  String,  // Literal::text has the quotes off and doubled ones single
  Guid,
  Date,
  DateTimeOffset,
  TimeOfDay,
  Duration,
  Binary,
  Enum,       // namespace.type'member,member'; `text` is all of it
  Geography,  // geography'...' or geometry'...'; `text` is all of it
};

struct Literal {
  LiteralKind kind = LiteralKind::Null;
  std::string text;  // as it stands, for a String without its quotes
};

enum class ExprKind {
  Literal,
  Variable,  // name: "$it", "$this", "$root" or a lambda's variable
  Alias,     // name: "@p"
  Member,    // name of a property or navigation property of operands[0]; without operands, of $it
  Cast,      // name: qualified type; of operands[0] or, without operands, of $it. The last argument
             // of cast() and isof() is one too, whose name need not be qualified
  Key,       // operands[0] is the collection, the others its key: values, or Named ones
  Named,     // name=operands[0], in a key and in the arguments of a function
  Count,     // operands[0]/$count; operands[1], if there, is its $filter. A $search comes last, as
             // a Named "$search" of a String
  Lambda,    // name "any" or "all" over operands[0]; `variable` and operands[1] absent in any()
  Call,    // a function by its name: operands are its arguments. One that is bound has operands[0]
           // as what it is bound to and `is_bound` set. Built-in ones have the standard's name in
           // its case; case() has conditions and values by turns; "a/$filter(b)" is a bound
           // "$filter" of a and b
  Unary,   // name "not" or "-"
  Binary,  // name: or and eq ne lt le gt ge has add sub mul div divby mod
  In,      // operands[0] in operands[1], which is a List or another expression
  List,    // (1,2) and JSON arrays
  Object,  // a JSON object: operands are Named
};

// Long chains of `and` and `or` are balanced, so that they do not reach it.
inline constexpr size_t kMaxDepth = 100;

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

struct Expr {
  ExprKind kind = ExprKind::Literal;
  std::string name;
  Literal literal;       // of a Literal
  std::string variable;  // of a Lambda
  bool is_bound = false;
  std::vector<ExprPtr> operands;
  size_t position = 0;  // where in the text it begins, in bytes
  size_t depth = 1;     // levels of this tree, at most kMaxDepth: recursion over it is safe
};

// Whether it is "$root", behind which a path begins anew.
inline bool is_root(const Expr& expression) {
  return expression.kind == ExprKind::Variable && expression.name == "$root";
}

// The same text for the same tree, in OData's own syntax: operators in lower case with one blank
// on either side, parentheses only where they are needed.
std::string to_string(const Expr& expression);

}  // namespace graphmock::odata
