// Whether a query can be asked of what is addressed, before anything is looked for.
#pragma once

#include <memory>

#include "graph/selection.h"
#include "model/model.h"
#include "odata/query.h"

namespace graphmock::graph {

// Whether the names in the options are those of the type; those in $select itself are checked by
// selection_of(). Throws http::Error: 400 that names the property and the type, 501 for an option
// that is not implemented. `it` is the type that is addressed, where that is another: within
// $expand; null: the same.
void check_query(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type, const model::StructuredType* it = nullptr);

// What the answer shows by $select, which may name what $compute and $apply make; null as in
// Selection::of().
std::shared_ptr<const Selection> selection_of(const odata::Query& query, const model::Model& model,
                                              const model::StructuredType& type);

// Throws http::Error (400) for an option that makes no sense where no collection is addressed.
void refuse_collection_options(const odata::Query& query);

// For writes, which answer with one entity. Throws http::Error for what it cannot show.
void refuse_read_options(const odata::Query& query);

}  // namespace graphmock::graph
