#include "graph/apply/applied.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "graph/apply/pipeline.h"
#include "graph/error_payload.h"
#include "graph/expansion.h"
#include "graph/ordering.h"
#include "graph/page_token.h"
#include "graph/paging.h"
#include "graph/shape.h"
#include "graph/source.h"
#include "graph/value_json.h"

namespace graphmock::graph {
namespace {

// The rows of a page and one more, which tells that there are more.
class Window : public Stage {
 public:
  Window(uint64_t first, uint64_t size) : to_skip_(first), size_(size) {}

  bool take(Row row) override {
    if (to_skip_ > 0) {
      --to_skip_;
    } else if (rows.size() <= size_) {
      rows.push_back(std::move(row));
    }
    return rows.size() <= size_;
  }
  void end() override {}

  std::vector<Row> rows;

 private:
  uint64_t to_skip_;
  const uint64_t size_;
};

class Counter : public Stage {
 public:
  Counter(Stage& next, bool counts_all) : next_(next), counts_all_(counts_all) {}

  bool take(Row row) override {
    ++count;
    wants_more_ = wants_more_ && next_.take(std::move(row));
    return wants_more_ || counts_all_;
  }
  void end() override { next_.end(); }

  int64_t count = 0;

 private:
  Stage& next_;
  const bool counts_all_;
  bool wants_more_ = true;
};

struct Passed {
  std::vector<Row> rows;  // of the page, and one more if there is one
  int64_t count;          // of all, where that is asked for
};

// What of the result is asked for.
struct Asked {
  uint64_t first = 0;
  uint64_t size = 0;
  bool counts_all = false;
};

Passed pass(const Call& call, Source& source, const Plan& plan, const model::StructuredType& type,
            const Collection& collection, const Asked& asked) {
  const odata::Rules rules{facts::family_of(&type) == facts::Family::Directory, call.now};
  odata::Evaluator evaluator(*call.model, call.query.aliases, source, rules);
  Work work(*call.model, type, source, evaluator, rules);
  Steps steps = plan.steps();
  Steps order;
  if (!call.query.orderby.empty()) {
    order.push_back(std::move(steps.back()));
    steps.pop_back();
    order[0].most = sum(sum(asked.first, asked.size), 1);
  }
  Window window(asked.first, asked.size);
  Pipeline ordered(order, work, window);
  Counter counter(ordered, asked.counts_all);
  Pipeline pipeline(steps, work, counter);
  collection.for_each(0, [&](uint64_t, const store::EntityPtr& entity) {
    return pipeline.take({entity, {}});
  });
  pipeline.end();
  source.forget();
  return {std::move(window.rows), counter.count};
}

std::vector<Node> nodes_of(std::vector<Row> rows, const Call& call, const Context& context,
                           Source& source, const model::StructuredType& type) {
  const auto format = format_of(call);
  const PropertyWriter writer(context.models, *call.model, format);
  Expansion expansion(call, context, source);
  odata::Query expanded;
  expanded.expand = call.query.expand;
  std::vector<Node> nodes;
  for (auto& row : rows) {
    auto node =
        row.entity ? expansion.node(std::move(row.entity), expanded, type) : Node{nullptr, {}};
    auto computed = writer.object(row.computed.properties);
    keep_selected(computed, call.query.select);
    node.computed = base::to_json(computed);
    nodes.push_back(std::move(node));
  }
  return nodes;
}

}  // namespace

http::Response applied_answer(const Call& call, const Context& context,
                              const store::Location& location, const Collection& collection) {
  const auto& query = call.query;
  const auto& type = *location.type;
  const Plan plan(query, *call.model, type);
  Asked asked{query.skip.value_or(0), page_size(call, type, query), query.count.value_or(false)};
  // The place is that in the result, and @odata.count stands on the first page only.
  if (query.skiptoken) {
    asked.first = parse_page_token(*query.skiptoken, 0, *call.model).place;
    asked.counts_all = false;
  }
  Source source(context, *call.model, call.me);
  auto [rows, count] = pass(call, source, plan, type, collection, asked);
  Page page;
  if (rows.size() > asked.size) {
    rows.pop_back();
    const auto next = asked.first + asked.size;
    if (!rows.empty()) page.next_link = next_link(call, type, next, to_text({{}, next}));
  }
  if (asked.counts_all) page.count = count;
  const auto selection = Selection::of(query, *call.model, plan.type());
  if (!selection) page.properties = plan.properties();
  page.nodes = nodes_of(std::move(rows), call, context, source, type);
  return collection_answer(call, context, location, page, selection.get());
}

int64_t applied_count(const Call& call, const Context& context, const store::Location& location,
                      const Collection& collection) {
  const Plan plan(call.query, *call.model, *location.type);
  Source source(context, *call.model, call.me);
  return pass(call, source, plan, *location.type, collection, {0, 0, true}).count;
}

}  // namespace graphmock::graph
