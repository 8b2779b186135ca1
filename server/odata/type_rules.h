// Which types go together in operators and functions (URL 5.1.1.1, 5.1.1.2), for the check of an
// expression before it is evaluated. It is as lenient as the evaluator: a string literal may stand
// for a value of another type, and what the model does not type goes with everything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/expr.h"
#include "odata/functions.h"

namespace graphmock::odata {

// What is known of a part of an expression before it is evaluated.
struct Known {
  model::TypeRef type;               // Edm.Untyped: nothing
  bool is_object = false;            // a complex value written down: it has no type
  const Literal* literal = nullptr;  // where it is one
  std::vector<Known> items;          // of a list that is written down

  static Known of(const model::TypeRef& type) { return {type, false, nullptr, {}}; }
  static Known of(model::Primitive primitive) {
    model::TypeRef type;
    type.primitive = primitive;
    return of(type);
  }
  // Of a literal, as OData types it: 1 is Edm.Int32.
  static Known of(const Literal& literal, const model::Model& model);

  Known item() const;  // of a collection
  std::string name() const;
};

bool is_unknown(const Known& known);
bool may_be_boolean(const Known& known);
bool may_be_collection(const Known& known);
// A value of a primitive type or an enumeration that can be ordered by.
bool may_be_ordered(const Known& known);

// What the operator gives. Throws http::Error (400) where the operands can never go together, with
// the words of the service and what to do.
Known result_of_binary(std::string_view name, const Known& a, const Known& b);
Known result_of_unary(std::string_view name, const Known& operand);
void check_in(const Known& left, const Known& right);
// Of as many arguments as the function takes.
Known result_of_call(const Function& function, const std::vector<Known>& arguments);

}  // namespace graphmock::odata
