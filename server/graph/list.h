// Pages of collections: what the query options leave of one, cut into pages and expanded (PRO
// 11.2.6).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/call.h"
#include "graph/collection.h"
#include "graph/node.h"

namespace graphmock::graph {

struct Page {
  std::vector<Node> nodes;
  std::optional<int64_t> count;  // of all pages together
  // What the next page begins behind; nothing when there is none.
  std::optional<std::string> next_token;
};

// `type` is that of the collection. Throws http::Error for an option that is wrong (400) or not
// implemented (501).
Page page_of(const Call& call, const Context& context, const model::StructuredType& type,
             const Collection& collection);

// The number of entities that $filter and $search leave.
int64_t count_of(const Call& call, const Context& context, const model::StructuredType& type,
                 const Collection& collection);

}  // namespace graphmock::graph
