// The store as expressions see it: entities as texts whose members are read when they are asked
// for, and what their navigations lead to.
#pragma once

#include <vector>

#include "graph/call.h"
#include "odata/eval.h"

namespace graphmock::graph {

// For one request. What it gives stays good until forget() is called: whoever goes through many
// entities calls it after each.
class Source : public odata::Source {
 public:
  Source(const Context& context, const model::Model& model) : context_(context), model_(model) {}

  // Good as long as the entity is.
  odata::Item item(const store::EntityPtr& entity);
  void forget() override { related_.clear(); }

  std::vector<odata::Item> related(const odata::Item& owner,
                                   const model::NavigationProperty& navigation) override;

 private:
  const Context& context_;
  const model::Model& model_;
  std::vector<store::EntityPtr> related_;
  // Neighbours are mostly of one type.
  std::string_view last_type_name_;
  const model::StructuredType* last_type_ = nullptr;
};

}  // namespace graphmock::graph
