#include "graph/create.h"

#include "base/json.h"
#include "graph/body.h"
#include "graph/read.h"
#include "graph/shape.h"
#include "store/importer.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What the service fills in itself; a body that says it is believed, as fixtures are.
void stamp(json::object& body, const model::StructuredType& type, base::Instant now) {
  for (const std::string_view name : {"createdDateTime", "lastModifiedDateTime"}) {
    const auto* property = type.property(name);
    if (!property || property->type.primitive != model::Primitive::DateTimeOffset) continue;
    body.emplace(name, base::to_iso8601(now));
  }
}

const model::StructuredType& type_to_create(const Call& call, const store::Location& location,
                                            const json::object& body) {
  std::vector<model::Problem> problems;
  const auto* type = model::type_of(*call.model, *location.type, body, "", problems);
  if (!type) throw_problems(problems);
  if (type->is_abstract) {
    throw_problems({{"/@odata.type", "The type '" + std::string(type->name) +
                                         "' is abstract; '@odata.type' has to name one that "
                                         "derives from it."}});
  }
  return *type;
}

void refuse_conflict(const store::Store::Write& write, const store::Location& location,
                     const model::StructuredType& type, const json::object& body) {
  for (const auto name : type.key) {
    const auto key = body.find(name);
    if (key == body.end() || !key->value().is_string()) continue;
    const std::string_view text = key->value().get_string();
    if (write.find(store::entity_address(location.list, text))) {
      throw http::Error(409, "",
                        "Another object with the value '" + std::string(text) + "' for the key '" +
                            std::string(name) + "' already exists.");
    }
  }
}

}  // namespace

http::Response create(const Call& call, const Context& context) {
  auto body = read_body(call.request);
  format_of(call.request);  // refuses before anything is written
  store::Store::Write write(context.store);
  const auto location = store::locate(context.models, write.view(), *call.target);
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  if (location.is_reference) {
    throw http::not_implemented("POST to the references '" + std::string(call.target->last().name) +
                                "'");
  }
  const auto& type = type_to_create(call, location, body);
  refuse_conflict(write, location, type, body);
  stamp(body, type, call.now);

  std::vector<model::Problem> problems;
  store::Importer importer(context.models, context.enums, write, store::Importer::Existing::Refuse,
                           &context.ids);
  const auto address =
      importer.put_in_collection({location.list, {{call.model, location.type}}}, body,
                                 [&](std::string_view pointer, std::string message) {
                                   problems.push_back({std::string(pointer), std::move(message)});
                                 });
  importer.bind_references();
  if (!problems.empty()) throw_problems(problems);
  const auto entity = write.find(address);
  write.commit();

  auto one = location;
  one.is_collection = false;
  auto response = entity_answer(201, call, context, one, *entity);
  response.set_header("Location", entity_url(call, entity->key()));
  return response;
}

}  // namespace graphmock::graph
