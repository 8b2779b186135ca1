#include "graph/projection.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"
#include "base/work_budget.h"
#include "model/conform.h"
#include "store/entity.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

bool is_control_information(std::string_view member) {
  const auto at = member.find('@');
  return at != std::string_view::npos && member.substr(at).starts_with("@odata.");
}

// "#Int64", "#Collection(microsoft.graph.recipient)"; empty where the JSON value tells the type by
// itself, or an object of it does (JSON 4.5.3).
std::string type_to_say(const model::TypeRef& type) {
  using model::Primitive;
  if (!type.is_collection) {
    const bool is_told = type.structured || type.is(Primitive::String) ||
                         type.is(Primitive::Boolean) || type.is(Primitive::Double) ||
                         type.is(Primitive::Int32) || type.is(Primitive::Untyped);
    if (is_told) return {};
  }
  auto name = type.name();
  if (const auto at = name.find("Edm."); at != std::string::npos) name.erase(at, 4);
  return "#" + name;
}

}  // namespace

bool Projection::is_left_out(std::string_view type_name, std::string_view member) const {
  if (format_.metadata == MetadataLevel::None && is_control_information(member)) return true;
  return store::is_hidden(models_, here_, type_name, member);
}

void Projection::properties(json::object& value, std::string_view type_name) const {
  const auto* type = here_.structured_type(type_name);
  const auto is_left_out = [&](const auto& member) {
    base::charge(base::work::kEntity);
    return this->is_left_out(type_name, member.key());
  };
  // Into a new object: each member taken out in place would move all that follow it.
  if (std::any_of(value.begin(), value.end(), is_left_out)) {
    json::object kept(value.storage());
    for (auto& member : value) {
      if (!is_left_out(member)) kept.emplace(member.key(), std::move(member.value()));
    }
    value = std::move(kept);
  }
  for (auto& member : value) {
    if (const auto* property = type ? type->property(member.key()) : nullptr) {
      property_value(member.value(), property->type);
    }
  }
  if (format_.metadata == MetadataLevel::Full) annotate(value, type);
}

void Projection::property_value(json::value& value, const model::TypeRef& type) const {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) property_value(item, type);
  } else if (auto* nested = value.if_object()) {
    if (type.structured) complex_value(*nested, *type.structured);
  } else if (format_.numbers_as_strings && base::is_number(value) && !type.structured &&
             (type.primitive == model::Primitive::Int64 ||
              type.primitive == model::Primitive::Decimal)) {
    value = json::string(base::number_text(value));
  }
}

void Projection::complex_value(json::object& value, const model::StructuredType& declared) const {
  const auto annotated = model::annotated_type(value);
  // The annotation may move while members are erased.
  const std::string type_name(annotated.empty() ? declared.name : annotated);
  properties(value, type_name);
  if (format_.metadata != MetadataLevel::Full || value.contains("@odata.type")) return;
  json::object typed;
  typed["@odata.type"] = "#" + type_name;
  for (auto& member : value) typed.emplace(member.key(), std::move(member.value()));
  value = std::move(typed);
}

void Projection::annotate(json::object& value, const model::StructuredType* type) const {
  if (!type) return;
  base::charge(value.size() * base::work::kEntity);
  json::object typed;
  for (auto& member : value) {
    const std::string_view name = member.key();
    const auto* property = type->property(name);
    const auto said = std::string(name) + "@odata.type";
    if (property && !member.value().is_null() && !value.contains(said)) {
      if (auto text = type_to_say(property->type); !text.empty()) typed[said] = std::move(text);
    }
    typed.emplace(name, std::move(member.value()));
  }
  value = std::move(typed);
}

}  // namespace graphmock::graph
