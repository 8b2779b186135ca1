// Evaluates expressions over entities (URL 5.1.1), null rules included.
#pragma once

#include <boost/json/value.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/model.h"
#include "odata/expr.h"
#include "odata/value.h"

namespace graphmock::odata {

// Gives the entities that a navigation leads to. What it gives lives as long as it does.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::vector<Item> related(const Item& owner,
                                    const model::NavigationProperty& navigation) = 0;
  // What it gave need not live any longer.
  virtual void forget() {}

  // Of all evaluators that use it: each value that was asked for is one.
  uint64_t steps = 0;
};

struct Rules {
  bool ignore_case = false;  // of strings, as among directory objects
  base::Instant now;
};

// For one thread and as long as the expressions that it is given.
class Evaluator {
 public:
  Evaluator(const model::Model& model, const std::map<std::string, ExprPtr>& aliases,
            Source& source, const Rules& rules)
      : model_(model), aliases_(aliases), source_(source), rules_(rules) {}

  // Good until the next call. Throws http::Error: 400 where the operands' types do not go together,
  // 501 for a function that is not implemented.
  Value value(const Expr& expression, const Item& it);
  // Whether it is true: neither false nor null.
  bool matches(const Expr& expression, const Item& it);

 private:
  Value evaluate(const Expr& expression);
  Value literal(const Expr& expression);
  Value variable(const Expr& expression) const;
  Value alias(const Expr& expression);
  Value operand_or_it(const Expr& expression);
  Value member(const Expr& expression);
  Value member_of(const Item& item, std::string_view name);
  std::optional<Value> member_of(const Item& item, std::string_view name,
                                 const model::TypeRef& type);
  Value cast(const Expr& expression);
  Value count(const Expr& expression);
  Value lambda(const Expr& expression);
  Value unary(const Expr& expression);
  Value binary(const Expr& expression);
  Value logical(const Expr& expression, bool is_and);
  Value in(const Expr& expression);
  Value call(const Expr& expression);
  Value is_of(const Expr& expression);
  Value choose(const Expr& expression);
  bool is_instance(const Value& value, std::string_view type_name) const;

  const model::Model& model_;
  const std::map<std::string, ExprPtr>& aliases_;
  Source& source_;
  const Rules rules_;
  Item it_;
  std::vector<std::pair<std::string_view, Value>> variables_;
  std::map<const Expr*, Value> literals_;
  std::deque<boost::json::value> parsed_;  // parts of items' texts
  int alias_depth_ = 0;
};

// Whether every name in the expression is one of `type`'s. Throws http::Error (400) that names the
// property and the type; a part that the model cannot type passes.
void check_names(const Expr& expression, const model::Model& model,
                 const model::StructuredType& type);

}  // namespace graphmock::odata
