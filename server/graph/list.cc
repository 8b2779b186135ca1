#include "graph/list.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "graph/error_payload.h"
#include "graph/paging.h"
#include "graph/search.h"
#include "graph/type_facts.h"
#include "odata/check.h"
#include "odata/compare.h"
#include "odata/eval.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

constexpr int kDeepestExpand = 6;
// In one answer: references may lead in circles.
constexpr size_t kMostExpanded = 50'000;

class List {
 public:
  List(const Call& call, const Context& context, Source& source, const model::StructuredType& type,
       const odata::Query& query)
      : call_(call),
        context_(context),
        source_(source),
        type_(type),
        query_(query),
        evaluator_(*call.model, query.aliases, source,
                   {family_of(&type) == ErrorFamily::Directory, call.now}) {}

  void narrow(std::vector<store::EntityPtr>& entities) {
    if (query_.filter) {
      std::erase_if(entities, [&](const store::EntityPtr& entity) {
        const bool matches = evaluator_.matches(*query_.filter, source_.item(entity));
        source_.forget();
        return !matches;
      });
    }
    if (query_.search) {
      std::erase_if(entities, [&](const store::EntityPtr& entity) {
        const bool is_found = found(*query_.search, *source_.item(entity).object);
        source_.forget();
        return !is_found;
      });
    }
  }

  void order(std::vector<store::EntityPtr>& entities) {
    if (query_.orderby.empty()) return;
    struct Row {
      store::EntityPtr entity;
      odata::Values keys;
    };
    std::vector<Row> rows;
    rows.reserve(entities.size());
    for (auto& entity : entities) {
      odata::Values keys;
      const auto item = source_.item(entity);
      for (const auto& order : query_.orderby) {
        keys.push_back(key_of(evaluator_.value(*order.expression, item)));
      }
      source_.forget();
      rows.push_back({std::move(entity), std::move(keys)});
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
      for (size_t i = 0; i < query_.orderby.size(); ++i) {
        const int order = order_of(a.keys[i], b.keys[i]);
        if (order != 0) return query_.orderby[i].is_descending ? order > 0 : order < 0;
      }
      return false;
    });
    std::transform(rows.begin(), rows.end(), entities.begin(),
                   [](Row& row) { return std::move(row.entity); });
  }

 private:
  // A value that does not point into its entity.
  static odata::Value key_of(odata::Value value) {
    if (!value.get<odata::Item>() && !value.list()) return value;
    throw http::Error(400, "",
                      "'$orderby' takes single primitive values; one of its expressions "
                      "gives an entity, a complex value or a collection.");
  }

  // Null comes before every value (URL 5.1.4). Strings are ordered without case, as the service
  // does.
  static int order_of(const odata::Value& a, const odata::Value& b) {
    if (a.is_null() || b.is_null()) return (b.is_null() ? 1 : 0) - (a.is_null() ? 1 : 0);
    const auto order = odata::compare(a, b, true);
    if (!order) return 0;
    return *order < 0 ? -1 : *order > 0 ? 1 : 0;
  }

  const Call& call_;
  const Context& context_;
  Source& source_;
  const model::StructuredType& type_;
  const odata::Query& query_;
  odata::Evaluator evaluator_;
};

// "microsoft.graph.x/nav" or "nav"; null for a name that the type does not have.
const model::NavigationProperty* navigation_at(const odata::ExpandItem& item,
                                               const model::Model& model,
                                               const model::StructuredType& type) {
  const auto* at = &type;
  for (size_t i = 0; i + 1 < item.path.size() && at; ++i) {
    at = model.structured_type_ignoring_case(item.path[i]);
  }
  return at ? at->navigation_ignoring_case(item.path.back()) : nullptr;
}

class Expansion {
 public:
  Expansion(const Call& call, const Context& context, Source& source)
      : call_(call), context_(context), source_(source) {}

  Node node(store::EntityPtr entity, const odata::Query& query, int depth = 0) {
    Node node;
    context_.store.look([&](const store::LayerView& view) {
      node = node_of(context_.models, *call_.model, view, std::move(entity));
    });
    const auto* type = call_.model->structured_type(node.entity->type);
    if (!type || query.expand.empty()) return node;
    if (depth >= kDeepestExpand) {
      throw http::Error(
          400, "",
          "'$expand' is nested more than " + std::to_string(kDeepestExpand) + " levels deep.");
    }
    for (const auto& item : query.expand) expand(node, item, *type, depth);
    return node;
  }

