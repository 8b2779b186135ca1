// Evaluates expressions over entities (URL 5.1.1), null rules included.
#pragma once

#include <boost/json/value.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/model.h"
#include "odata/expr.h"
#include "odata/pattern.h"
#include "odata/query.h"
#include "odata/rules.h"
#include "odata/value.h"

namespace graphmock::odata {

// Gives the entities that expressions lead to. What it gives lives as long as it does.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::vector<Item> related(const Item& owner,
                                    const model::NavigationProperty& navigation) = 0;
  // What it gave need not live any longer.
  virtual void forget() {}

  struct Rooted {
    std::vector<Item> items;
    bool is_collection = false;
  };
  // What "$root/" and this segment address: "users", "users('ID')", "organization". 501 unless
  // overridden.
  virtual Rooted at_root(const std::string& segment);
  // Whether $search finds the entity. 501 unless overridden.
  virtual bool is_found(const Search& search, const Item& item);
};

// For one thread and as long as the expressions that it is given. What it does is charged to the
// request's budget (base/work_budget), as lambdas within lambdas would take for ever.
class Evaluator {
 public:
  Evaluator(const model::Model& model, const std::map<std::string, ExprPtr>& aliases,
            Source& source, const Rules& rules)
      : model_(model), aliases_(aliases), source_(source), rules_(rules) {}

  // For `instance`, the one that is looked at: names without a prefix are its members, and $this is
  // it. $it is the instance of the resource that the request's path addresses, which is another one
  // within $expand (URL 5.1.1.14.4); null where it is the same.
  // Good until the next call. Throws http::Error: 400 where the operands' types do not go together,
  // 501 for what is not implemented.
  Value value(const Expr& expression, const Item& instance, const Item* it = nullptr);
  // Whether it is true: neither false nor null.
  bool matches(const Expr& expression, const Item& instance, const Item* it = nullptr);

 private:
  Value evaluate(const Expr& expression);
  Value value_of_kind(const Expr& expression);
  Value literal(const Expr& expression);
  Value list(const Expr& expression);
  Value object(const Expr& expression);
  Value alias(const Expr& expression);
  Value unary(const Expr& expression);
  Value binary(const Expr& expression);
  Value logical(const Expr& expression, bool is_and);
  Value has(const Value& left, const Value& right) const;
  Value in(const Expr& expression);
  const std::unordered_set<std::string>* texts_of(const Expr& list);
  Value call(const Expr& expression);
  Value choose(const Expr& expression);

  // Paths (eval_paths.cc).
  Value variable(const Expr& expression) const;
  const Value* lambda_variable(std::string_view name) const;
  Value operand_or_this(const Expr& expression);
  Value member(const Expr& expression);
  Value member_of(const Item& item, std::string_view name);
  std::optional<Value> member_of(const Item& item, std::string_view name,
                                 const model::TypeRef& type);
  Value key(const Expr& expression);
  bool has_key(const Item& item, const std::vector<std::pair<std::string_view, Value>>& key);
  Value root(const std::string& segment);
  Value cast(const Expr& expression);
  const Values& list_of_path(const Expr& path, const Value& value, std::string_view asker) const;
  // Whether the predicate is true of one of a collection, which $this is meanwhile.
  bool holds(const Expr& predicate, const Value& one);
  Value filtered(const Expr& expression);
  Value count(const Expr& expression);
  bool is_found(const Expr& search, const Value& one);
  Value lambda(const Expr& expression);

  const model::Model& model_;
  const std::map<std::string, ExprPtr>& aliases_;
  Source& source_;
  const Rules rules_;
  Value this_;
  Value it_;
  std::vector<std::pair<std::string_view, Value>> variables_;
  std::unordered_map<const Expr*, Value> constants_;
  std::unordered_map<const Expr*, SearchPtr> searches_;
  std::unordered_map<const Expr*, std::optional<std::unordered_set<std::string>>> texts_;
  Patterns patterns_;
  std::deque<boost::json::value> parsed_;  // parts of items' texts
  int alias_depth_ = 0;
};

}  // namespace graphmock::odata
