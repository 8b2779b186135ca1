// The first round of a change query: everything, and the link that a later round would begin with.
#include "base/json.h"
#include "graph/operations/built_in.h"
#include "graph/read.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

// A drive's changes are asked for by a folder: it and all that lies below it.
http::Response read_with_descendants(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& owner = operation.owner;
  store::Location all;
  std::vector<Node> nodes;
  context.store.look([&](const store::LayerView& view) {
    all = locate(call, context, view, owner);
    auto entity = all.missing_key.empty() ? view.find(all.address) : nullptr;
    if (!entity) return;
    all.list = store::child_address(entity->address, "children");
    all.closure = "children";
    all.is_collection = true;
    nodes.push_back({std::move(entity), {}});
    for (auto& below : store::entities_at(context.models, view, all)) {
      nodes.push_back({std::move(below), {}});
    }
  });
  if (nodes.empty()) throw_not_found(last_name(owner));
  return collection_answer(call, context, all, {std::move(nodes), std::nullopt, ""});
}

// A collection whose owner is not there has no changes.
bool has_owner(const OperationCall& operation) {
  std::string missing;
  operation.context.store.look([&](const store::LayerView& view) {
    missing = locate(operation.call, operation.context, view, operation.owner).missing_key;
  });
  return missing.empty();
}

}  // namespace

std::optional<http::Response> first_delta(const OperationCall& operation) {
  // Later rounds bring a $deltatoken, which service.cc refuses as not implemented, or a token.
  if (operation.argument("token")) throw http::not_implemented("a token of 'delta'");
  const bool is_of_collection = operation.owner.last().is_collection;
  if (is_of_collection && !has_owner(operation)) return std::nullopt;
  auto response = is_of_collection ? read(operation.call, operation.owner, operation.context)
                                   : read_with_descendants(operation);
  auto& body = response.body;
  const auto& call = operation.call;
  const bool is_last_page = body.find("\"@odata.nextLink\":") == std::string::npos;
  if (response.status == 200 && is_last_page) {
    body.pop_back();
    body += ",\"@odata.deltaLink\":";
    base::append_json_string(body, address_url(call) + "?$deltatoken=1");
    body += '}';
  }
  return response;
}

}  // namespace graphmock::graph
