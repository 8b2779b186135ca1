#include "graph/read.h"

#include "graph/advanced_query.h"
#include "graph/calendar_view.h"
#include "graph/etag.h"
#include "graph/list.h"
#include "graph/paging.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

struct Gathered {
  store::Location location;
  std::vector<store::EntityPtr> entities;
};

Gathered gather(const Call& call, const odata::Target& target, const Context& context) {
  Gathered gathered;
  context.store.look([&](const store::LayerView& view) {
    gathered.location = locate(call, context, view, target);
    if (!gathered.location.missing_key.empty()) return;
    gathered.entities = store::entities_at(context.models, view, gathered.location);
  });
  if (!gathered.location.missing_key.empty()) throw_not_found(gathered.location.missing_key);
  return gathered;
}

http::Response read_collection(const Call& call, const Context& context, Gathered gathered) {
  Source source(context, *call.model, call.me);
  const auto& type = *gathered.location.type;
  const auto selection = Selection::of(call.query, *call.model, type);
  auto page = page_of(call, context, source, type, std::move(gathered.entities), call.query);
  if (!may_count(call, type)) page.count.reset();
  std::string next;
  if (page.next_token) {
    const auto skipped = call.query.skip.value_or(0) + page.nodes.size();
    next = next_link(call, type, skipped, *page.next_token);
  }
  return collection_answer(call, context, gathered.location, page.nodes,
                           {selection.get(), page.count, next});
}

http::Response not_modified(const store::Entity& entity) {
  http::Response response;
  response.status = 304;
  response.set_header("ETag", etag_of(entity));
  return response;
}

}  // namespace

http::Response read(const Call& call, const odata::Target& target, const Context& context) {
  if (target.last().type) check_query(call.query, *call.model, *target.last().type);
  if (target.last().is_collection) check_advanced_query(call, *target.last().type);
  auto gathered = gather(call, target, context);
  if (!store::selection_of(target.last().name).empty()) keep_in_window(call, gathered.entities);
  if (gathered.location.is_collection) return read_collection(call, context, std::move(gathered));
  refuse_collection_options(call.query);
  auto& [location, entities] = gathered;
  if (entities.empty()) {
    if (!is_always_there(target)) throw_not_found(last_name(target));
    // A singleton is always there, if empty.
    auto empty = std::make_shared<store::Entity>();
    empty->address = location.address;
    empty->type = location.type->name;
    empty->text = "{}";
    entities.push_back(std::move(empty));
  }
  if (is_known_to_client(call.request, *entities[0])) return not_modified(*entities[0]);
  Source source(context, *call.model, call.me);
  const auto* own_type = call.model->structured_type(entities[0]->type);
  const auto selection =
      Selection::of(call.query, *call.model, own_type ? *own_type : *location.type);
  const auto node = expanded(call, context, source, std::move(entities[0]), call.query);
  return entity_answer(200, call, context, location, node, selection.get());
}

http::Response count(const Call& call, const Context& context) {
  const auto target = call.target->prefix(call.target->entity_steps());
  check_query(call.query, *call.model, *target.last().type);
  check_advanced_count(call, *target.last().type);
  auto gathered = gather(call, target, context);
  Source source(context, *call.model, call.me);
  http::Response response;
  response.set_header("Content-Type", "text/plain");
  response.body = std::to_string(count_of(call, context, source, *gathered.location.type,
                                          std::move(gathered.entities), call.query));
  return response;
}

}  // namespace graphmock::graph
