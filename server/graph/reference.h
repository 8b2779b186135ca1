// "/$ref": references as such (PRO 11.4.6). POST adds one, PUT sets one, DELETE removes it, GET
// lists them; the inverse navigation follows.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "graph/call.h"

namespace graphmock::graph {

// The URL that an object refers to, by "@odata.id" or, as 4.01 has it, "@id"; empty when it does
// not.
std::string reference_in(const boost::json::object& object);

// Both throw http::Error; then nothing has changed.
http::Response answer_reference(const Call& call, const Context& context);
// Adds what the request's body refers to to the collection.
http::Response add_reference(const Call& call, const Context& context,
                             const odata::Target& collection);

}  // namespace graphmock::graph
