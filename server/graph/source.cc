#include "graph/source.h"

#include "graph/node.h"

namespace graphmock::graph {

odata::Item Source::item(const store::EntityPtr& entity) {
  if (entity->type.data() != last_type_name_.data()) {
    last_type_name_ = entity->type;
    last_type_ = model_.structured_type(entity->type);
  }
  return {nullptr, last_type_, entity.get(), entity->text};
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
  for (auto& one : entities) {
    items.push_back(item(one));
    related_.push_back(std::move(one));
  }
  return items;
}

}  // namespace graphmock::graph
