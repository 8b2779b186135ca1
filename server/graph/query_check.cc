#include "graph/query_check.h"

#include <set>

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

[[noreturn]] void refuse(std::string message) {
  throw http::Error(400, "", std::move(message));
}

[[noreturn]] void refuse_name(const std::string& name, const model::StructuredType& type) {
  if (type.property_ignoring_case(name)) {
    refuse("The property '" + name + "' of type '" + std::string(type.name) +
           "' is no navigation property and cannot be expanded.");
  }
  refuse("Parsing OData Select and Expand failed: " + model::no_such_property(name, type));
}

// What the path of an $expand leads to, casts before its last name taken.
const model::NavigationProperty& navigation_of(const odata::ExpandItem& item,
                                               const model::Model& model,
                                               const model::StructuredType& type) {
  const auto* at = &type;
  for (size_t i = 0; i < item.path.size(); ++i) {
    const auto& name = item.path[i];
    const bool is_last = i + 1 == item.path.size();
    if (name.find('.') == std::string::npos) {
      const auto* navigation = at->navigation_ignoring_case(name);
      if (!navigation && (is_last || !at->property_ignoring_case(name))) refuse_name(name, *at);
      if (is_last) return *navigation;
      throw http::not_implemented("a path behind '" + name + "' in '$expand'");
    }
    const auto* cast = model.structured_type_ignoring_case(name);
    if (!cast) refuse("There is no type '" + name + "', which '$expand' names.");
    if (!cast->derives_from(*at) && !at->derives_from(*cast)) {
      refuse("'" + name + "' in '$expand' is no type that '" + std::string(at->name) +
             "' may be of.");
    }
    at = cast;
  }
  refuse("'$expand' names a type, '" + item.path.back() + "', and no navigation property of it.");
}

// An $expand that is wrong is an error on an empty collection too.
void check_expand(const odata::Query& query, const model::Model& model,
                  const model::StructuredType& type, const model::StructuredType& it) {
  std::set<const model::NavigationProperty*> seen;
  for (const auto& item : query.expand) {
    if (item.path.back() == "*") continue;
    const auto& navigation = navigation_of(item, model, type);
    if (!seen.insert(&navigation).second) {
      refuse("'$expand' names '" + std::string(navigation.name) + "' twice.");
    }
    if (!navigation.is_collection && item.is_count) {
      refuse("'" + std::string(navigation.name) + "' leads to one entity: there is no '/$count'.");
    }
    if (!item.options) continue;
    const auto& options = *item.options;
    if (options.apply) throw http::not_implemented("'$apply' within '$expand'");
    if (!navigation.is_collection) {
      refuse_collection_options(options);
      if (options.count) {
        refuse("'" + std::string(navigation.name) +
               "' leads to one entity, which '$count' does not count.");
      }
    }
    selection_of(options, model, *navigation.type);
    check_query(options, model, *navigation.type, &it);
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