 private:
  void expand(Node& node, const odata::ExpandItem& item, const model::StructuredType& type,
              int depth) {
    if (item.path.back() == "*") {
      for (auto from = &type; from; from = from->base) {
        for (const auto& navigation : from->navigations) {
          add(node, branch(*node.entity, type, navigation, item, depth));
        }
      }
      return;
    }
    const auto* navigation = navigation_at(item, *call_.model, type);
    if (navigation) {
      add(node, branch(*node.entity, type, *navigation, item, depth));
    }
  }

  // What was shown unasked gives way to what is asked for.
  static void add(Node& node, Branch branch) {
    std::erase_if(node.branches, [&](const Branch& other) {
      return other.navigation->name == branch.navigation->name;
    });
    node.branches.push_back(std::move(branch));
  }

  Branch branch(const store::Entity& owner, const model::StructuredType& type,
                const model::NavigationProperty& navigation, const odata::ExpandItem& item,
                int depth) {
    static const odata::Query kNothing;
    const auto& query = item.options ? *item.options : kNothing;
    std::vector<store::EntityPtr> entities;
    context_.store.look([&](const store::LayerView& view) {
      entities = entities_behind(context_.models, view, owner, type, navigation);
    });
    Branch branch{
        &navigation, {}, Selection::of(query, *call_.model, *navigation.type), std::nullopt};
    branch.is_reference = item.is_reference;
    branch.is_count = item.is_count;
    List list(call_, context_, source_, *navigation.type, query);
    list.narrow(entities);
    if (item.is_count || query.count.value_or(false)) {
      branch.count = static_cast<int64_t>(entities.size());
    }
    if (item.is_count) return branch;
    list.order(entities);
    const auto skip = std::min<uint64_t>(query.skip.value_or(0), entities.size());
    const auto top =
        std::min<uint64_t>(query.top.value_or(entities.size()), entities.size() - skip);
    const auto inner = next_level(query, item, navigation);
    expanded_ += top;
    if (expanded_ > kMostExpanded) {
      throw http::Error(400, "",
                        "'$expand' leads to more than " + std::to_string(kMostExpanded) +
                            " entities. Ask for fewer by $top, $filter or $levels.");
    }
    for (uint64_t i = skip; i < skip + top; ++i) {
      branch.nodes.push_back(item.is_reference ? Node{entities[i], {}}
                                               : node(entities[i], inner, depth + 1));
    }
    return branch;
  }

  // $levels=2 is the same expansion again, one level less deep (URL 5.1.2.1).
  static odata::Query next_level(const odata::Query& query, const odata::ExpandItem& item,
                                 const model::NavigationProperty& navigation) {
    auto inner = query;
    inner.levels.reset();
    if (!query.levels || *query.levels == 1 || *query.levels == 0) return inner;
    auto again = item;
    auto options = query;
    options.levels = *query.levels < 0 ? kDeepestExpand - 1 : *query.levels - 1;
    if (*options.levels > kDeepestExpand - 1) options.levels = kDeepestExpand - 1;
    again.path = {std::string(navigation.name)};
    again.options = std::make_shared<const odata::Query>(std::move(options));
    inner.expand.push_back(std::move(again));
    return inner;
  }

  const Call& call_;
  const Context& context_;
  Source& source_;
  size_t expanded_ = 0;
};

// An $expand that is wrong is an error on an empty collection too.
void check_expand(const odata::Query& query, const model::Model& model,
                  const model::StructuredType& type) {
  for (const auto& item : query.expand) {
    if (item.path.back() == "*") continue;
    const auto* navigation = navigation_at(item, model, type);
    if (!navigation && !type.is_open) {
      auto message = "Parsing OData Select and Expand failed: Could not find a property named '" +
                     item.path.back() + "' on type '" + std::string(type.name) + "'.";
      if (type.property_ignoring_case(item.path.back())) {
        message = "The property '" + item.path.back() + "' of type '" + std::string(type.name) +
                  "' is no navigation property and cannot be expanded.";
      } else if (const auto near = base::nearest(item.path.back(), type.member_names())) {
        message += " Did you mean '" + std::string(*near) + "'?";
      }
      throw http::Error(400, "", std::move(message));
    }
    if (navigation && item.options) check_query(*item.options, model, *navigation->type);
  }
}

