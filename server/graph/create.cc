#include "graph/create.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "graph/body.h"
#include "graph/etag.h"
#include "graph/reference.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/stamp.h"
#include "graph/type_facts.h"
#include "graph/unique.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

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

// What the model requires is a text that it has no default for. Dates, numbers and members of
// enumerations that it does not let be null are the service's to fill in.
bool is_required_by_model(const model::Property& property) {
  return !property.is_nullable && !property.has_default && !property.is_computed &&
         !property.type.is_collection && property.type.is(model::Primitive::String);
}

void check_required(const model::StructuredType& type, const json::object& body,
                    std::vector<model::Problem>& problems) {
  const auto facts = facts_of(type);
  const auto require = [&](std::string_view name) {
    const auto* value = body.if_contains(name);
    if (value && !value->is_null()) return;
    problems.push_back({base::pointer_child("", name), "A value is required for property '" +
                                                           std::string(name) + "' of resource '" +
                                                           std::string(type.name) + "'."});
  };
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    for (const auto& property : ancestor->properties) {
      if (type.is_key(property.name) || !is_required_by_model(property)) continue;
      if (!lists(facts.service_made, property.name)) require(property.name);
    }
  }
  const auto has = [&](std::string_view name) {
    return body.contains(name) || body.contains(std::string(name) + "@odata.bind");
  };
  const auto unless = base::split(facts.required_unless, ' ');
  const bool is_excused = std::any_of(unless.begin(), unless.end(), has);
  for (const auto name : base::split(is_excused ? "" : facts.required, ' ')) {
    const bool is_member = type.property(name) || type.navigation(name);
    if (is_member && !has(name)) require(name);
  }
}

// All that is wrong with the body, what is missing last.
void check_body(const Call& call, const Context& context, const store::Location& location,
                const model::StructuredType& type, const json::object& body) {
  auto problems =
      model::read_representation(*call.model, *location.type, body, context.enums).problems;
  check_required(type, body, problems);
  if (!problems.empty()) throw_problems(problems);
}

// The folder that it is created in, or else the one where the service puts it.
void fill_folder(const store::Store::Write& write, const store::Location& location,
                 const model::StructuredType& type, json::object& body) {
  const auto property = store::folder_property(type);
  if (property.empty() || body.contains(property)) return;
  const bool is_in_folder = !location.home.list.empty();
  auto folder = is_in_folder
                    ? store::key_of_address(location.list.substr(0, location.list.rfind('/')))
                    : store::default_folder(write.view(), type, location.list);
  if (!folder.empty()) body[property] = std::move(folder);
}

void refuse_conflict(const store::Store::Write& write, const store::Location& location,
                     const model::StructuredType& type, const json::object& body) {
  for (const auto name : type.key) {
    const auto key = body.find(name);
    if (key == body.end() || !key->value().is_string()) continue;
    const std::string_view text = key->value().get_string();
    if (write.find(store::entity_address(location.home_list(), text))) {
      throw http::Error(409, "",
                        "Another object with the value '" + std::string(text) + "' for the key '" +
                            std::string(name) + "' already exists.");
    }
  }
}

// {"@odata.id": URL} and nothing else is no new entity but a reference to one (JSON 14), with or
// without "/$ref" in the address.
bool is_reference(const json::object& body) {
  return body.size() == 1 && (body.contains("@odata.id") || body.contains("@id"));
}

}  // namespace

http::Response create(const Call& call, const Context& context) {
  auto body = read_body(call.request);
  if (is_reference(body) && call.target->last().kind == odata::StepKind::Navigation) {
    return add_reference(call, context, *call.target);
  }
  store::Store::Write write(context.store);
  const bool is_trusting = !is_owner_known(call, context, write.view(), *call.target);
  make_owners(call, context, write, *call.target);
  const auto location = locate(call, context, write.view(), *call.target);
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  return create_at(call, context, write, location, std::move(body), is_trusting);
}

http::Response create_single(const Call& call, const Context& context) {
  store::Store::Write write(context.store);
  make_owners(call, context, write, *call.target);
  const auto found = find(call, context, write.view(), *call.target);
  if (found.entity || found.location.is_reference) {
    method_not_allowed(call, "GET, PATCH, PUT, DELETE");
  }
  return create_at(call, context, write, found.location, read_body(call.request));
}

http::Response create_at(const Call& call, const Context& context, store::Store::Write& write,
                         const store::Location& location, json::object body, bool is_trusting) {
  const auto& type = type_to_create(call, location, body);
  for (const auto& [name, value] : call.target->last().alternate_key) body.emplace(name, value);
  refuse_conflict(write, location, type, body);
  check_body(call, context, location, type, body);
  check_unique(write, location, type, body, {});
  fill_defaults(body, type);
  fill_folder(write, location, type, body);
  stamp_created(body, type, call.now);
  stamp_tags(body, type, write);

  Problems problems;
  store::Importer::MakeTarget make;
  if (is_trusting) {
    make = [&](const std::string& url) { return make_target(call, context, write, url); };
  }
  auto importer = strict_importer(context, call.now, write, std::move(make));
  auto place = store::place_at(location, *call.target);
  // An alternate key says nothing of where the entity will be.
  if (!call.target->last().alternate_key.empty()) place.address.clear();
  const auto address = importer.put(place, body, problems.report());
  problems.throw_if_any();
  importer.bind_references();
  problems.throw_if_any();

  auto one = location;
  one.is_collection = false;
  const auto node = node_like(context.models, *call.model, write.view(), write.find(address), body);
  const int documented = call.request.method == "POST" ? facts_of(type).create : 0;
  auto response = commit_and_answer(write, [&] {
    return write_reply(documented == 0 ? 201 : documented, call, context, one, node);
  });
  if (call.target->last().is_collection) {
    response.set_header("Location", entity_url(call, node.entity->key()));
  }
  return response;
}

}  // namespace graphmock::graph
