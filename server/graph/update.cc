#include "graph/update.h"

#include "graph/body.h"
#include "graph/change.h"
#include "graph/create.h"
#include "graph/etag.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

// What a PATCH or a PUT makes where nothing is.
http::Response upsert(Transaction& transaction, const Found& found,
                      const boost::json::object& body) {
  check_creation(transaction.call().request);
  return create_at(transaction, found.location, body);
}

http::Response finish(int documented, Transaction& transaction, const Change& change) {
  const auto& call = transaction.call();
  const auto& context = transaction.context();
  const auto node = node_of(context.models, *call.model, transaction.view(), change.entity());
  return commit_and_answer(transaction, [&] {
    return write_reply(documented == 0 ? 200 : documented, call, context, change.location(), node);
  });
}

}  // namespace

http::Response update(const Call& call, const Context& context) {
  const auto body = read_body(call.request);
  const auto& target = *call.target;
  Transaction transaction(call, context);
  auto found = find(call, context, transaction.view(), target);
  if (!found.entity) {
    const bool is_upsert = facts::facts_of(*found.location.type).patch_creates ||
                           prefers(call.request, "create-if-missing");
    if (is_upsert) return upsert(transaction, found, body);
    if (!is_always_there(target)) throw_not_found(last_name(target));
  }
  check_write_conditions(call.request, found.entity.get());
  Change change(transaction, std::move(found));
  change.merge_in(body);
  return finish(change.facts().update, transaction, change);
}

http::Response replace(const Call& call, const Context& context) {
  const auto body = read_body(call.request);
  const auto& target = *call.target;
  Transaction transaction(call, context);
  make_owners(transaction, target);
  auto found = find(call, context, transaction.view(), target);
  if (!found.entity && !is_always_there(target)) {
    if (!facts::facts_of(*found.location.type).put_creates) throw_not_found(last_name(target));
    return upsert(transaction, found, body);
  }
  check_write_conditions(call.request, found.entity.get());
  Change change(transaction, std::move(found));
  change.replace_by(body);
  return finish(change.facts().replace, transaction, change);
}

}  // namespace graphmock::graph
