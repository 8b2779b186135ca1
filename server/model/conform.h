// Does this JSON fit this type? Answers with every problem, each said so that the person who wrote
// the JSON can mend it. The rules are those of OData JSON 7 and CSDL 7.2; the caller says how
// strict enumerations are.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace graphmock::model {

struct Problem {
  std::string pointer;  // JSON pointer to what is wrong, from the entity
  std::string message;
};

enum class EnumRule {
  Evolvable,  // an enumeration with unknownFutureValue takes any member name
  Strict,     // declared members alone
};

// A property's value, null and collections included. `pointer` is where it stands.
void check_value(const Model& model, const Property& property, const boost::json::value& value,
                 const std::string& pointer, EnumRule enums, std::vector<Problem>& problems);

// Makes what the service reads as a boolean or a number one: "true", "12" (ODataLib's conversion of
// strings). Other values are left as they are, complex ones are gone into.
void convert_strings(boost::json::value& value, const TypeRef& type);

// The type that an object's "@odata.type" names, with or without '#'; `declared` when it names
// none. A name that is unknown or not derived from `declared` is a problem, and null.
const StructuredType* type_of(const Model& model, const StructuredType& declared,
                              const boost::json::object& object, const std::string& pointer,
                              std::vector<Problem>& problems);

// The name in an object's "@odata.type" without '#'; empty when there is none.
std::string_view annotated_type(const boost::json::object& object);

// "The property 'displayNme' does not exist on type 'microsoft.graph.user'. Did you mean ...?"
std::string unknown_property(const StructuredType& type, std::string_view name);

}  // namespace graphmock::model
