// cast() and isof() (URL 5.1.1.10).
#pragma once

#include <string_view>

#include "odata/value.h"

namespace graphmock::odata {

// The value as one of that type, null where there is no such value; a type that is none of OData's
// and none of the model's is 400. "Collection(Edm.String)" takes each item of a list.
Value cast_to(const Value& value, std::string_view type_name, const model::Model& model);

// Whether the value is of that type or, a structured one, of one that derives from it. Null is of
// none.
bool is_of(const Value& value, std::string_view type_name, const model::Model& model);

}  // namespace graphmock::odata
