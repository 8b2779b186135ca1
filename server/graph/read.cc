#include "graph/read.h"

#include "graph/advanced_query.h"
#include "graph/apply/applied.h"
#include "graph/collection.h"
#include "graph/etag.h"
#include "graph/expansion.h"
#include "graph/list.h"
#include "graph/query_check.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

http::Response read_collection(const Call& call, const odata::Target& target,
                               const Context& context, const store::Location& location,
                               const Selection* selection) {
  if (call.query.apply) {
    return applied_answer(call, context, location, collection_at(call, context, target, location));
  }
  const auto page = page_of(call, context, target, location);
  return collection_answer(call, context, location, page, selection);
}

http::Response not_modified(const store::Entity& entity) {
  http::Response response;
  response.status = 304;
  response.set_header("ETag", etag_of(entity));
  return response;
}

}  // namespace

http::Response read(const Call& call, const odata::Target& target, const Context& context) {
  std::shared_ptr<const Selection> selection;
  if (const auto* type = target.last().type) {
    // What $apply gives is selected from by itself.
    if (!call.query.apply) selection = selection_of(call.query, *call.model, *type);
    check_query(call.query, *call.model, *type);
  }
  if (target.last().is_collection && !call.query.apply) {
    check_advanced_query(call, *target.last().type);
  }
  auto [location, entity] = find_addressed(call, context, target);
  if (location.is_collection) {
    return read_collection(call, target, context, location, selection.get());
  }
  refuse_collection_options(call.query);
  if (!entity) {
    if (!is_always_there(target)) throw_not_found(last_name(target));
    // A singleton is always there, if empty.
    auto empty = std::make_shared<store::Entity>();
    empty->address = location.address;
    empty->type = location.type->name;
    empty->text = "{}";
    entity = std::move(empty);
  }
  if (is_known_to_client(call.request, *entity)) return not_modified(*entity);
  Source source(context, *call.model, call.me);
  const auto node = Expansion(call, context, source).node(std::move(entity), call.query);
  return entity_answer(200, call, context, location, node, selection.get());
}

http::Response count(const Call& call, const Context& context) {
  const auto target = call.target->prefix(call.target->entity_steps());
  if (!call.query.apply) selection_of(call.query, *call.model, *target.last().type);
  check_query(call.query, *call.model, *target.last().type);
  if (!call.query.apply) check_advanced_count(call, *target.last().type);
  const auto location = find_addressed(call, context, target).location;
  const auto count =
      call.query.apply
          ? applied_count(call, context, location, collection_at(call, context, target, location))
          : count_of(call, context, target, location);
  return plain_text(std::to_string(count));
}

}  // namespace graphmock::graph
