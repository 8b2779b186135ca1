#include "graph/query_check.h"

#include "base/text.h"
#include "graph/apply/plan.h"
#include "graph/computation.h"
#include "graph/expansion.h"
#include "graph/extension_property.h"
#include "graph/search.h"
#include "graph/selection.h"
#include "http/error.h"
#include "odata/check.h"

namespace graphmock::graph {
namespace {

// An $expand that is wrong is an error on an empty collection too.
void check_expand(const odata::Query& query, const model::Model& model,
                  const model::StructuredType& type, const model::StructuredType& it) {
  for (const auto& item : query.expand) {
    if (item.path.back() == "*") continue;
    const auto* navigation = navigation_at(item, model, type);
    if (!navigation) {
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
    if (!item.options) continue;
    if (item.options->apply) throw http::not_implemented("'$apply' within '$expand'");
    selection_of(*item.options, model, *navigation->type);
    check_query(*item.options, model, *navigation->type, &it);
  }
}

// What $apply makes is looked at by the other options in the place of the entities.
void check_apply(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type) {
  if (query.search) throw http::not_implemented("'$search' together with '$apply'");
  const Plan plan(query, model, type);
  Selection::of(query, model, plan.type());
  if (plan.has_results() && !query.expand.empty()) {
    throw http::not_implemented("'$expand' of what '$apply' aggregates");
  }
}

}  // namespace

void check_query(const odata::Query& query, const model::Model& model,
                 const model::StructuredType& type, const model::StructuredType* it) {
  check_expand(query, model, type, it ? *it : type);
  if (query.apply) return check_apply(query, model, type);
  if (query.search) ItemSearch(*query.search, model, type);
  const odata::CheckScope scope{&query.aliases, it, may_have};
  const Computation computation(query.compute, model, type, &scope);
  if (query.filter) odata::check_filter(*query.filter, model, computation.type(), scope);
  odata::check_orderby(query.orderby, model, computation.type(), scope);
}

void refuse_collection_options(const odata::Query& query) {
  const std::pair<bool, std::string_view> given[] = {
      {query.filter != nullptr, "$filter"}, {!query.orderby.empty(), "$orderby"},
      {query.search != nullptr, "$search"}, {query.top.has_value(), "$top"},
      {query.skip.has_value(), "$skip"},    {query.skiptoken.has_value(), "$skiptoken"},
      {query.apply != nullptr, "$apply"},
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
  if (!query.compute.empty()) throw http::not_implemented("'$compute' of what a write answers");
}

}  // namespace graphmock::graph