// Where the page that a token names begins: behind the entity that it ends in, or, where that has
// gone, at the place that it had.
size_t position_of(const std::string& token, const std::vector<store::EntityPtr>& entities) {
  const auto decoded = base::base64url_decode(token).value_or("");
  const auto bar = decoded.find('|');
  size_t index = 0;
  for (const char c : std::string_view(decoded).substr(0, bar)) {
    if (c < '0' || c > '9' || index > 1'000'000'000) {
      index = SIZE_MAX;
      break;
    }
    index = index * 10 + static_cast<size_t>(c - '0');
  }
  if (bar == std::string::npos || index == SIZE_MAX) {
    throw http::Error(400, "", "The value of '$skiptoken' is not one that this server gave.");
  }
  const auto address = std::string_view(decoded).substr(bar + 1);
  for (size_t i = 0; i < entities.size(); ++i) {
    if (entities[i]->address == address) return i + 1;
  }
  return std::min(index - (index > 0 ? 1 : 0), entities.size());
}

}  // namespace

Page page_of(const Call& call, const Context& context, Source& source,
             const model::StructuredType& type, std::vector<store::EntityPtr> entities,
             const odata::Query& query) {
  List list(call, context, source, type, query);
  list.narrow(entities);
  Page page;
  if (query.count.value_or(false) && !query.skiptoken) {
    page.count = static_cast<int64_t>(entities.size());
  }
  list.order(entities);
  size_t begin = std::min<uint64_t>(query.skip.value_or(0), entities.size());
  if (query.skiptoken) begin = position_of(*query.skiptoken, entities);
  const size_t end =
      begin + std::min<uint64_t>(page_size(call, type, query), entities.size() - begin);
  Expansion expansion(call, context, source);
  for (size_t i = begin; i < end; ++i) {
    page.nodes.push_back(expansion.node(std::move(entities[i]), query));
  }
  if (end < entities.size() && end > begin) {
    page.next_token =
        base::base64url_encode(std::to_string(end) + "|" + page.nodes.back().entity->address);
  }
  return page;
}

int64_t count_of(const Call& call, const Context& context, Source& source,
                 const model::StructuredType& type, std::vector<store::EntityPtr> entities,
                 const odata::Query& query) {
  List(call, context, source, type, query).narrow(entities);
  return static_cast<int64_t>(entities.size());
}

Node expanded(const Call& call, const Context& context, Source& source, store::EntityPtr entity,
              const odata::Query& query) {
  return Expansion(call, context, source).node(std::move(entity), query);
}

void check_query(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type) {
  if (query.apply) throw http::not_implemented("the query option '$apply'");
  if (!query.compute.empty()) throw http::not_implemented("the query option '$compute'");
  Selection::of(query, model, type);
  check_expand(query, model, type);
  const odata::CheckScope scope{&query.aliases};
  if (query.filter) odata::check_filter(*query.filter, model, type, scope);
  odata::check_orderby(query.orderby, model, type, scope);
}

void refuse_collection_options(const odata::Query& query) {
  const std::pair<bool, std::string_view> given[] = {
      {query.filter != nullptr, "$filter"}, {!query.orderby.empty(), "$orderby"},
      {query.search != nullptr, "$search"}, {query.top.has_value(), "$top"},
      {query.skip.has_value(), "$skip"},    {query.skiptoken.has_value(), "$skiptoken"},
      {query.apply.has_value(), "$apply"},
  };
  for (const auto& [is_given, name] : given) {
    if (!is_given) continue;
    throw http::Error(400, "",
                      "The query option '" + std::string(name) +
                          "' can only be applied to a collection, and one entity is "
                          "addressed.");
  }
}

void refuse_read_options(const odata::Query& query) {
  refuse_collection_options(query);
  if (!query.expand.empty()) throw http::not_implemented("'$expand' of what a write answers");
}

}  // namespace graphmock::graph
