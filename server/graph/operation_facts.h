// The success statuses of operations, of single properties and of references ($ref) that the
// documentation says and that differ from those of their kind. type_facts.h has those of entities.
#pragma once

#include <string_view>

#include "model/model.h"

namespace graphmock::graph {

// Each gives 0 where nothing but the general rule is documented, such as 200 with a result and 204
// without. What is said of a member of a type holds for the types that derive from it.
int documented_status(const model::Operation& operation);
int documented_status_of_property(const model::StructuredType& owner, std::string_view property,
                                  std::string_view method);
int documented_status_of_reference(const model::StructuredType& owner, std::string_view navigation,
                                   std::string_view method);

}  // namespace graphmock::graph
