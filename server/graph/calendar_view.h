// "calendarView": those events of a calendar that fall into a span of time (reference, "List
// calendarView"). Series are not unfolded into their occurrences.
#pragma once

#include <vector>

#include "graph/call.h"

namespace graphmock::graph {

// Leaves the events between the query options startDateTime and endDateTime. Throws http::Error
// (400) when one is missing or no date and time.
void keep_in_window(const Call& call, std::vector<store::EntityPtr>& events);

}  // namespace graphmock::graph
