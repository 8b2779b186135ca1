// What $expand shows inside of entities (URL 5.1.2): gathers the trees that answers are written
// from.
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "graph/call.h"
#include "graph/node.h"
#include "graph/source.h"

namespace graphmock::graph {

// For one answer: how much it expands in all is bounded.
class Expansion {
 public:
  Expansion(const Call& call, const Context& context, Source& source)
      : call_(call), context_(context), source_(source) {}

  // `declared` is the type that is addressed. Throws http::Error (400) for an expansion that is too
  // deep or leads to too many entities.
  Node node(store::EntityPtr entity, const odata::Query& query,
            const model::StructuredType& declared) {
    const auto addressed = entity;
    it_ = source_.item(addressed);
    return node(std::move(entity), query, declared, 0);
  }

 private:
  Node node(store::EntityPtr entity, const odata::Query& query,
            const model::StructuredType& declared, int depth);
  std::string computed(const store::EntityPtr& entity, const odata::Query& query,
                       const model::StructuredType& type);
  bool shows_unasked(const model::StructuredType* type);
  void expand(Node& node, const odata::ExpandItem& item, const model::StructuredType& type,
              int depth);
  std::shared_ptr<const Selection> selection_within(const odata::ExpandItem& item,
                                                    const model::NavigationProperty& navigation);
  Branch branch(const store::Entity& owner, const model::StructuredType& type,
                const model::NavigationProperty& navigation, const odata::ExpandItem& item,
                int depth);

  const Call& call_;
  const Context& context_;
  Source& source_;
  odata::Item it_;  // what is addressed, and so $it however deep it is asked for
  size_t expanded_ = 0;
  std::map<std::pair<std::shared_ptr<const odata::Query>, const model::NavigationProperty*>,
           std::shared_ptr<const Selection>>
      selections_;
  // Neighbours are mostly of one type.
  const model::StructuredType* last_type_ = nullptr;
  bool last_shows_ = false;
};

}  // namespace graphmock::graph
