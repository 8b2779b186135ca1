#include "graph/update.h"

#include "base/json.h"
#include "base/text.h"
#include "graph/body.h"
#include "graph/read.h"
#include "graph/shape.h"
#include "graph/type_facts.h"
#include "model/representation.h"
#include "store/locate.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

class Merge {
 public:
  explicit Merge(const model::Model& model) : model_(model) {}

  void members(json::object& entity, const json::object& changes,
               const model::StructuredType* type) const {
    for (const auto& change : changes) {
      const auto* property = type ? type->property(change.key()) : nullptr;
      auto& old = entity[change.key()];
      if (const auto* complex = change.value().if_object()) {
        if (!old.is_object()) old = json::object();
        value(old.get_object(), *complex, property ? property->type.structured : nullptr);
      } else if (change.value().is_null() && property && property->type.is_collection) {
        old = json::array();  // a collection is never null (JSON 7.1)
      } else {
        old = change.value();
      }
    }
  }

 private:
  // A complex value says what it is by "@odata.type", or is of its property's type.
  const model::StructuredType* type_of(const json::object& value,
                                       const model::StructuredType* declared) const {
    const auto annotated = model::annotated_type(value);
    return annotated.empty() ? declared : model_.structured_type(annotated);
  }

  void value(json::object& old, const json::object& change,
             const model::StructuredType* declared) const {
    auto type = type_of(old, declared);
    if (change.contains("@odata.type") && type_of(change, declared) != type) {
      type = type_of(change, declared);
      old.clear();
    }
    members(old, change, type);
  }

  const model::Model& model_;
};

// A key in the body may only repeat what the entity has (SEMANTICS: "ignored when equal").
void check_key(const model::StructuredType& type, const json::object& entity,
               const json::object& changes) {
  for (const auto name : type.key) {
    const auto change = changes.find(name);
    if (change == changes.end()) continue;
    const auto old = entity.find(change->key());
    const auto given = base::to_json(change->value());
    const auto kept = old == entity.end() ? std::string("null") : base::to_json(old->value());
    if (!base::equals_ignoring_case(given, kept)) {
      throw_problems({{"/" + std::string(name), "The key '" + std::string(name) + "' is " + kept +
                                                    " and cannot be changed to " + given + "."}});
    }
  }
}

void refuse_navigations(const model::Representation& body) {
  for (const auto& nested : body.nested) {
    throw_problems(
        {{nested.pointer, "The navigation property '" + std::string(nested.navigation->name) +
                              "' cannot be updated together with its owner of type '" +
                              std::string(body.type->name) + "'."}});
  }
  for (const auto& bind : body.binds) {
    throw http::not_implemented("'" + std::string(bind.navigation->name) +
                                "@odata.bind' in a PATCH");
  }
}

void touch(json::object& entity, const model::StructuredType& type, base::Instant now) {
  const auto* property = type.property("lastModifiedDateTime");
  if (property && property->type.primitive == model::Primitive::DateTimeOffset) {
    entity["lastModifiedDateTime"] = base::to_iso8601(now);
  }
}

bool wants_body(const Call& call, const model::StructuredType& type) {
  if (prefers(call.request, "return=representation")) return true;
  if (prefers(call.request, "return=minimal")) return false;
  return facts_of(type).update_status == 200;
}

http::Response answer(const Call& call, const Context& context, const store::Location& location,
                      const store::Entity& entity, const model::StructuredType& type) {
  http::Response response;
  if (wants_body(call, type)) {
    response = entity_answer(200, call, context, location, entity);
  } else {
    response.status = 204;
  }
  for (const std::string preference : {"return=representation", "return=minimal"}) {
    if (!prefers(call.request, preference)) continue;
    response.set_header("Preference-Applied", preference);
    break;
  }
  return response;
}

}  // namespace

void merge(const model::Model& model, json::object& entity, const json::object& changes,
           const model::StructuredType& type) {
  Merge(model).members(entity, changes, &type);
}

http::Response update(const Call& call, const Context& context) {
  const auto body = read_body(call.request);
  format_of(call.request);  // refuses before anything is written
  store::Store::Write write(context.store);
  const auto location = store::locate(context.models, write.view(), *call.target);
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  auto entity = write.find(location.address);
  const bool is_new = !entity && call.target->last().kind == odata::StepKind::Singleton;
  if (!is_new && (!entity || !store::is_a(context.models, entity->type, *location.type))) {
    throw_not_found(last_name(*call.target));
  }
  // A type that this version lacks is seen as what the address declares.
  const auto* own_type = entity ? call.model->structured_type(entity->type) : nullptr;
  const auto& type = own_type ? *own_type : *location.type;

  const auto changes = model::read_representation(*call.model, type, body, context.enums);
  if (!changes.problems.empty()) throw_problems(changes.problems);
  refuse_navigations(changes);
  auto merged = entity ? base::parse_json(entity->text).get_object() : json::object();
  check_key(type, merged, changes.properties);
  const auto before = merged;
  merge(*call.model, merged, changes.properties, *changes.type);
  if (!(merged == before && entity)) {
    touch(merged, *changes.type, call.now);
    const auto& stored_type =
        own_type || !entity ? *changes.type : *context.models.structured_type(entity->type);
    auto updated = store::make_entity(context.models, location.address, stored_type, merged);
    if (is_new) {
      write.create(updated, location.list);
    } else {
      write.replace(updated);
    }
    write.commit();
    entity = updated;
  }
  return answer(call, context, location, *entity, *changes.type);
}

}  // namespace graphmock::graph
