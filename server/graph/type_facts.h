// What differs from type to type and no model says, in one table.
#pragma once

#include <string_view>

#include "model/model.h"

namespace graphmock::graph {

struct TypeFacts {
  std::string_view type;  // it and what derives from it
  int update_status;      // of a PATCH without a Prefer header: 200 with the entity or 204 without
};

// The row of the nearest ancestor; the general one when there is none.
const TypeFacts& facts_of(const model::StructuredType& type);

}  // namespace graphmock::graph
