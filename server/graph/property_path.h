// A path of properties in an expression, looked up in a type: "manager/address/city".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/expr.h"

namespace graphmock::graph {

struct PropertyPath {
  struct Segment {
    std::string_view name;                        // as the model spells it
    const model::StructuredType* type = nullptr;  // of a complex or navigation property
    bool is_navigation = false;
    bool is_declared = true;  // else a dynamic property of an open type
  };

  std::vector<Segment> segments;  // casts left out; at least one
  model::TypeRef type;            // of the last; Untyped where the model does not say
  bool is_collection = false;     // the last or one on the way is
  // The path up to its last navigation property and a cast behind it, null for none; and what
  // remains behind that, null for nothing.
  odata::ExprPtr to_entities, rest;

  bool leads_to_entities() const { return segments.back().is_navigation; }
};

// Nothing for an expression that is no path. Of names that the type does not have (check_names)
// nothing is known.
std::optional<PropertyPath> property_path(const odata::ExprPtr& expression,
                                          const model::StructuredType& type,
                                          const model::Model& model);

}  // namespace graphmock::graph
