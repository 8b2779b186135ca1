#include "graph/remove.h"

#include "base/json.h"
#include "graph/etag.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/type_facts.h"

namespace graphmock::graph {
namespace {

// A deleted directory object waits among the deleted items for thirty days, or to be restored.
void recycle(const Context& context, store::Store::Write& write, const store::Entity& entity,
             base::Instant now) {
  auto properties = base::parse_json(entity.text).get_object();
  properties["deletedDateTime"] = base::to_iso8601(now);
  const auto& type = *context.models.structured_type(entity.type);
  const auto address = store::entity_address(kDeletedItems, entity.key());
  if (write.find(address)) write.remove(address);  // an earlier one of the same id
  write.move(entity.address, store::make_entity(context.models, address, type, properties),
             kDeletedItems);
}

}  // namespace

http::Response remove(const Call& call, const Context& context) {
  const auto& target = *call.target;
  store::Store::Write write(context.store);
  const auto [location, entity] = find(call, context, write.view(), target);
  if (!entity) throw_not_found(last_name(target));
  check_write_conditions(call.request, entity.get());
  const auto* type = call.model->structured_type(entity->type);
  const auto facts = facts_of(type ? *type : *location.type);
  if (facts.is_recycled && location.address.starts_with(store::kDirectoryPool)) {
    recycle(context, write, *entity, call.now);
  } else {
    write.remove(location.address);
  }
  write.store_anyway();
  write.commit();
  return no_content(facts.remove == 0 ? 204 : facts.remove);
}

}  // namespace graphmock::graph
