// DELETE of an entity.
#pragma once

#include <string_view>

#include "graph/call.h"

namespace graphmock::graph {

// The list of directory objects that were deleted and may be restored.
inline constexpr std::string_view kDeletedItems = "directory/deletedItems";

// What it contains and references to it go with it. Throws http::Error; then nothing has changed.
http::Response remove(const Call& call, const Context& context);

}  // namespace graphmock::graph
