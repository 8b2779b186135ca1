// The store as expressions see it: entities as texts whose members are read when they are asked
// for, and what their navigations lead to.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/call.h"
#include "odata/eval.h"

namespace graphmock::graph {

// For one request. What it gives stays good until forget() is called: whoever goes through many
// entities calls it after each.
class Source : public odata::Source {
 public:
  // `me` as in Call.
  Source(const Context& context, const model::Model& model, std::string_view me = {})
      : context_(context), model_(model), me_(me) {}

  // Good as long as the entity is.
  odata::Item item(const store::EntityPtr& entity);
  void forget() override { related_.clear(); }

  std::vector<odata::Item> related(const odata::Item& owner,
                                   const model::NavigationProperty& navigation) override;
  // These items stay good for as long as the source does.
  Rooted at_root(const std::string& segment) override;
  bool is_found(const odata::Search& search, const odata::Item& item) override;

 private:
  const Context& context_;
  const model::Model& model_;
  const std::string_view me_;
  std::vector<store::EntityPtr> related_;
  std::vector<store::EntityPtr> kept_;
  std::unordered_map<std::string, Rooted> rooted_;
  // Neighbours are mostly of one type.
  std::string_view last_type_name_;
  const model::StructuredType* last_type_ = nullptr;
};

}  // namespace graphmock::graph
