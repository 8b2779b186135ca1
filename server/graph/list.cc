#include "graph/list.h"

#include "graph/advanced_query.h"
#include "graph/apply/applied.h"
#include "graph/calendar_view.h"
#include "graph/collection.h"
#include "graph/expansion.h"
#include "graph/matching.h"
#include "graph/paging.h"

namespace graphmock::graph {
namespace {

// A view of a calendar is chosen from its events by the call's window of time.
Collection collection_at(const Call& call, const Context& context, const odata::Target& target,
                         const store::Location& location) {
  Collection collection(context, location);
  if (store::selection_of(target.last().name).empty()) return collection;
  std::vector<store::EntityPtr> events;
  collection.for_each(0, [&](uint64_t, const store::EntityPtr& event) {
    events.push_back(event);
    return true;
  });
  keep_in_window(call, events);
  return {context, std::move(events)};
}

}  // namespace

Page page_of(const Call& call, const Context& context, const odata::Target& target,
             const store::Location& location) {
  const auto& query = call.query;
  const auto& type = *location.type;
  if (query.apply) {
    return applied_page(call, context, location, collection_at(call, context, target, location));
  }
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
  const auto collection = collection_at(call, context, target, location);
  if (call.query.apply) return applied_count(call, context, location, collection);
  Source source(context, *call.model, call.me);
  Matching matching(call, source, *location.type, call.query);
  matching.rows_of(collection, {nullptr, 0, 0, true});
  return matching.count();
}

}  // namespace graphmock::graph
