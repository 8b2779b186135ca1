#include "graph/source.h"

#include "base/json.h"
#include "graph/node.h"

namespace graphmock::graph {

odata::Item Source::item(const store::EntityPtr& entity) {
  auto& parsed = parsed_[entity.get()];
  if (!parsed) {
    parsed = std::make_unique<Parsed>(Parsed{entity, base::parse_json(entity->text)});
  }
  return {&parsed->value.get_object(), model_.structured_type(entity->type), entity.get()};
}

std::vector<odata::Item> Source::related(const odata::Item& owner,
                                         const model::NavigationProperty& navigation) {
  const auto* entity = static_cast<const store::Entity*>(owner.entity);
  if (!entity || !owner.type) return {};
  std::vector<store::EntityPtr> entities;
  context_.store.look([&](const store::LayerView& view) {
    entities = entities_behind(context_.models, view, *entity, *owner.type, navigation);
  });
  std::vector<odata::Item> items;
  for (const auto& one : entities) items.push_back(item(one));
  return items;
}

}  // namespace graphmock::graph
