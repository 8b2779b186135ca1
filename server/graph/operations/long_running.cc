// Operations that go on after their answer: 202, and the Location of an entity that says how far
// they have come. Here they have come to their end.
#include "base/json.h"
#include "base/text.h"
#include "graph/new_id.h"
#include "graph/operations/built_in.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// The part of the owner's path that has a collection "operations" of what the operation returns;
// nothing when no part has.
std::optional<odata::Target> operations_of(const OperationCall& operation) {
  const auto* wanted = operation.operation.returns->structured;
  for (size_t count = operation.owner.steps.size(); count > 0; --count) {
    auto target = operation.owner.prefix(count);
    const auto* type = target.last().type;
    if (!type || target.last().is_collection) continue;
    const auto* navigation = type->navigation("operations");
    if (!navigation || !navigation->is_contained || !wanted->derives_from(*navigation->type)) {
      continue;
    }
    odata::Step step;
    step.kind = odata::StepKind::Navigation;
    step.name = navigation->name;
    step.navigation = navigation;
    step.type = navigation->type;
    step.is_collection = true;
    target.steps.push_back(std::move(step));
    return target;
  }
  return std::nullopt;
}

std::string path_of(const odata::Target& target) {
  std::string path;
  for (const auto& step : target.steps) {
    path += '/' + base::percent_encode(step.name.empty() ? step.key : std::string(step.name));
  }
  return path;
}

// The member of the enumeration that says that all is done.
json::value done(const model::EnumType& type) {
  for (const std::string_view name : {"Completed", "succeeded", "success"}) {
    if (const auto* member = type.member(name)) return json::string(member->name);
  }
  return nullptr;
}

}  // namespace

std::optional<http::Response> start_long_running(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& declared = operation.operation;
  const auto target = operations_of(operation);
  if (!target) return std::nullopt;
  const auto& type = *declared.returns->structured;
  Transaction transaction(call, context);
  make_owners(transaction, *target);
  const auto location = transaction.locate(*target);
  json::object body;
  const auto id = new_id(type, body, context.ids, call.now, transaction.view(), location.address);
  body["id"] = id;
  const auto* status = type.property("status");
  if (status && status->type.enumeration) body["status"] = done(*status->type.enumeration);
  const auto entity = transaction.make(store::entity_address(location.address, id),
                                       location.address, type, std::move(body));
  auto one = location;
  one.is_collection = false;
  auto response = commit_and_answer(transaction, [&] {
    return entity_answer(status_of(declared), call, context, one, {entity, {}});
  });
  const auto url = call.service_root + path_of(*target) + "/" + base::percent_encode(id);
  response.set_header("Location", url);
  response.set_header("Operation-Location", url);
  return response;
}

}  // namespace graphmock::graph
