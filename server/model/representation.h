// Sorts what an entity's JSON says (a request body, an entity of a fixture file) into properties,
// nested entities and references, and checks each part against the model.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "model/conform.h"
#include "model/model.h"

namespace graphmock::model {

struct Representation {
  // An entity or a collection of entities that stands in the body itself.
  struct Nested {
    const NavigationProperty* navigation;
    const boost::json::value* value;  // in the JSON that was read; an object or an array
    std::string pointer;
  };
  // "manager@odata.bind": "users/ID", or a list of them. Each is a URL or a resource path.
  struct Bind {
    const NavigationProperty* navigation;
    std::vector<std::string> targets;
    std::string pointer;
  };

  // "members@delta": what comes into a collection, changes in it, or leaves it (JSON 15).
  struct Delta {
    const NavigationProperty* navigation;
    const boost::json::array* items;  // in the JSON that was read; each an object
    std::string pointer;
  };

  const StructuredType* type = nullptr;  // as "@odata.type" has it, else the declared one
  // Structural ones, in the order of the body. Control information is off, but for "@odata.type"
  // inside of complex values and "name@odata.type" of a dynamic property.
  boost::json::object properties;
  std::vector<Nested> nested;
  std::vector<Bind> binds;
  std::vector<Delta> deltas;
  std::vector<Problem> problems;  // with any, the rest is not to be used
};

// A property's value as it is kept, in the memory of the given one: without control information,
// and what the service reads as a boolean or a number made one. `property` is null for a dynamic
// one.
boost::json::value kept_value(const boost::json::value& value, const Property* property);

// Whether properties that the type does not declare are kept, though they are problems.
enum class Unknown { Dropped, Kept };

// `object` must outlive the result, and what is made is made in its memory.
Representation read_representation(const Model& model, const StructuredType& declared,
                                   const boost::json::object& object, EnumRule enums,
                                   Unknown unknown = Unknown::Dropped);

}  // namespace graphmock::model
