#include "graph/extension_property.h"

namespace graphmock::graph {

bool may_have(const model::Model& model, const model::StructuredType& type, std::string_view name) {
  constexpr std::string_view kDirectoryObject = "microsoft.graph.directoryObject";
  if (!type.derives_from(kDirectoryObject) || name.find('_') != std::string_view::npos) return true;
  bool is_declared = false;
  model.for_each_structured_type([&](const model::StructuredType& other) {
    is_declared |= other.derives_from(type.name) &&
                   (other.property_ignoring_case(name) || other.navigation_ignoring_case(name));
  });
  return is_declared;
}

}  // namespace graphmock::graph
