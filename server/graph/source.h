// The store as expressions see it: entities parsed, and what their navigations lead to.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "graph/call.h"
#include "odata/eval.h"

namespace graphmock::graph {

// For one request. Keeps what it has parsed, so that items stay good until forget() is called:
// whoever goes through many entities calls it after each.
class Source : public odata::Source {
 public:
  Source(const Context& context, const model::Model& model) : context_(context), model_(model) {}

  odata::Item item(const store::EntityPtr& entity);
  void forget() { parsed_.clear(); }
  std::vector<odata::Item> related(const odata::Item& owner,
                                   const model::NavigationProperty& navigation) override;

 private:
  struct Parsed {
    store::EntityPtr entity;
    boost::json::value value;
  };

  const Context& context_;
  const model::Model& model_;
  std::unordered_map<const store::Entity*, std::unique_ptr<Parsed>> parsed_;
};

}  // namespace graphmock::graph
