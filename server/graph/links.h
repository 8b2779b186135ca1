// Addresses within an answer: of what was asked for, of a new entity, and those that control
// information of an entity is made of (JSON 4.5.8 to 4.5.10).
#pragma once

#include <string>
#include <string_view>

#include "graph/call.h"
#include "store/locate.h"

namespace graphmock::graph {

// What may stand in a segment of a URL as it is, beside the unreserved (RFC 3986: pchar).
inline constexpr std::string_view kSegmentCharacters = "!$&'()*+,;=:@";

// The address that was asked for, without its query.
std::string address_url(const Call& call);
// Where one entity of the addressed collection is found: "https://host/v1.0/users/ID".
std::string entity_url(const Call& call, std::string_view key);

// "('o''brien')": a key as it follows the name of a collection.
std::string key_predicate(std::string_view key);

// Adds a step as an address names it: "users('ID')/messages".
void append_step(std::string& path, const odata::Step& step);

// The set that a singleton among the directory objects is seen in: /me is one of /users. Null
// where the call does not begin at such a one.
const model::EntitySet* set_behind(const Call& call, const store::Location& location);
// The first steps of the call's address, that set in the place of its singleton.
std::string path_of_steps(const Call& call, const store::Location& location, size_t count);

// Where an entity of the answer is found, from the service root on: "users('ID')/messages('MID')".
struct EntityPaths {
  std::string id;
  std::string edit;  // with its type behind it where the place does not tell that
};
EntityPaths entity_paths(const Call& call, const store::Location& location,
                         const store::Entity& entity);
// The same of an entity that a navigation of the one at `owner_path` leads to.
EntityPaths related_paths(const Call& call, std::string_view owner_path,
                          const model::NavigationProperty& navigation, const store::Entity& entity);

}  // namespace graphmock::graph
