// What becomes of a collection by the query options: filtered, searched, ordered, counted, cut into
// pages and expanded (URL 5.1, PRO 11.2.6).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/call.h"
#include "graph/node.h"
#include "graph/source.h"

namespace graphmock::graph {

struct Page {
  std::vector<Node> nodes;
  std::optional<int64_t> count;  // of all pages together
  // What the next page begins behind; nothing when there is none.
  std::optional<std::string> next_token;
};

// `type` is that of the collection. Throws http::Error for an option that is wrong (400) or not
// implemented (501).
Page page_of(const Call& call, const Context& context, Source& source,
             const model::StructuredType& type, std::vector<store::EntityPtr> entities,
             const odata::Query& query);

// The number of entities that $filter and $search leave.
int64_t count_of(const Call& call, const Context& context, Source& source,
                 const model::StructuredType& type, std::vector<store::EntityPtr> entities,
                 const odata::Query& query);

// An entity with what $expand asks for.
Node expanded(const Call& call, const Context& context, Source& source, store::EntityPtr entity,
              const odata::Query& query);

// Whether the names in the options are those of the type, before anything is looked for; those in
// $select itself are checked by Selection::of(). Throws http::Error (400) that names the property
// and the type.
void check_query(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type);

// Throws http::Error (400) for an option that makes no sense where no collection is addressed.
void refuse_collection_options(const odata::Query& query);
// Of a write $select alone shapes the answer: throws http::Error, 400 for options of collections,
// 501 for $expand.
void refuse_read_options(const odata::Query& query);

}  // namespace graphmock::graph
