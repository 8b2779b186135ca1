#include "odata/geo_literal.h"

#include "base/text.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

bool take_word(Scanner& scanner, std::string_view word) {
  if (!base::starts_with_ignoring_case(scanner.rest(), word)) return false;
  scanner.advance(word.size());
  return true;
}

// "(" item *( "," item ) ")", of at least so many.
template <typename Item>
bool take_list(Scanner& scanner, size_t at_least, Item take_item) {
  if (!scanner.take('(')) return false;
  if (at_least == 0 && scanner.take(')')) return true;
  size_t count = 0;
  do {
    if (!take_item(scanner)) return false;
    ++count;
  } while (scanner.take(','));
  return count >= at_least && scanner.take(')');
}

bool take_number(Scanner& scanner) {
  const auto length = number_length(scanner.rest());
  scanner.advance(length);
  return length > 0;
}

// Longitude, latitude, then perhaps altitude and measure.
bool take_position(Scanner& scanner) {
  if (!take_number(scanner) || !scanner.take(' ') || !take_number(scanner)) return false;
  for (int i = 0; i < 2 && scanner.take(' '); ++i) {
    if (!take_number(scanner)) return false;
  }
  return true;
}

bool take_point(Scanner& scanner) {
  return scanner.take('(') && take_position(scanner) && scanner.take(')');
}

bool take_line(Scanner& scanner) {
  return take_list(scanner, 2, take_position);
}

bool take_ring(Scanner& scanner) {
  return take_list(scanner, 1, take_position);
}

bool take_polygon(Scanner& scanner) {
  return take_list(scanner, 1, take_ring);
}

bool take_shape(Scanner& scanner, size_t depth) {
  if (depth > kMaxDepth) return false;
  if (take_word(scanner, "GeometryCollection") || take_word(scanner, "Collection")) {
    return take_list(scanner, 1, [&](Scanner& inner) { return take_shape(inner, depth + 1); });
  }
  if (take_word(scanner, "MultiLineString")) return take_list(scanner, 0, take_line);
  if (take_word(scanner, "MultiPoint")) return take_list(scanner, 0, take_point);
  if (take_word(scanner, "MultiPolygon")) return take_list(scanner, 0, take_polygon);
  if (take_word(scanner, "LineString")) return take_line(scanner);
  if (take_word(scanner, "Point")) return take_point(scanner);
  return take_word(scanner, "Polygon") && take_polygon(scanner);
}

}  // namespace

bool take_geo(Scanner& scanner) {
  if (!take_word(scanner, "SRID=")) return false;
  const auto digits = scanner.digits().size();
  return digits >= 1 && digits <= 5 && scanner.take(';') && take_shape(scanner, 1);
}

}  // namespace graphmock::odata
