// What the options within $select leave of a collection that is a property: "addresses($filter=
// ...;$orderby=...;$top=1)" (URL 5.1.3).
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>

#include "graph/call.h"
#include "graph/source.h"

namespace graphmock::graph {

// For one request.
class SelectedItems {
 public:
  SelectedItems(const Call& call, const Context& context)
      : call_(call), source_(context, *call.model, call.me) {}

  const model::Model& model() const { return *call_.model; }
  // Whose properties are narrowed next: it is $it (URL 5.1.1.14.4), and lives as long as they do.
  void set_owner(const odata::Item& owner) { owner_ = owner; }

  // Leaves the items that the options ask for, in their order. The number of items that $filter
  // leaves where $count asks for it.
  std::optional<int64_t> narrow(boost::json::array& items, const model::TypeRef& type,
                                const odata::Query& options);

 private:
  const Call& call_;
  Source source_;
  odata::Item owner_;
};

}  // namespace graphmock::graph
