// An entity together with those that its answer shows inside of it: a tree, gathered while the
// store is looked at and written when it is not any more.
#pragma once

#include <boost/json/fwd.hpp>
#include <vector>

#include "model/models.h"
#include "store/locate.h"

namespace graphmock::graph {

struct Node;

struct Branch {
  const model::NavigationProperty* navigation;
  std::vector<Node> nodes;  // one at most where the navigation is single-valued
};

struct Node {
  store::EntityPtr entity;
  std::vector<Branch> branches;
};

// With what the service shows of the entity's type unasked (type_facts.h: shown).
Node node_of(const model::Models& models, const model::Model& model, const store::LayerView& view,
             store::EntityPtr entity);

// With every navigation property that `body` has, as deep as it has them: what a POST answers
// (PRO 11.4.2.2).
Node node_like(const model::Models& models, const model::Model& model, const store::LayerView& view,
               store::EntityPtr entity, const boost::json::object& body);

}  // namespace graphmock::graph
