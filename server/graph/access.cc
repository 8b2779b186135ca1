#include "graph/access.h"

#include "graph/resource.h"
#include "store/entity.h"

namespace graphmock::graph {
namespace {

bool is_guarded(const Context& context) {
  return context.gate && context.gate->is_token_required();
}

// /me, the singleton among the directory objects, is the user that the token stands for, who may be
// gone, and never another in his place; an application's stands for none.
void check_me(const Call& call, const Context& context) {
  const auto& start = call.target->steps.front();
  if (start.kind != odata::StepKind::Singleton) return;
  if (store::address_of_set(start.name, *start.type) != store::kDirectoryPool) return;
  if (call.me.empty()) {
    throw http::Error(400, "BadRequest",
                      "/" + std::string(start.name) +
                          " request is only valid with delegated authentication flow.");
  }
  bool is_there = false;
  context.store.look([&](const store::LayerView& view) {
    is_there = locate(call, context, view, call.target->prefix(1)).address ==
               store::entity_address(store::kDirectoryPool, call.me);
  });
  if (!is_there) throw_not_found(call.me);
}

}  // namespace

void check_token(const Call& call, const Context& context) {
  if (is_guarded(context)) context.gate->check_token(call.request, context.tenant, call.now);
}

void check_access(const Call& call, const Context& context) {
  if (!is_guarded(context)) return;
  check_me(call, context);
  context.gate->check_permissions(call.request, listed(context.gate->permissions(), call));
}

const auth::Listed* listed(const auth::Permissions& permissions, const Call& call) {
  const auto& target = *call.target;
  const auto* found = permissions.find(call.request.method, odata::plain_segments(target));
  const auto entity_steps = target.entity_steps();
  if (found || entity_steps == target.steps.size() || !target.steps[entity_steps].property) {
    return found;
  }
  // A property that is not listed is a part of what it is in, down to the entity.
  const auto method = call.request.method == "GET" ? "GET" : "PATCH";
  for (auto count = target.steps.size() - 1; count >= entity_steps && !found; --count) {
    found = permissions.find(method, odata::plain_segments(target.prefix(count)));
  }
  return found;
}

}  // namespace graphmock::graph
