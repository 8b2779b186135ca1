// The store as expressions see it: entities parsed, and what their navigations lead to.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/call.h"
#include "odata/eval.h"

namespace graphmock::graph {

// For one request. Keeps what it has parsed, so that items stay good until forget() is called:
// whoever goes through many entities calls it after each.
class Source : public odata::Source {
 public:
  // `me` as in Call.
  Source(const Context& context, const model::Model& model, std::string_view me = {})
      : context_(context), model_(model), me_(me) {}

  odata::Item item(const store::EntityPtr& entity);
  void forget() { parsed_.clear(); }
  std::vector<odata::Item> related(const odata::Item& owner,
                                   const model::NavigationProperty& navigation) override;
  // These items stay good for as long as the source does.
  Rooted at_root(const std::string& segment) override;
  bool is_found(const odata::Search& search, const odata::Item& item) override;

 private:
  struct Parsed {
    store::EntityPtr entity;
    boost::json::value value;
  };

  const Context& context_;
  const model::Model& model_;
  const std::string_view me_;
  std::unordered_map<const store::Entity*, std::unique_ptr<Parsed>> parsed_;
  std::vector<std::unique_ptr<Parsed>> kept_;
  std::unordered_map<std::string, Rooted> rooted_;
};

}  // namespace graphmock::graph
