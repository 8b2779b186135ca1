// Which properties an answer shows: what $select asks for (URL 5.1.3), checked against the type.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "odata/query.h"

namespace graphmock::graph {

class Selection {
 public:
  // Null when `query` selects nothing in particular. Throws http::Error (400) that names a property
  // that the type does not have.
  static std::shared_ptr<const Selection> of(const odata::Query& query, const model::Model& model,
                                             const model::StructuredType& type);

  // Leaves what is selected, control information aside. What the type declares and the entity does
  // not say is null.
  void apply(boost::json::object& entity, const model::StructuredType& type) const;

  // "id,displayName", as a context URL has it.
  std::string to_string() const;

 private:
  struct Part {
    std::string name;
    std::vector<Part> parts;  // of a complex property; none: all of it
  };

  static void add(std::vector<Part>& parts, const std::vector<std::string>& path, size_t at);
  static void apply(const std::vector<Part>& parts, boost::json::object& object,
                    const model::StructuredType* type, bool fills_in);

  std::vector<Part> parts_;
  std::vector<std::string> shown_too_;  // where the entity has them
  bool has_star_ = false;
};

}  // namespace graphmock::graph
