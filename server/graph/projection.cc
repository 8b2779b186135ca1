#include "graph/projection.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "model/conform.h"

namespace graphmock::graph {

namespace json = base::json;

void Projection::object(json::object& value, std::string_view type_name) const {
  const auto annotated = model::annotated_type(value);
  const std::string type_kept(annotated.empty()
                                  ? type_name
                                  : annotated);  // the annotation may move while members are erased
  const auto* type = here_.structured_type(type_kept);
  for (auto member = value.begin(); member != value.end();) {
    const std::string_view name = member->key();
    if (store::is_hidden(models_, here_, type_kept, name)) {
      member = value.stable_erase(member);
      continue;
    }
    if (const auto* property = type ? type->property(name) : nullptr) {
      property_value(member->value(), property->type);
    }
    ++member;
  }
}

void Projection::property_value(json::value& value, const model::TypeRef& type) const {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) property_value(item, type);
  } else if (auto* nested = value.if_object()) {
    if (type.structured) object(*nested, type.structured->name);
  } else if (format_.numbers_as_strings && base::is_number(value) && !type.structured &&
             (type.primitive == model::Primitive::Int64 ||
              type.primitive == model::Primitive::Decimal)) {
    value = json::string(base::number_text(value));
  }
}

}  // namespace graphmock::graph
