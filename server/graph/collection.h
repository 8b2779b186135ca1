// The entities of a collection in their order, read from the store a bite at a time, so that a pass
// over a million holds nobody up. A pass that takes several bites sees what is written between
// them.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "graph/call.h"
#include "store/locate.h"

namespace graphmock::graph {

class Collection {
 public:
  // A place is the entity's own in the collection and grows along it.
  using Visit = std::function<bool(uint64_t place, const store::EntityPtr&)>;

  // What is stored at the location of a collection.
  Collection(const Context& context, store::Location location);
  // What has been gathered from elsewhere: the places are those in it.
  Collection(const Context& context, std::vector<store::EntityPtr> gathered)
      : context_(context), is_gathered_(true), gathered_(std::move(gathered)) {}

  // From a place on, until `visit` says false.
  void for_each(uint64_t from, const Visit& visit) const;
  // Every entity whose property is that string in any case, and others; in no order.
  void for_each_candidate(std::string_view property, std::string_view value,
                          const Visit& visit) const;

 private:
  const Context& context_;
  store::Location location_;
  bool is_gathered_ = false;
  std::vector<store::EntityPtr> gathered_;
};

// What `target` addresses, which is at the location.
Collection collection_at(const Call& call, const Context& context, const odata::Target& target,
                         const store::Location& location);

}  // namespace graphmock::graph
