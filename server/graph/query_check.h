// Whether a query can be asked of what is addressed, before anything is looked for.
#pragma once

#include "model/model.h"
#include "odata/query.h"

namespace graphmock::graph {

// Whether the names in the options are those of the type; those in $select itself are checked by
// Selection::of(). Throws http::Error: 400 that names the property and the type, 501 for an option
// that is not implemented. `it` is the type that is addressed, where that is another: within
// $expand; null: the same.
void check_query(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type, const model::StructuredType* it = nullptr);

// Throws http::Error (400) for an option that makes no sense where no collection is addressed.
void refuse_collection_options(const odata::Query& query);

// For writes, which answer with one entity. Throws http::Error for what it cannot show.
void refuse_read_options(const odata::Query& query);

}  // namespace graphmock::graph
