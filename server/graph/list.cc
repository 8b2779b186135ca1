#include "graph/list.h"

#include "graph/advanced_query.h"
#include "graph/collection.h"
#include "graph/expansion.h"
#include "graph/matching.h"
#include "graph/paging.h"

namespace graphmock::graph {
Page page_of(const Call& call, const Context& context, const odata::Target& target,
             const store::Location& location) {
  const auto& query = call.query;
  const auto& type = *location.type;
  std::optional<PageToken> after;
  if (query.skiptoken) {
    after = parse_page_token(*query.skiptoken, query.orderby.size(), *call.model);
  }
  const auto size = page_size(call, type, query);
  // @odata.count stands on the first page only.
  const bool counts = query.count.value_or(false) && !after && may_count(call, type);
  Source source(context, *call.model, call.me);
  Matching matching(call, source, type, query);
  auto rows = matching.rows_of(collection_at(call, context, target, location),
                               {after ? &*after : nullptr, query.skip.value_or(0), size, counts});
  Page page;
  if (counts) page.count = matching.count();
  const bool has_more = rows.size() > size;
  if (has_more) rows.pop_back();
  if (has_more && !rows.empty()) {
    page.next_link = next_link(call, type, query.skip.value_or(0) + rows.size(),
                               to_text({rows.back().keys, rows.back().place}));
  }
  Expansion expansion(call, context, source);
  for (auto& row : rows) page.nodes.push_back(expansion.node(std::move(row.entity), query));
  return page;
}

int64_t count_of(const Call& call, const Context& context, const odata::Target& target,
                 const store::Location& location) {
  Source source(context, *call.model, call.me);
  Matching matching(call, source, *location.type, call.query);
  matching.rows_of(collection_at(call, context, target, location), {nullptr, 0, 0, true});
  return matching.count();
}

}  // namespace graphmock::graph
