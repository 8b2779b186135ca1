// The complex type dateTimeTimeZone: a time on the wall and the zone that the wall is in.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string_view>

#include "base/time_zone.h"
#include "odata/temporal.h"

namespace graphmock::graph {

inline constexpr std::string_view kDateTimeTimeZone = "microsoft.graph.dateTimeTimeZone";

// With an offset, or, as the service allows, without one and then on the wall of `zone`, of UTC
// where there is none; a date alone is its midnight.
std::optional<odata::Moment> moment_in(std::string_view text, const base::TimeZone* zone = nullptr);

// Nothing where the value says no time, or names a zone that is not known.
std::optional<odata::Moment> moment_of(const boost::json::object& value);

// Says the same moment on the wall of `zone`, under the name that the client has for it. What says
// no moment is left as it is.
void move_to(boost::json::object& value, const base::TimeZone& zone, std::string_view name);

}  // namespace graphmock::graph
