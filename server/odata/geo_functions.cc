// geo.distance, geo.intersects and geo.length (URL 5.1.1.11). The one file that knows
// Boost.Geometry.
#include <boost/geometry.hpp>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "odata/function_call.h"
#include "odata/functions.h"

namespace graphmock::odata {
namespace {

namespace geometry = boost::geometry;

struct Plane {
  using Point = geometry::model::d2::point_xy<double>;
};
struct Globe {
  using Point = geometry::model::point<double, 2, geometry::cs::geographic<geometry::degree>>;
};
template <typename Surface>
using Line = geometry::model::linestring<typename Surface::Point>;
template <typename Surface>
using Polygon = geometry::model::polygon<typename Surface::Point>;

// One argument: "geometry'SRID=0;Point(1 2)'", or without what is around the value.
struct Shape {
  bool is_geometry = false;
  int srid = 0;  // 0: not said
  std::string_view text;
};

Shape shape_of(const FunctionCall& call, size_t i) {
  const auto* value = call.at(i).get<Text>();
  if (!value || value->kind != LiteralKind::Geography) {
    call.wrong("values of a geography or geometry type where " + call.at(i).type_name() +
               " is given");
  }
  Shape shape;
  shape.text = value->text;
  shape.is_geometry = shape.text.starts_with("geometry'");
  if (const auto quote = shape.text.find('\''); quote != std::string_view::npos) {
    shape.text = shape.text.substr(quote + 1, shape.text.size() - quote - 2);
  }
  const auto start = std::min(shape.text.find('=') + 1, shape.text.size());
  const auto semicolon = std::min(shape.text.find(';'), shape.text.size() - 1);
  std::from_chars(shape.text.data() + start, shape.text.data() + semicolon, shape.srid);
  shape.text.remove_prefix(semicolon + 1);
  // These differ from WGS 84 by less than a metre.
  const bool is_known =
      shape.srid == 0 || shape.srid == 4326 || shape.srid == 4258 || shape.srid == 4269;
  if (!shape.is_geometry && !is_known) {
    throw http::not_implemented(
        "the coordinate reference system SRID=" + std::to_string(shape.srid) + " of geographies");
  }
  return shape;
}

template <typename Point>
void check_point(const FunctionCall& call, const Point& point, bool is_geometry) {
  const double x = geometry::get<0>(point);
  const double y = geometry::get<1>(point);
  const bool is_finite = std::isfinite(x) && std::isfinite(y);
  const bool is_on_globe = std::abs(x) <= 360 && std::abs(y) <= 90;
  if (!is_finite || (!is_geometry && !is_on_globe)) {
    call.wrong("positions of a longitude from -180 to 180 and a latitude from -90 to 90");
  }
}

// Read as what is expected: "Point", "LineString" or "Polygon".
template <typename Result>
Result read(const FunctionCall& call, const Shape& shape, std::string_view expected) {
  const bool is_expected = base::starts_with_ignoring_case(shape.text, expected) &&
                           shape.text.substr(expected.size()).starts_with('(');
  if (!is_expected) {
    call.wrong("a " + std::string(expected) + " where '" +
               std::string(base::beginning_of(shape.text, 40)) + "' is given");
  }
  constexpr uint64_t kWorkOfByte = 50;
  base::charge(shape.text.size() * kWorkOfByte);
  Result result;
  try {
    geometry::read_wkt(std::string(shape.text), result);
  } catch (const std::exception&) {
    call.wrong("shapes whose coordinates are numbers");
  }
  geometry::for_each_point(result,
                           [&](const auto& point) { check_point(call, point, shape.is_geometry); });
  geometry::correct(result);
  return result;
}

bool is_on_plane(const FunctionCall& call, const Shape& a, const Shape& b) {
  if (a.srid != b.srid && a.srid != 0 && b.srid != 0) {
    call.wrong("shapes of one coordinate reference system");
  }
  return a.is_geometry || b.is_geometry;
}

template <typename Surface>
Value distance(const FunctionCall& call, const Shape& a, const Shape& b) {
  using Point = typename Surface::Point;
  const auto from = read<Point>(call, a, "Point");
  return {static_cast<double>(geometry::distance(from, read<Point>(call, b, "Point")))};
}

template <typename Surface>
Value intersects(const FunctionCall& call, const Shape& point, const Shape& polygon) {
  return {geometry::covered_by(read<typename Surface::Point>(call, point, "Point"),
                               read<Polygon<Surface>>(call, polygon, "Polygon"))};
}

template <typename Surface>
Value length(const FunctionCall& call, const Shape& line) {
  const auto points = read<Line<Surface>>(call, line, "LineString");
  return {static_cast<double>(geometry::length(points))};
}

}  // namespace

Value geo_distance(const FunctionCall& call) {
  const auto a = shape_of(call, 0);
  const auto b = shape_of(call, 1);
  return is_on_plane(call, a, b) ? distance<Plane>(call, a, b) : distance<Globe>(call, a, b);
}

Value geo_intersects(const FunctionCall& call) {
  const auto a = shape_of(call, 0);
  const auto b = shape_of(call, 1);
  return is_on_plane(call, a, b) ? intersects<Plane>(call, a, b) : intersects<Globe>(call, a, b);
}

Value geo_length(const FunctionCall& call) {
  const auto shape = shape_of(call, 0);
  return shape.is_geometry ? length<Plane>(call, shape) : length<Globe>(call, shape);
}

}  // namespace graphmock::odata
