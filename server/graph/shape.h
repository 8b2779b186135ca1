// How answers look: whole bodies of entities, collections and values, with the headers that say
// what they are.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What stands beside the entities of a collection.
struct Around {
  const Selection* selection = nullptr;
  std::optional<int64_t> count;
  std::string next_link;  // empty: none
};
http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location, const std::vector<Node>& nodes,
                                 const Around& around = {});
// A property's value, not null: a complex one stands by itself, any other in "value" (JSON 11, 12).
http::Response value_answer(const Call& call, const Context& context, const model::TypeRef& type,
                            boost::json::value value);
// A JSON object that is no entity of the store, with the context that the address has.
http::Response object_answer(int status, const Call& call, boost::json::object object);
// References alone, of a collection or a single one (JSON 14).
http::Response references_answer(const Call& call, const std::vector<store::EntityPtr>& entities,
                                 bool is_collection);

// The entity as a fixture file has it: "@odata.type" and all that any version declares.
void append_fixture(std::string& out, const store::Entity& entity);

}  // namespace graphmock::graph
