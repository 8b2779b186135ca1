#include "graph/read.h"

#include "graph/advanced_query.h"
#include "graph/apply/applied.h"
#include "graph/calendar_view.h"
#include "graph/computation.h"
#include "graph/etag.h"
#include "graph/expansion.h"
#include "graph/list.h"
#include "graph/paging.h"
#include "graph/query_check.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "odata/apply.h"

namespace graphmock::graph {
namespace {

struct Found {
  store::Location location;
  store::EntityPtr entity;  // null where a collection is addressed, and where nothing is
};

Found find_addressed(const Call& call, const odata::Target& target, const Context& context) {
  Found found;
  context.store.look([&](const store::LayerView& view) {
    found.location = locate(call, context, view, target);
    if (!found.location.missing_key.empty() || found.location.is_collection) return;
    auto entities = store::entities_at(context.models, view, found.location);
    if (!entities.empty()) found.entity = std::move(entities[0]);
  });
  if (!found.location.missing_key.empty()) throw_not_found(found.location.missing_key);
  return found;
}

// A view of a calendar is chosen from its events by the call's window of time.
Collection collection_at(const Call& call, const odata::Target& target, const Context& context,
                         const store::Location& location) {
  Collection collection(context, location);
  if (store::selection_of(target.last().name).empty()) return collection;
  std::vector<store::EntityPtr> events;
  collection.for_each(0, [&](uint64_t, const store::EntityPtr& event) {
    events.push_back(event);
    return true;
  });
  keep_in_window(call, events);
  return {context, std::move(events)};
}

http::Response read_collection(const Call& call, const odata::Target& target,
                               const Context& context, const store::Location& location) {
  const auto& type = *location.type;
  if (call.query.apply) {
    return applied_answer(call, context, location, collection_at(call, target, context, location));
  }
  const Computation computation(call.query.compute, *call.model, type);
  const auto selection = Selection::of(call.query, *call.model, computation.type());
  auto page = page_of(call, context, type, collection_at(call, target, context, location));
  if (!may_count(call, type)) page.count.reset();
  std::string next;
  if (page.next_token) {
    const auto skipped = call.query.skip.value_or(0) + page.nodes.size();
    next = next_link(call, type, skipped, *page.next_token);
  }
  return collection_answer(call, context, location, page.nodes,
                           {selection.get(), page.count, next});
}

// With $apply only where it does more than $filter can.
Call folded(const Call& call, const odata::Target& target) {
  auto copy = call;
  if (target.last().is_collection) odata::fold_filters(copy.query);
  return copy;
}

http::Response not_modified(const store::Entity& entity) {
  http::Response response;
  response.status = 304;
  response.set_header("ETag", etag_of(entity));
  return response;
}

}  // namespace

http::Response read(const Call& sent, const odata::Target& target, const Context& context) {
  if (target.last().type) check_query(sent.query, *sent.model, *target.last().type);
  const auto call = folded(sent, target);
  if (target.last().is_collection && !call.query.apply) {
    check_advanced_query(call, *target.last().type);
  }
  auto [location, entity] = find_addressed(call, target, context);
  if (location.is_collection) return read_collection(call, target, context, location);
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
  Source source(context, *call.model);
  const auto* own_type = call.model->structured_type(entity->type);
  const Computation computation(call.query.compute, *call.model,
                                own_type ? *own_type : *location.type);
  const auto selection = Selection::of(call.query, *call.model, computation.type());
  const auto node = Expansion(call, context, source).node(std::move(entity), call.query);
  return entity_answer(200, call, context, location, node, selection.get());
}

http::Response count(const Call& sent, const Context& context) {
  const auto target = sent.target->prefix(sent.target->entity_steps());
  check_query(sent.query, *sent.model, *target.last().type);
  const auto call = folded(sent, target);
  if (!call.query.apply) check_advanced_count(call, *target.last().type);
  const auto location = find_addressed(call, target, context).location;
  http::Response response;
  response.set_header("Content-Type", "text/plain");
  const auto collection = collection_at(call, target, context, location);
  response.body =
      std::to_string(call.query.apply ? applied_count(call, context, location, collection)
                                      : count_of(call, context, *location.type, collection));
  return response;
}

}  // namespace graphmock::graph
