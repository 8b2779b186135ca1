#include "graph/computation.h"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/json_members.h"
#include "base/work_budget.h"
#include "graph/property_path.h"
#include "graph/value_json.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "", std::move(message));
}

[[noreturn]] void refuse_entity(std::string_view name) {
  refuse("'" + std::string(name) +
         "' would be an entity, and a computed property is a primitive or complex value.");
}

// What a dynamic property or a type derived from the declared one has is not known before.
void refuse_own(std::string_view name, const odata::Item& item) {
  if (!item.type) return;
  refuse_declared(name, *item.type);
  if (item.type->is_open && base::member_text(item.text, name)) {
    refuse("'" + std::string(name) +
           "' is the name of a dynamic property: a computed one needs another name.");
  }
}

}  // namespace

odata::Value lasting(const odata::Value& value, std::string_view name,
                     std::vector<std::shared_ptr<const void>>& kept) {
  if (const auto* list = value.list()) {
    base::charge(list->size() * base::work::kEntity);
    auto values = std::make_shared<odata::Values>();
    for (const auto& one : *list) values->push_back(lasting(one, name, kept));
    return {std::shared_ptr<const odata::Values>(std::move(values))};
  }
  if (value.object_literal()) {
    const auto object = std::make_shared<const base::json::object>(json_of(value).get_object());
    kept.push_back(object);
    return {odata::Item{object.get()}};
  }
  const auto* item = value.get<odata::Item>();
  if (!item) return value;
  if (item->entity || (item->type && item->type->is_entity)) refuse_entity(name);
  const auto object = std::make_shared<const base::json::object>(object_of(*item));
  kept.push_back(object);
  return {odata::Item{object.get(), item->type, nullptr}};
}

void refuse_declared(std::string_view name, const model::StructuredType& type) {
  const bool is_known = type.property_ignoring_case(name) || type.navigation_ignoring_case(name);
  if (!is_known) return;
  refuse("'" + std::string(name) + "' is the name of a property of type '" +
         std::string(type.name) + "' already: a computed one needs another name.");
}

const model::StructuredType& model_type(const model::StructuredType& type) {
  const auto* declared = &type;
  while (declared->base && declared->base->name == declared->name) declared = declared->base;
  return *declared;
}

Computation::Computation(const std::vector<odata::ComputeItem>& items, const model::Model& model,
                         const model::StructuredType& type, const odata::CheckScope* scope)
    : declared_(type) {
  if (items.empty()) return;
  extended_.name = type.name;
  extended_.base = &type;
  extended_.is_entity = type.is_entity;
  extended_.is_open = type.is_open;
  extended_.key = type.key;
  for (const auto& item : items) {
    if (scope) odata::check_expression(*item.expression, model, extended_, *scope);
    refuse_declared(item.name, extended_);
    const auto path = property_path(item.expression, extended_, model);
    if (path && path->leads_to_entities()) refuse_entity(item.name);
    // What is a collection for the sake of the way to it, is one of its own.
    auto value_type = path ? path->type : model::TypeRef{};
    if (path) value_type.is_collection = path->is_collection;
    items_.push_back({&item, value_type});
    model::Property property;
    property.name = item.name;
    property.type = value_type;
    insert_by_name(extended_.properties, property);
  }
}

void Computation::add(odata::Evaluator& evaluator, odata::Item item, const odata::Item* it,
                      Computed& to) const {
  for (const auto& [compute, type] : items_) {
    refuse_own(compute->name, item);
    item.computed = &to.properties;
    auto value = lasting(evaluator.value(*compute->expression, item, it), compute->name, to.kept);
    to.properties.push_back({compute->name, std::move(value), type});
  }
}

}  // namespace graphmock::graph
