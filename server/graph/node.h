// An entity together with those that its answer shows inside of it: a tree, gathered from the
// store before anything is written.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/selection.h"
#include "model/models.h"
#include "odata/query.h"
#include "store/locate.h"

namespace graphmock::graph {

struct Node;

struct Branch {
  const model::NavigationProperty* navigation;
  std::vector<Node> nodes;  // one at most where the navigation is single-valued
  std::shared_ptr<const Selection> selection;
  std::optional<int64_t> count;  // where $count asks for it
  bool is_reference = false;     // "@odata.id" alone
  bool is_count = false;         // `count` alone
};

struct Node {
  store::EntityPtr entity;  // null for what $apply makes, which is no entity of the store
  std::vector<Branch> branches;
  std::string computed = {};  // a JSON object of what a query adds; empty for nothing
};

// What of a collection is answered at once.
struct Page {
  std::vector<Node> nodes;
  std::optional<int64_t> count;  // of all pages together, where it is asked for
  std::string next_link;         // empty: it is the last page
  std::string properties = {};   // that all have, where $apply says so and no selection does
};

// Where a navigation of the entity leads.
std::vector<store::EntityPtr> entities_behind(const model::Models& models,
                                              const store::LayerView& view,
                                              const store::Entity& owner,
                                              const model::StructuredType& type,
                                              const model::NavigationProperty& navigation);

// With what the service shows of the entity's type unasked (facts: expanded).
Node node_of(const model::Models& models, const model::Model& model, const store::LayerView& view,
             store::EntityPtr entity);

// With every navigation property that `body` has, as deep as it has them: what a POST answers
// (PRO 11.4.2.2).
Node node_like(const model::Models& models, const model::Model& model, const store::LayerView& view,
               store::EntityPtr entity, const boost::json::object& body);

}  // namespace graphmock::graph
