// Which members a state's fixture document has, and what is in each: for store/state_document.
#pragma once

#include <string>
#include <vector>

#include "store/resource_path.h"
#include "store/state_lists.h"

namespace graphmock::store {

// A collection, or one entity at an address of its own.
struct DocumentMember {
  std::string name;
  const FixturePlace* place;
  bool is_collection;
  std::vector<EntityPtr> entities;
};

// In the order in which they are loaded: owners before what they contain, and the sets of the pool
// of directory objects as their first entities stand in it. They live as long as `paths`.
std::vector<DocumentMember> document_members(ResourcePaths& paths, const StateLists& lists);

}  // namespace graphmock::store
