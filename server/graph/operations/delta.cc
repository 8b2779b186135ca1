// The first round of a change query: everything, and the link that a later round would begin with.
#include "base/json.h"
#include "graph/operations/built_in.h"
#include "graph/read.h"
#include "graph/resource.h"
#include "graph/shape.h"

namespace graphmock::graph {

std::optional<http::Response> first_delta(const OperationCall& operation) {
  bool is_there = false;
  operation.context.store.look([&](const store::LayerView& view) {
    is_there = locate(operation.call, operation.context, view, operation.owner).missing_key.empty();
  });
  if (!is_there) return std::nullopt;
  // Later rounds bring a $deltatoken, which service.cc refuses as not implemented.
  auto response = read(operation.call, operation.owner, operation.context);
  auto& body = response.body;
  const auto& call = operation.call;
  if (response.status == 200 && body.ends_with('}')) {
    body.pop_back();
    body += ",\"@odata.deltaLink\":";
    base::append_json_string(body, address_url(call) + "?$deltatoken=1");
    body += '}';
  }
  return response;
}

}  // namespace graphmock::graph
