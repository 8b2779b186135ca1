// How large a page is, and where the next one is found.
#pragma once

#include <cstdint>
#include <string>

#include "graph/call.h"
#include "odata/query.h"

namespace graphmock::graph {

// By $top, else by the client's preference, else as the type's family has it. Throws http::Error
// (400) for a $top beyond what the service gives at once.
uint64_t page_size(const Call& call, const model::StructuredType& type, const odata::Query& query);

// The call's own address and options, with the token of the next page and, for Outlook, the number
// of entities before it.
std::string next_link(const Call& call, const model::StructuredType& type, uint64_t skipped,
                      const std::string& token);

}  // namespace graphmock::graph
