#include "graph/unique.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "graph/error_payload.h"
#include "graph/type_facts.h"

namespace graphmock::graph {

void check_unique(const store::Store::Write& write, const store::Location& location,
                  const model::StructuredType& type, const boost::json::object& properties,
                  std::string_view own) {
  const auto unique = facts_of(type).unique;
  if (unique.empty()) return;
  const bool is_in_pool = type.derives_from("microsoft.graph.directoryObject");
  const std::string_view list = is_in_pool ? store::kDirectoryPool : location.home_list();
  for (const auto name : base::split(unique, ' ')) {
    const auto* value = properties.if_contains(name);
    if (!value || !base::is_string(*value)) continue;
    const auto text = base::text_of(value);
    const auto other = store::find_by_properties(
        write.view(), list, {{name, text}},
        [own](const store::Entity& entity) { return entity.address != own; });
    if (!other) continue;
    const auto message =
        "Another object with the same value for property " + std::string(name) + " already exists.";
    if (family_of(&type) == ErrorFamily::Directory) {
      throw http::Error(400, "", message, {{"ObjectConflict", std::string(name), message}});
    }
    throw http::Error(409, "", message, {{"Conflict", std::string(name), message}});
  }
}

}  // namespace graphmock::graph
