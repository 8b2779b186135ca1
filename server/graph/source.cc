#include "graph/source.h"

#include "base/json.h"
#include "graph/node.h"
#include "graph/search.h"
#include "http/error.h"
#include "odata/path.h"
#include "store/locate.h"

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

odata::Source::Rooted Source::at_root(const std::string& segment) {
  if (const auto known = rooted_.find(segment); known != rooted_.end()) return known->second;
  const auto target = odata::resolve(model_, std::vector<std::string>{segment});
  if (!target.is_entities()) throw http::not_implemented("'$root/" + segment + "'");
  store::Location location;
  std::vector<store::EntityPtr> entities;
  context_.store.look([&](const store::LayerView& view) {
    location = store::locate(context_.models, view, target, me_);
    if (location.missing_key.empty()) {
      entities = store::entities_at(context_.models, view, location);
    }
  });
  constexpr size_t kMost = 10'000;
  if (entities.size() > kMost) {
    throw http::Error(400, "",
                      "'$root/" + segment + "' leads to more than " + std::to_string(kMost) +
                          " entities. Name one by its key, as in $root/" + segment + "('ID').");
  }
  Rooted rooted;
  rooted.is_collection = location.is_collection;
  for (auto& entity : entities) {
    rooted.items.push_back(item(entity));
    kept_.push_back(std::move(entity));
  }
  return rooted_.emplace(segment, std::move(rooted)).first->second;
}

bool Source::is_found(const odata::Search& search, const odata::Item& item) {
  if (!item.type) throw http::not_implemented("'$search' among items of no known type");
  const ItemSearch prepared(search, model_, *item.type);
  return prepared.finds(item.object ? base::to_json(*item.object) : std::string(item.text));
}

}  // namespace graphmock::graph
