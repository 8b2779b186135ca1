// Points, lines and polygons as values of expressions: GeoJSON read, and what the geo functions
// (URL 5.1.1.11) say of them. Geographies are measured in metres on the ellipsoid of WGS 84,
// geometries on a plane in the units of their coordinates.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

namespace graphmock::odata {

// "SRID=4326;Point(10.5 47.1)" of a GeoJSON object (RFC 7946); nothing for what is none.
std::optional<std::string> well_known_text(const boost::json::object& geojson);

}  // namespace graphmock::odata
