#include "graph/create.h"

#include "facts/type_facts.h"
#include "graph/body.h"
#include "graph/etag.h"
#include "graph/reference.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

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
  Transaction transaction(call, context);
  const bool is_trusting = !is_owner_known(call, context, transaction.view(), *call.target);
  make_owners(transaction, *call.target);
  const auto location = transaction.locate(*call.target);
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  return create_at(transaction, location, std::move(body), is_trusting);
}

http::Response create_single(const Call& call, const Context& context) {
  Transaction transaction(call, context);
  make_owners(transaction, *call.target);
  const auto found = find(call, context, transaction.view(), *call.target);
  if (found.entity || found.location.is_reference) {
    method_not_allowed(call, "GET, PATCH, PUT, DELETE");
  }
  return create_at(transaction, found.location, read_body(call.request));
}

http::Response create_at(Transaction& transaction, const store::Location& location,
                         json::object body, bool is_trusting) {
  const auto& call = transaction.call();
  const auto& context = transaction.context();
  const auto& alternate_key = call.target->last().alternate_key;
  for (const auto& [name, value] : alternate_key) body.emplace(name, value);
  store::Importer::MakeTarget make;
  if (is_trusting) {
    make = [&](const std::string& url) { return make_target(transaction, url); };
  }
  auto place = store::place_at(location, *call.target);
  // An alternate key says nothing of where the entity will be.
  if (!alternate_key.empty()) place.address.clear();
  const auto entity = transaction.create(place, body, std::move(make));

  auto one = location;
  one.is_collection = false;
  const auto node = node_like(context.models, *call.model, transaction.view(), entity, body);
  const auto* type = call.model->structured_type(entity->type);
  const int documented =
      call.request.method == "POST" ? facts::facts_of(type ? *type : *location.type).create : 0;
  auto response = commit_and_answer(transaction, [&] {
    return write_reply(documented == 0 ? 201 : documented, call, context, one, node);
  });
  if (call.target->last().is_collection) {
    response.set_header("Location", entity_url(call, node.entity->key()));
  }
  return response;
}

}  // namespace graphmock::graph
