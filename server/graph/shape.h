// How entities look in an answer: control information around the stored text, and of that what
// the version asked for declares.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/call.h"
#include "graph/node.h"
#include "store/locate.h"

namespace graphmock::graph {

// As the service sends them.
inline constexpr std::string_view kContentType =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    "charset=utf-8";
inline constexpr std::string_view kErrorContentType = "application/json";

// What the Accept header asks of the shape. Throws http::Error for what cannot be given.
struct Format {
  bool numbers_as_strings = false;  // IEEE754Compatible: Edm.Int64 and Edm.Decimal
};
Format format_of(const http::Request& request);

// "https://host/v1.0/$metadata#users('ID')/messages", of one entity with "/$entity" behind it.
std::string context_url(const Call& call, const store::Location& location,
                        const Selection* selection = nullptr);
// Of what is no entity: a property's value, an operation's result.
std::string context_url(const Call& call);
// The address that was asked for, without its query.
std::string address_url(const Call& call);
// Where one entity of the addressed collection is found: "https://host/v1.0/users/ID".
std::string entity_url(const Call& call, std::string_view key);

http::Response entity_answer(int status, const Call& call, const Context& context,
                             const store::Location& location, const Node& node,
                             const Selection* selection = nullptr);

// What stands beside the entities of a collection.
struct Around {
  const Selection* selection = nullptr;
  std::optional<int64_t> count;
  std::string next_link;        // empty: none
  std::string properties = {};  // that all have, where $apply says so and no selection does
};
http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location, const std::vector<Node>& nodes,
                                 const Around& around = {});
// A property's value, not null: a complex one stands by itself, any other in "value" (JSON 11, 12).
http::Response value_answer(const Call& call, const Context& context, const model::TypeRef& type,
                            boost::json::value value);
// A JSON object that is no entity of the store, with the context that the address has.
http::Response object_answer(int status, const Call& call, boost::json::object object);

// The entity as a fixture file has it: "@odata.type" and all that any version declares.
void append_fixture(std::string& out, const store::Entity& entity);

}  // namespace graphmock::graph
