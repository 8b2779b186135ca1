// Copies of entities that hold others which live elsewhere: a folder with its messages, a folder of
// a drive with its files. Those have to be copied too, or deleting one would empty the other.
#pragma once

#include "graph/transaction.h"

namespace graphmock::graph {

// A copy of `from` with a new id, at the end of `list`, which is of its kind or of a folder;
// `properties` are what it has instead of those of `from`.
store::EntityPtr copy_with_contents(Transaction& transaction, const store::Entity& from,
                                    boost::json::object properties, const std::string& list);

}  // namespace graphmock::graph
