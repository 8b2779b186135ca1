#include "graph/matching.h"

#include <algorithm>

#include "graph/equality.h"
#include "graph/error_payload.h"
#include "graph/ordering.h"

namespace graphmock::graph {
namespace {

uint64_t sum(uint64_t a, uint64_t b) {
  return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

}  // namespace

Matching::Matching(const Call& call, Source& source, const model::StructuredType& type,
                   const odata::Query& query, const odata::Item* it)
    : source_(source),
      type_(type),
      query_(query),
      it_(it),
      evaluator_(*call.model, query.aliases, source,
                 {family_of(&type) == ErrorFamily::Directory, call.now}),
      computation_(query.compute, *call.model, type) {
  if (query.search) search_.emplace(*query.search, *call.model, type);
}

odata::Item Matching::item_of(const store::EntityPtr& entity) {
  auto item = source_.item(entity);
  if (!computation_.is_empty()) item.computed = &computed_.properties;
  return item;
}

bool Matching::matches(const store::EntityPtr& entity) {
  // What every entity costs is the query's length, which is bounded; what adds up is bounded by
  // the evaluator.
  constexpr uint64_t kStepsOfEntity = 200;
  const auto steps = source_.steps;
  bool matches = true;
  if (!computation_.is_empty() && (query_.filter || !query_.orderby.empty())) {
    computed_ = {};
    computation_.add(evaluator_, source_.item(entity), it_, computed_);
  }
  if (query_.filter) matches = evaluator_.matches(*query_.filter, item_of(entity), it_);
  if (matches && search_) matches = search_->finds(entity->text);
  source_.forget();
  if (source_.steps - steps <= kStepsOfEntity) source_.steps = steps;
  return matches;
}

std::vector<Matching::Row> Matching::rows_of(const Collection& collection, const Window& window) {
  const bool is_looked_up = query_.filter && equality_in(*query_.filter, type_);
  return query_.orderby.empty() && !is_looked_up ? by_place(collection, window)
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
  const auto most = sum(sum(skip, window.size), 1);
  std::vector<Row> best;  // a heap, the last in order on top
  const auto visit = [&](uint64_t place, const store::EntityPtr& entity) {
    if (!matches(entity)) return true;
    ++count_;
    Row row{order_keys(evaluator_, query_.orderby, item_of(entity), it_), place, entity};
    source_.forget();
    if (window.after && !precedes(*window.after, row)) return true;
    if (best.size() == most) {
      if (!precedes(row, best.front())) return true;
      std::pop_heap(best.begin(), best.end(), precedes);
      best.pop_back();
    }
    best.push_back(std::move(row));
    std::push_heap(best.begin(), best.end(), precedes);
    return true;
  };
  const auto equality = query_.filter ? equality_in(*query_.filter, type_) : std::nullopt;
  if (equality) {
    collection.for_each_candidate(equality->property, equality->value, visit);
  } else {
    collection.for_each(0, visit);
  }
  std::sort_heap(best.begin(), best.end(), precedes);
  best.erase(best.begin(),
             best.begin() + static_cast<ptrdiff_t>(std::min(skip, uint64_t{best.size()})));
  return best;
}

}  // namespace graphmock::graph
