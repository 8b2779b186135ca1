// The context URL of an answer, which says what it holds and of what (PRO 10).
#pragma once

#include <string>

#include "graph/call.h"
#include "graph/selection.h"
#include "store/locate.h"

namespace graphmock::graph {

// "https://host/v1.0/$metadata#users('ID')/messages", of one entity with "/$entity" behind it, and
// with what is selected and expanded in between: "#users(id,manager())". `properties` as in Page.
std::string context_url(const Call& call, const store::Location& location,
                        const Selection* selection = nullptr, const std::string& properties = {});
// Of what is no entity: a property's value, an operation's result.
std::string context_url(const Call& call);

}  // namespace graphmock::graph
