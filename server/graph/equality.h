// A filter that asks for one value of a property, so that an index may answer it.
#pragma once

#include <optional>
#include <string_view>

#include "model/model.h"
#include "odata/expr.h"

namespace graphmock::graph {

struct Equality {
  std::string_view property;  // of type Edm.String, as the model spells it
  std::string_view value;     // points into the filter
};

// Which the filter demands of every entity that it lets pass; nothing when it demands none.
std::optional<Equality> equality_in(const odata::Expr& filter, const model::StructuredType& type);

}  // namespace graphmock::graph
