// POST to a collection: a new entity, with those that it contains. And what a PATCH or a PUT
// creates when nothing is at its address.
#pragma once

#include <boost/json/object.hpp>

#include "graph/transaction.h"
#include "store/locate.h"

namespace graphmock::graph {

// All throw http::Error; then nothing has been created.
http::Response create(const Call& call, const Context& context);
// What a single-valued navigation leads to, where nothing is there yet; else 405.
http::Response create_single(const Call& call, const Context& context);
// With `is_trusting` what the body refers to and the store lacks is made.
http::Response create_at(Transaction& transaction, const store::Location& location,
                         boost::json::object body, bool is_trusting = false);

}  // namespace graphmock::graph
