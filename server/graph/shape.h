// How answers look: whole bodies of entities, collections and values, with the headers that say
// what they are.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "graph/call.h"
#include "graph/context_url.h"
#include "graph/format.h"
#include "graph/links.h"
#include "graph/node.h"
#include "store/locate.h"

namespace graphmock::graph {

http::Response entity_answer(int status, const Call& call, const Context& context,
                             const store::Location& location, const Node& node,
                             const Selection* selection = nullptr);

http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location, const Page& page,
                                 const Selection* selection = nullptr);
// A property's value, not null: a complex one stands by itself, any other in "value" (JSON 11, 12).
http::Response value_answer(const Call& call, const Context& context, const model::TypeRef& type,
                            boost::json::value value);
// A JSON object that is no entity of the store, with the context that the address has.
http::Response object_answer(int status, const Call& call, boost::json::object object);
// References alone, a single one or those of a collection (JSON 14).
http::Response reference_answer(const Call& call, const store::Entity& entity);
http::Response references_answer(const Call& call, const Page& page);

}  // namespace graphmock::graph
