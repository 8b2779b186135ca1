#include "graph/read.h"

#include "graph/etag.h"
#include "graph/node.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

struct Gathered {
  store::Location location;
  std::vector<Node> nodes;
};

Gathered gather(const Call& call, const odata::Target& target, const Context& context) {
  Gathered gathered;
  auto& [location, nodes] = gathered;
  context.store.look([&](const store::LayerView& view) {
    location = locate(call, context, view, target);
    if (!location.missing_key.empty()) return;
    auto entities = store::entities_at(context.models, view, location);
    nodes.reserve(entities.size());
    for (auto& entity : entities) {
      nodes.push_back(node_of(context.models, *call.model, view, std::move(entity)));
    }
  });
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  return gathered;
}

http::Response not_modified(const store::Entity& entity) {
  http::Response response;
  response.status = 304;
  response.set_header("ETag", etag_of(entity));
  return response;
}

}  // namespace

http::Response read(const Call& call, const odata::Target& target, const Context& context) {
  auto [location, nodes] = gather(call, target, context);
  if (location.is_collection) return collection_answer(call, context, location, nodes);
  if (nodes.empty()) {
    if (!is_always_there(target)) throw_not_found(last_name(target));
    // A singleton is always there, if empty.
    auto empty = std::make_shared<store::Entity>();
    empty->address = location.address;
    empty->type = location.type->name;
    empty->text = "{}";
    nodes.push_back({std::move(empty), {}});
  }
  if (is_known_to_client(call.request, *nodes[0].entity)) return not_modified(*nodes[0].entity);
  return entity_answer(200, call, context, location, nodes[0]);
}

http::Response count(const Call& call, const Context& context) {
  const auto gathered = gather(call, call.target->prefix(call.target->entity_steps()), context);
  http::Response response;
  response.set_header("Content-Type", "text/plain");
  response.body = std::to_string(gathered.nodes.size());
  return response;
}

}  // namespace graphmock::graph
