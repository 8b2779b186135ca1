#include "odata/geo.h"

#include <array>

#include "base/json.h"
#include "base/work_budget.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

namespace json = base::json;

constexpr int kDeepest = 4;

// "142.1 64.1" of [142.1, 64.1]; "(...),(...)" of arrays of such, so many levels deep.
bool append_coordinates(const json::value& value, int levels, std::string& text) {
  const auto* array = value.if_array();
  if (!array || array->empty() || levels > kDeepest) return false;
  constexpr uint64_t kWorkOfNumber = 50;
  base::charge(array->size() * kWorkOfNumber);
  for (const auto& item : *array) {
    const bool is_first = &item == array->data();
    if (levels == 0) {
      if (!base::is_number(item)) return false;
      text += (is_first ? "" : " ") + base::number_text(item);
      continue;
    }
    text += is_first ? "" : ",";
    if (levels > 1) text += '(';
    if (!append_coordinates(item, levels - 1, text)) return false;
    if (levels > 1) text += ')';
  }
  return true;
}

// "EPSG:4326" within "crs".
std::string srid_of(const json::object& geojson) {
  constexpr std::string_view kPrefix = "EPSG:";
  const auto* crs = geojson.if_contains("crs");
  const auto* name = crs ? base::at_pointer(*crs, "/properties/name") : nullptr;
  const auto text = base::text_of(name);
  return text.starts_with(kPrefix) ? text.substr(kPrefix.size()) : "4326";
}

}  // namespace

std::optional<std::string> well_known_text(const json::object& geojson) {
  struct Row {
    std::string_view name;
    int levels;  // of arrays around a position
  };
  static constexpr std::array kShapes{Row{"Point", 0},           Row{"LineString", 1},
                                      Row{"MultiPoint", 1},      Row{"Polygon", 2},
                                      Row{"MultiLineString", 2}, Row{"MultiPolygon", 3}};
  const auto type = base::text_of(geojson.if_contains("type"));
  const auto* coordinates = geojson.if_contains("coordinates");
  for (const auto& [name, levels] : kShapes) {
    if (name != type || !coordinates) continue;
    std::string text = "SRID=" + srid_of(geojson) + ";" + type + "(";
    if (!append_coordinates(*coordinates, levels, text)) return std::nullopt;
    return text + ")";
  }
  return std::nullopt;
}

}  // namespace graphmock::odata
