#include "graph/read.h"

#include "graph/shape.h"
#include "store/locate.h"

namespace graphmock::graph {
std::string_view last_name(const odata::Target& target) {
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (step->kind == odata::StepKind::Key) return step->key;
    if (step->kind != odata::StepKind::Cast) return step->name;
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
  std::vector<store::EntityPtr> entities;
  context.store.look([&](const store::LayerView& view) {
    location = store::locate(context.models, view, target);
    if (location.missing_key.empty()) {
      entities = store::entities_at(context.models, view, location);
    }
  });
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  if (location.is_collection) return collection_answer(call, context, location, entities);
  if (!entities.empty()) return entity_answer(200, call, context, location, *entities[0]);
  // A singleton is always there, if empty.
  if (target.last().kind == odata::StepKind::Singleton) {
    return entity_answer(200, call, context, location,
                         store::Entity{location.address, location.type->name, "{}", 0});
  }
  throw_not_found(last_name(target));
}

}  // namespace graphmock::graph
