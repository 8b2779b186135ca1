// Which dynamic properties the service lets a query name.
#pragma once

#include <string_view>

#include "model/model.h"

namespace graphmock::graph {

// The directory knows declared properties and extension properties, whose names hold the name of
// their extension and an underscore ("Add custom data to resources"); it refuses to filter by any
// other. Other open types may have any. What a derived type declares is known too: a member of a
// group may be of it.
bool may_have(const model::Model& model, const model::StructuredType& type, std::string_view name);

}  // namespace graphmock::graph
