// Values of expressions as JSON: of computed properties and of what is aggregated (JSON 7).
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "graph/projection.h"
#include "odata/query.h"
#include "odata/value.h"

namespace graphmock::graph {

// A complex value or an entity as it is.
boost::json::object object_of(const odata::Item& item);
// A value as it is.
boost::json::value json_of(const odata::Value& value);

// For one answer, whose format says how numbers look.
class PropertyWriter {
 public:
  PropertyWriter(const model::Models& models, const model::Model& here, const Format& format)
      : projection_(models, here, format), format_(format) {}

  // Each with its "NAME@odata.type", where JSON does not tell the type and the model neither (JSON
  // 4.5.3).
  boost::json::object object(const std::vector<odata::ComputedProperty>& properties) const;

 private:
  boost::json::value shown(const odata::Value& value, const model::TypeRef& type) const;

  const Projection projection_;
  const Format& format_;
};

// Leaves of the properties those that $select names: all, where it is not given or has "*".
void keep_selected(boost::json::object& properties, const std::vector<odata::SelectItem>& select);

}  // namespace graphmock::graph
