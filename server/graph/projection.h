// Rewrites a stored value for one version and format: what the version does not show is dropped,
// large numbers are made strings and types are said or left unsaid as the client asks for.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "graph/format.h"
#include "model/models.h"

namespace graphmock::graph {

class Projection {
 public:
  // All must outlive it.
  Projection(const model::Models& models, const model::Model& here, const Format& format)
      : models_(models), here_(here), format_(format) {}

  // An entity's properties: its own type is said by whoever writes it.
  void properties(boost::json::object& value, std::string_view type_name) const;
  void property_value(boost::json::value& value, const model::TypeRef& type) const;

  // Whether it changes values of which the version shows everything.
  bool has_effect() const {
    return format_.numbers_as_strings || format_.metadata != MetadataLevel::Minimal;
  }

 private:
  bool is_left_out(std::string_view type_name, std::string_view member) const;
  void complex_value(boost::json::object& value, const model::StructuredType& declared) const;
  void annotate(boost::json::object& value, const model::StructuredType* type) const;

  const model::Models& models_;
  const model::Model& here_;
  const Format& format_;
};

}  // namespace graphmock::graph
