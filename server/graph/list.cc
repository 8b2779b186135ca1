#include "graph/list.h"

#include "graph/expansion.h"
#include "graph/matching.h"
#include "graph/paging.h"

namespace graphmock::graph {

Page page_of(const Call& call, const Context& context, const model::StructuredType& type,
             const Collection& collection) {
  const auto& query = call.query;
  std::optional<PageToken> after;
  if (query.skiptoken) {
    after = parse_page_token(*query.skiptoken, query.orderby.size(), *call.model);
  }
  const auto size = page_size(call, type, query);
  // @odata.count stands on the first page only.
  const bool counts = query.count.value_or(false) && !after;
  Source source(context, *call.model);
  Matching matching(call, source, type, query);
  auto rows = matching.rows_of(collection,
                               {after ? &*after : nullptr, query.skip.value_or(0), size, counts});
  Page page;
  if (counts) page.count = matching.count();
  const bool has_more = rows.size() > size;
  if (has_more) rows.pop_back();
  if (has_more && !rows.empty()) {
    page.next_token = to_text({rows.back().keys, rows.back().place});
  }
  Expansion expansion(call, context, source);
  for (auto& row : rows) page.nodes.push_back(expansion.node(std::move(row.entity), query));
  return page;
}

int64_t count_of(const Call& call, const Context& context, const model::StructuredType& type,
                 const Collection& collection) {
  Source source(context, *call.model);
  Matching matching(call, source, type, call.query);
  matching.rows_of(collection, {nullptr, 0, 0, true});
  return matching.count();
}

}  // namespace graphmock::graph
