#include "graph/read.h"

#include "graph/shape.h"
#include "store/locate.h"

namespace graphmock::graph {
std::string_view last_name(const odata::Target& target) {
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (step->kind == odata::StepKind::kKey) return step->key;
    if (step->kind != odata::StepKind::kCast) return step->name;
  }
  return {};
}

void throw_not_found(std::string_view key) {
  throw http::Error(404, "",
                    "Resource '" + std::string(key) +
                        "' does not exist or one of its queried reference-property "
                        "objects are not present.");
}

http::Response read(const Call& call, const odata::Target& target, const Context& context) {
  store::Location location;
  store::EntityPtr entity;
  std::vector<store::EntityPtr> entities;
  context.store.look([&](const store::LayerView& view) {
    location = store::locate(context.models, view, target);
    if (!location.missing_key.empty()) return;
    if (!location.is_collection) {
      entity = view.find(location.address);
      return;
    }
    // Neighbours are mostly of one type, so that the last answer mostly holds.
    std::string_view last_type;
    bool is_wanted = false;
    view.for_each(location.list, [&](const store::EntityPtr& one) {
      if (one->type.data() != last_type.data()) {
        last_type = one->type;
        is_wanted = store::is_a(context.models, one->type, *location.type);
      }
      if (is_wanted) entities.push_back(one);
      return true;
    });
  });
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  if (location.is_collection) return collection_answer(call, context, location, entities);
  if (entity && store::is_a(context.models, entity->type, *location.type)) {
    return entity_answer(200, call, context, location, *entity);
  }
  // A singleton is always there, if empty.
  if (target.last().kind == odata::StepKind::kSingleton) {
    return entity_answer(200, call, context, location,
                         store::Entity{location.address, location.type->name, "{}", 0});
  }
  throw_not_found(last_name(target));
}

}  // namespace graphmock::graph
