// Which entities of a collection a query asks for, and in what order: $filter, $search, $orderby,
// $skip and the size of a page (URL 5.1).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/call.h"
#include "graph/collection.h"
#include "graph/computation.h"
#include "graph/equality.h"
#include "graph/page_token.h"
#include "graph/search.h"
#include "graph/source.h"
#include "odata/eval.h"

namespace graphmock::graph {

// For one pass over one collection. Keeps no more entities than the page and what $skip is to leave
// out of an order.
class Matching {
 public:
  struct Row {
    odata::Values keys;  // of $orderby
    uint64_t place;
    store::EntityPtr entity;
  };

  // `type` is the collection's. `it` is what $it means, where that is not the entity at hand:
  // within $expand; it may be null. All live as long as this does.
  Matching(const Call& call, Source& source, const model::StructuredType& type,
           const odata::Query& query, const odata::Item* it = nullptr);

  // In order, from the first behind `after` (null: the first of all but `skip`), at most `size` and
  // one more, which tells that there are more. Without `counts_all` it stops there if it can.
  // Throws http::Error as the evaluator does.
  struct Window {
    const PageToken* after = nullptr;
    uint64_t skip = 0;
    uint64_t size = UINT64_MAX;
    bool counts_all = false;
  };
  std::vector<Row> rows_of(const Collection& collection, const Window& window);
  // How many matched, with those that were skipped or are behind the last row.
  int64_t count() const { return count_; }

 private:
  odata::Item item_of(const store::EntityPtr& entity);
  bool matches(const store::EntityPtr& entity);
  std::vector<Row> by_place(const Collection& collection, const Window& window);
  std::vector<Row> by_keys(const Collection& collection, const Window& window);

  Source& source_;
  const odata::Query& query_;
  const odata::Item* const it_;
  const std::optional<Equality> equality_;  // that an index may answer
  std::optional<ItemSearch> search_;
  odata::Evaluator evaluator_;
  const Computation computation_;
  Computed computed_;  // of the entity that is looked at
  int64_t count_ = 0;
};

}  // namespace graphmock::graph
