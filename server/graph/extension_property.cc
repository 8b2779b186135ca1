#include "graph/extension_property.h"

#include "graph/error_payload.h"

namespace graphmock::graph {

bool may_have(const model::Model& model, const model::StructuredType& type, std::string_view name) {
  const auto family = facts::family_of(&type);
  const bool is_directory = family == facts::Family::Directory;
  if (!is_directory && family != facts::Family::Outlook) return true;
  if (is_directory && name.find('_') != std::string_view::npos) return true;
  bool is_declared = false;
  model.for_each_structured_type([&](const model::StructuredType& other) {
    is_declared |= other.derives_from(type.name) &&
                   (other.property_ignoring_case(name) || other.navigation_ignoring_case(name));
  });
  return is_declared;
}

}  // namespace graphmock::graph
