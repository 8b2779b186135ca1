// What the body of a PATCH says of other entities than the one it is sent to: references to bind,
// deltas of collections, and nested entities where the type takes them.
#pragma once

#include "graph/transaction.h"
#include "model/representation.h"

namespace graphmock::graph {

// `owner` is the address of the entity. Throws http::Error (400); the transaction must then not be
// committed. Gives whether anything has changed.
bool relate(Transaction& transaction, const std::string& owner, const model::Representation& body);

}  // namespace graphmock::graph
