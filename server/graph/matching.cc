#include "graph/matching.h"

#include <algorithm>

#include "graph/error_payload.h"
#include "graph/ordering.h"

namespace graphmock::graph {

Matching::Matching(const Call& call, Source& source, const model::StructuredType& type,
                   const odata::Query& query, const odata::Item* it)
    : source_(source),
      query_(query),
      it_(it),
      equality_(query.filter ? equality_in(*query.filter, type) : std::nullopt),
      evaluator_(*call.model, query.aliases, source,
                 {facts::family_of(&type) == facts::Family::Directory, call.now}),
      computation_(query.compute, *call.model, type) {
  if (query.search) search_.emplace(*query.search, *call.model, type);
}

odata::Item Matching::item_of(const store::EntityPtr& entity) {
  auto item = source_.item(entity);
  if (!computation_.is_empty()) item.computed = &computed_.properties;
  return item;
}

bool Matching::matches(const store::EntityPtr& entity) {
  bool matches = true;
  if (!computation_.is_empty() && (query_.filter || !query_.orderby.empty())) {
    computed_ = {};
    computation_.add(evaluator_, source_.item(entity), it_, computed_);
  }
  if (query_.filter) matches = evaluator_.matches(*query_.filter, item_of(entity), it_);
  if (matches && search_) matches = search_->finds(entity->text);
  source_.forget();
  return matches;
}

std::vector<Matching::Row> Matching::rows_of(const Collection& collection, const Window& window) {
  return query_.orderby.empty() && !equality_ ? by_place(collection, window)
                                              : by_keys(collection, window);
}

std::vector<Matching::Row> Matching::by_place(const Collection& collection, const Window& window) {
  std::vector<Row> rows;
  const auto most = sum(window.size, 1);
  uint64_t to_skip = window.after ? 0 : window.skip;
  collection.for_each(window.after ? window.after->place + 1 : 0,
                      [&](uint64_t place, const store::EntityPtr& entity) {
                        if (!matches(entity)) return true;
                        ++count_;
                        if (to_skip > 0) {
                          --to_skip;
                        } else if (rows.size() < most) {
                          rows.push_back({{}, place, entity});
                        }
                        return window.counts_all || rows.size() < most;
                      });
  return rows;
}

std::vector<Matching::Row> Matching::by_keys(const Collection& collection, const Window& window) {
  const Precedes precedes(query_.orderby);
  const uint64_t skip = window.after ? 0 : window.skip;
  FirstRows<Row> first(precedes, sum(sum(skip, window.size), 1));
  const auto visit = [&](uint64_t place, const store::EntityPtr& entity) {
    if (!matches(entity)) return true;
    ++count_;
    Row row{order_keys(evaluator_, query_.orderby, item_of(entity), it_), place, entity};
    source_.forget();
    const bool is_behind = !window.after || precedes(*window.after, row);
    if (is_behind && first.takes(row)) first.put(std::move(row));
    return true;
  };
  if (equality_) {
    collection.for_each_candidate(equality_->property, equality_->value, visit);
  } else {
    collection.for_each(0, visit);
  }
  auto rows = first.in_order();
  rows.erase(rows.begin(),
             rows.begin() + static_cast<ptrdiff_t>(std::min(skip, uint64_t{rows.size()})));
  return rows;
}

}  // namespace graphmock::graph
