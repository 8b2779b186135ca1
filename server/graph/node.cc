#include "graph/node.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "facts/type_facts.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What is shown may show something itself, and that lead back.
constexpr int kDeepestShown = 2;

Node shown_node(const model::Models& models, const model::Model& model,
                const store::LayerView& view, store::EntityPtr entity, int depth) {
  Node node{std::move(entity), {}};
  const auto* type = depth > 0 ? model.structured_type(node.entity->type) : nullptr;
  if (!type) return node;
  for (const auto& name : facts::facts_of(*type).expanded) {
    const auto* navigation = type->navigation(name);
    if (!navigation) continue;
    Branch branch{navigation, {}, nullptr, std::nullopt};
    for (auto& one : entities_behind(models, view, *node.entity, *type, *navigation)) {
      branch.nodes.push_back(shown_node(models, model, view, std::move(one), depth - 1));
    }
    node.branches.push_back(std::move(branch));
  }
  return node;
}

}  // namespace

std::vector<store::EntityPtr> entities_behind(const model::Models& models,
                                              const store::LayerView& view,
                                              const store::Entity& owner,
                                              const model::StructuredType& type,
                                              const model::NavigationProperty& navigation) {
  store::Location location;
  location.list = store::child_address(owner.address, navigation.name);
  location.closure = store::closure_of(navigation.name);
  location.type = navigation.type;
  location.is_collection = true;
  const auto home = store::home_of(view, owner.address, type, navigation.name);
  if (home.is_same_key) {
    location.address = store::entity_address(home.list, owner.key());
    location.is_collection = false;
  }
  return store::entities_at(models, view, location);
}

Node node_of(const model::Models& models, const model::Model& model, const store::LayerView& view,
             store::EntityPtr entity) {
  return shown_node(models, model, view, std::move(entity), kDeepestShown);
}

Node node_like(const model::Models& models, const model::Model& model, const store::LayerView& view,
               store::EntityPtr entity, const json::object& body) {
  Node node{std::move(entity), {}};
  const auto* type = model.structured_type(node.entity->type);
  for (const auto& member : body) {
    const auto* navigation = type ? type->navigation(member.key()) : nullptr;
    if (!navigation) continue;
    const auto entities = entities_behind(models, view, *node.entity, *type, *navigation);
    Branch branch{navigation, {}, nullptr, std::nullopt};
    const auto* array = member.value().if_array();
    for (size_t i = 0; i < entities.size(); ++i) {
      const auto* given =
          array && i < array->size() ? (*array)[i].if_object() : member.value().if_object();
      static const json::object kNothing;
      branch.nodes.push_back(
          node_like(models, model, view, entities[i], given ? *given : kNothing));
    }
    node.branches.push_back(std::move(branch));
  }
  return node;
}

}  // namespace graphmock::graph
