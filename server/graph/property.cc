#include "graph/property.h"

#include "base/json.h"
#include "facts/type_facts.h"
#include "graph/body.h"
#include "graph/change.h"
#include "graph/etag.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using odata::StepKind;

// The address taken apart: the entity, and the properties on the way from it.
struct Address {
  odata::Target owner;
  std::vector<const model::Property*> path;
  bool is_raw = false;    // $value
  bool is_count = false;  // $count

  const model::Property& property() const { return *path.back(); }
};

Address address_of(const odata::Target& target) {
  Address address{target.prefix(target.entity_steps()), {}};
  for (size_t i = address.owner.steps.size(); i < target.steps.size(); ++i) {
    const auto& step = target.steps[i];
    if (step.property) address.path.push_back(step.property);
    address.is_raw = step.kind == StepKind::Value;
    address.is_count = step.kind == StepKind::Count;
  }
  return address;
}

// Null where nothing is stored.
const json::value* value_at(const json::object& entity,
                            const std::vector<const model::Property*>& path) {
  const auto* object = &entity;
  const json::value* value = nullptr;
  for (const auto* property : path) {
    value = object ? object->if_contains(property->name) : nullptr;
    object = value ? value->if_object() : nullptr;
  }
  return value;
}

http::Response answer_value(const Call& call, const Context& context, const Address& address,
                            const json::object& entity) {
  const auto& type = address.property().type;
  const auto* value = value_at(entity, address.path);
  const bool is_null = !value || value->is_null();
  if (address.is_count) {
    const auto* items = is_null ? nullptr : value->if_array();
    return plain_text(std::to_string(items ? items->size() : 0));
  }
  if (is_null) {
    if (type.is_collection) return value_answer(call, context, type, json::array());
    return no_content();
  }
  if (!address.is_raw) return value_answer(call, context, type, *value);
  if (type.structured) {
    throw http::Error(400, "",
                      "'" + std::string(address.property().name) +
                          "' is a complex value and has no raw one: leave out '/$value'.");
  }
  if (base::is_string(*value)) return plain_text(base::text_of(value));
  return plain_text(base::to_json(*value));
}

json::value raw_value(const Call& call, const model::Property& property) {
  const std::string body(call.request.body);
  const auto primitive = property.type.primitive;
  const bool is_bare = !property.type.enumeration &&
                       (primitive == model::Primitive::Boolean || model::is_number(primitive));
  return is_bare ? parse_body(body, base::JsonSyntax::Strict) : json::value(json::string(body));
}

// The value that the request's body gives the property.
json::value value_in_body(const Call& call, const Address& address) {
  if (address.is_raw) return raw_value(call, address.property());
  auto body = read_body(call.request);
  const auto& type = address.property().type;
  const auto* value = body.if_contains("value");
  const bool is_wrapped =
      !type.structured || type.is_collection || (value && !type.structured->property("value"));
  if (!is_wrapped) return body;
  if (!value) {
    throw http::Error(
        400, "",
        "The value of '" + std::string(address.property().name) + "' is sent as {\"value\": ...}.");
  }
  return *value;
}

// {"a": {"b": value}} for the path a/b: what a PATCH of the entity would say.
json::object as_change(const Address& address, json::value value) {
  for (auto property = address.path.rbegin(); property != address.path.rend(); ++property) {
    json::object object;
    object[(*property)->name] = std::move(value);
    value = std::move(object);
  }
  return std::move(value.get_object());
}

http::Response write_value(const Call& call, const Context& context, const Address& address) {
  const auto method = call.request.method;
  const auto& property = address.property();
  json::value value;
  if (method != "DELETE") value = value_in_body(call, address);
  Transaction transaction(call, context);
  auto found = find(call, context, transaction.view(), address.owner);
  if (!found.entity && !is_always_there(address.owner)) throw_not_found(last_name(address.owner));
  check_write_conditions(call.request, found.entity.get());
  Change change(transaction, std::move(found));
  if (method == "POST") {
    const auto* old = value_at(change.properties(), address.path);
    json::array items = old && old->is_array() ? old->get_array() : json::array();
    items.push_back(std::move(value));
    value = std::move(items);
  }
  if (method == "PUT") change.clear(address.path);
  change.merge_in(as_change(address, std::move(value)));

  const auto documented =
      facts::documented_status(change.facts().property_statuses, property.name, method);
  int status = documented != 0 ? documented : method == "POST" ? 201 : 200;
  if (method == "DELETE" || address.is_raw || prefers(call.request, "return=minimal")) status = 204;
  if (method == "DELETE") transaction.store_anyway();
  auto response = commit_and_answer(transaction, [&] {
    if (status != 200 && status != 201) return no_content();
    return answer_value(call, context, address, change.properties());
  });
  if (response.status == 200) response.status = status;
  response.set_header("ETag", etag_of(*change.entity()));
  return response;
}

}  // namespace

http::Response answer_property(const Call& call, const Context& context) {
  const auto address = address_of(*call.target);
  const auto method = call.request.method;
  const auto& type = address.property().type;
  if (method == "GET") {
    Found found;
    context.store.look(
        [&](const store::LayerView& view) { found = find(call, context, view, address.owner); });
    if (!found.entity && !is_always_there(address.owner)) throw_not_found(last_name(address.owner));
    auto response = answer_value(
        call, context, address,
        found.entity ? base::parse_json(found.entity->text).get_object() : json::object());
    if (found.entity) response.set_header("ETag", etag_of(*found.entity));
    return response;
  }
  const bool is_writable = !address.is_count;
  const bool takes_items = is_writable && type.is_collection && !address.is_raw;
  if (is_writable &&
      (method == "PUT" || method == "DELETE" || (method == "PATCH" && !address.is_raw) ||
       (method == "POST" && takes_items))) {
    return write_value(call, context, address);
  }
  method_not_allowed(call, address.is_count ? "GET"
                           : address.is_raw ? "GET, PUT, DELETE"
                           : takes_items    ? "GET, POST, PUT, PATCH, DELETE"
                                            : "GET, PUT, PATCH, DELETE");
}

}  // namespace graphmock::graph
