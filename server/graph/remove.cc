#include "graph/remove.h"

#include "base/json.h"
#include "facts/type_facts.h"
#include "graph/etag.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/transaction.h"

namespace graphmock::graph {
namespace {

// A deleted directory object waits among the deleted items for thirty days, or to be restored.
void recycle(Transaction& transaction, const store::Entity& entity) {
  auto properties = base::parse_json(entity.text).get_object();
  properties["deletedDateTime"] = base::to_iso8601(transaction.call().now);
  const auto address = store::entity_address(kDeletedItems, entity.key());
  // An earlier one of the same id.
  if (transaction.find(address)) transaction.remove(address);
  transaction.move(entity, address, std::string(kDeletedItems), std::move(properties));
}

}  // namespace

http::Response remove(const Call& call, const Context& context) {
  const auto& target = *call.target;
  Transaction transaction(call, context);
  const auto [location, entity] = find(call, context, transaction.view(), target);
  if (!entity) throw_not_found(last_name(target));
  check_write_conditions(call.request, entity.get());
  const auto* type = call.model->structured_type(entity->type);
  const auto& facts = facts::facts_of(type ? *type : *location.type);
  if (facts.is_recycled && location.address.starts_with(store::kDirectoryPool)) {
    recycle(transaction, *entity);
  } else {
    transaction.remove(location.address);
  }
  transaction.store_anyway();
  transaction.commit();
  return no_content(facts.remove == 0 ? 204 : facts.remove);
}

}  // namespace graphmock::graph
