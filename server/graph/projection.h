// Rewrites a stored value for one version and format: what the version does not show is dropped,
// large numbers are made strings where they are asked for.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "graph/shape.h"
#include "model/models.h"

namespace graphmock::graph {

class Projection {
 public:
  // All must outlive it.
  Projection(const model::Models& models, const model::Model& here, const Format& format)
      : models_(models), here_(here), format_(format) {}

  void object(boost::json::object& value, std::string_view type_name) const;
  void property_value(boost::json::value& value, const model::TypeRef& type) const;

 private:
  const model::Models& models_;
  const model::Model& here_;
  const Format& format_;
};

}  // namespace graphmock::graph
