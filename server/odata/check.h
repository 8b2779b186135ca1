// Checks an expression against the model before anything is evaluated, so that a wrong one is an
// error on an empty collection too: names, types of operands and arguments, and what is not
// implemented. A part that the model cannot type passes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/query.h"

namespace graphmock::odata {

struct CheckScope {
  const std::map<std::string, ExprPtr>* aliases = nullptr;
  // What $it is, where that is another than $this: within $expand. Null: the same.
  const model::StructuredType* it = nullptr;
  // Whether an open type may have a dynamic property of that name; null: it may have any.
  bool (*may_have)(const model::Model& model, const model::StructuredType& type,
                   std::string_view name) = nullptr;
};

// Whatever the expression gives. Throws as the next two do.
void check_expression(const Expr& expression, const model::Model& model,
                      const model::StructuredType& type, const CheckScope& scope = {});
// Whether the expression may stand as the $filter, or these as the $orderby, of a collection of
// `type`. Throws http::Error: 400 that names the property and the type, or the operator and both
// types; 501 for what is not implemented.
void check_filter(const Expr& filter, const model::Model& model, const model::StructuredType& type,
                  const CheckScope& scope = {});
void check_orderby(const std::vector<OrderItem>& items, const model::Model& model,
                   const model::StructuredType& type, const CheckScope& scope = {});

}  // namespace graphmock::odata
