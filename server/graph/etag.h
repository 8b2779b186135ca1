// Entity tags, and the conditions that requests make on them (RFC 9110, 13; PRO 8.2.4, 8.2.5).
#pragma once

#include <string>

#include "http/message.h"
#include "store/entity.h"

namespace graphmock::graph {

// Weak, and another one with every change of the entity, be it to what it was before:
// W/"1f3a..."; an entity that says its tag itself, as changeKey or eTag, has the same.
std::string etag_of(const store::Entity& entity);

// For a write to `entity`, null where there is none. Throws http::Error: 412 where If-Match or
// If-None-Match does not hold, 400 where it cannot be read. An If-Match holds for nothing, since a
// singleton is there before anything is stored of it.
void check_write_conditions(const http::Request& request, const store::Entity* entity);
// For a write that makes what is not there: throws 412 for an If-Match, which wants something that
// is there.
void check_creation(const http::Request& request);

// Whether a read may be answered by 304: If-None-Match has the entity's tag.
bool is_known_to_client(const http::Request& request, const store::Entity& entity);

}  // namespace graphmock::graph
