#include "graph/expansion.h"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/work_budget.h"
#include "facts/type_facts.h"
#include "graph/computation.h"
#include "graph/error_payload.h"
#include "graph/matching.h"
#include "graph/value_json.h"

namespace graphmock::graph {
namespace {

constexpr int kDeepestExpand = 6;
// In one answer: references may lead in circles.
constexpr size_t kMostExpanded = 50'000;
// Of references between directory objects the service shows so many, without a link to more
// ("Use query parameters: expand").
constexpr uint64_t kMostDirectoryObjects = 20;

uint64_t most_of(const model::StructuredType& owner, const model::NavigationProperty& navigation) {
  constexpr std::string_view kDirectoryObject = "microsoft.graph.directoryObject";
  const bool is_limited =
      owner.derives_from(kDirectoryObject) && navigation.type->derives_from(kDirectoryObject);
  return is_limited ? kMostDirectoryObjects : UINT64_MAX;
}

// Nothing where it is the query as it is. $levels=2 is the same expansion again, one level less
// deep (URL 5.1.2.1).
std::optional<odata::Query> next_level(const odata::Query& query, const odata::ExpandItem& item,
                                       const model::NavigationProperty& navigation) {
  if (!query.levels || *query.levels == 1 || *query.levels == 0) return std::nullopt;
  auto inner = query;
  auto again = item;
  auto options = query;
  options.levels = *query.levels < 0 ? kDeepestExpand - 1 : *query.levels - 1;
  if (*options.levels > kDeepestExpand - 1) options.levels = kDeepestExpand - 1;
  again.path = {std::string(navigation.name)};
  again.options = std::make_shared<const odata::Query>(std::move(options));
  inner.expand.push_back(std::move(again));
  return inner;
}

// What was shown unasked gives way to what is asked for.
void add(Node& node, Branch branch) {
  std::erase_if(node.branches, [&](const Branch& other) {
    return other.navigation->name == branch.navigation->name;
  });
  node.branches.push_back(std::move(branch));
}

}  // namespace

bool Expansion::shows_unasked(const model::StructuredType* type) {
  if (type != last_type_) {
    last_type_ = type;
    last_shows_ = type && !facts::facts_of(*type).expanded.empty();
  }
  return last_shows_;
}

Node Expansion::node(store::EntityPtr entity, const odata::Query& query,
                     const model::StructuredType& declared, int depth) {
  const auto* type = call_.model->structured_type(entity->type);
  Node node;
  if (shows_unasked(type)) {
    context_.store.look([&](const store::LayerView& view) {
      node = node_of(context_.models, *call_.model, view, std::move(entity));
    });
  } else {
    node.entity = std::move(entity);
  }
  if (type && !query.compute.empty()) node.computed = computed(node.entity, query, declared);
  if (!type || query.expand.empty()) return node;
  if (depth >= kDeepestExpand) {
    throw http::Error(
        400, "",
        "'$expand' is nested more than " + std::to_string(kDeepestExpand) + " levels deep.");
  }
  for (const auto& item : query.expand) expand(node, item, *type, depth);
  return node;
}

std::string Expansion::computed(const store::EntityPtr& entity, const odata::Query& query,
                                const model::StructuredType& type) {
  odata::Evaluator evaluator(*call_.model, query.aliases, source_,
                             {facts::family_of(&type) == facts::Family::Directory, call_.now});
  Computed computed;
  Computation(query.compute, *call_.model, type)
      .add(evaluator, source_.item(entity), &it_, computed);
  source_.forget();
  const auto format = format_of(call_);
  auto object = PropertyWriter(context_.models, *call_.model, format).object(computed.properties);
  keep_selected(object, query.select);
  return base::to_json(object);
}

void Expansion::expand(Node& node, const odata::ExpandItem& item, const model::StructuredType& type,
                       int depth) {
  if (item.path.back() == "*") {
    for (auto from = &type; from; from = from->base) {
      for (const auto& navigation : from->navigations) {
        add(node, branch(*node.entity, type, navigation, item, depth));
      }
    }
    return;
  }
  // What a cast asks for, others do not have.
  for (size_t i = 0; i + 1 < item.path.size(); ++i) {
    const auto* cast = call_.model->structured_type_ignoring_case(item.path[i]);
    if (!cast || !type.derives_from(*cast)) return;
  }
  const auto* navigation = type.navigation_ignoring_case(item.path.back());
  if (navigation) add(node, branch(*node.entity, type, *navigation, item, depth));
}

// Read once for all owners; with $levels the options are others at each.
std::shared_ptr<const Selection> Expansion::selection_within(
    const odata::ExpandItem& item, const model::NavigationProperty& navigation) {
  if (!item.options || item.options->select.empty()) return nullptr;
  const auto read = [&] { return selection_of(*item.options, *call_.model, *navigation.type); };
  if (item.options->levels) return read();
  const auto [known, is_new] = selections_.try_emplace({item.options, &navigation});
  if (is_new) known->second = read();
  return known->second;
}

Branch Expansion::branch(const store::Entity& owner, const model::StructuredType& type,
                         const model::NavigationProperty& navigation, const odata::ExpandItem& item,
                         int depth) {
  static const odata::Query kNothing;
  constexpr uint64_t kWork = 500;
  base::charge(kWork);
  const auto& query = item.options ? *item.options : kNothing;
  std::vector<store::EntityPtr> entities;
  context_.store.look([&](const store::LayerView& view) {
    entities = entities_behind(context_.models, view, owner, type, navigation);
  });
  Branch branch{&navigation, {}, selection_within(item, navigation), std::nullopt};
  branch.is_reference = item.is_reference;
  branch.is_count = item.is_count;
  Matching matching(call_, source_, *navigation.type, query, &it_);
  const auto size =
      item.is_count ? 0 : std::min(query.top.value_or(UINT64_MAX), most_of(type, navigation));
  auto rows = matching.rows_of(Collection(context_, std::move(entities)),
                               {nullptr, query.skip.value_or(0), size, true});
  if (rows.size() > size) rows.pop_back();
  if (item.is_count || query.count.value_or(false)) branch.count = matching.count();
  if (item.is_count) return branch;
  const auto deeper = next_level(query, item, navigation);
  const auto& inner = deeper ? *deeper : query;
  expanded_ += rows.size();
  if (expanded_ > kMostExpanded) {
    throw http::Error(400, "",
                      "'$expand' leads to more than " + std::to_string(kMostExpanded) +
                          " entities. Ask for fewer by $top, $filter or $levels.");
  }
  for (auto& row : rows) {
    branch.nodes.push_back(item.is_reference
                               ? Node{std::move(row.entity), {}}
                               : node(std::move(row.entity), inner, *navigation.type, depth + 1));
  }
  return branch;
}

}  // namespace graphmock::graph
