#include "graph/date_time_time_zone.h"

#include <boost/json/object.hpp>
#include <string>

#include "base/json.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// "2017-04-14T11:00:00.0000000", as the service writes it.
std::string wall_text(const odata::Moment& moment, const base::TimeZone& zone) {
  const auto local = odata::format_moment({zone.local_of(moment.seconds), 0, 0});
  auto ticks = std::to_string(moment.nanoseconds / 100);
  ticks.insert(0, 7 - ticks.size(), '0');
  return local.substr(0, local.find_first_of(".Z")) + "." + ticks;
}

}  // namespace

std::optional<odata::Moment> moment_in(std::string_view text, const base::TimeZone* zone) {
  if (const auto moment = odata::parse_moment(text)) return moment;
  std::optional<odata::Moment> wall;
  if (const auto days = odata::parse_date(text)) {
    wall = odata::Moment{*days * 86'400, 0, 0};
  } else {
    wall = odata::parse_moment(std::string(text) + "Z");
  }
  if (wall && zone) wall->seconds = zone->utc_of(wall->seconds);
  return wall;
}

std::optional<odata::Moment> moment_of(const json::object& value) {
  const auto* text = value.if_contains("dateTime");
  if (!text || !base::is_string(*text)) return std::nullopt;
  const auto name = base::text_of(value.if_contains("timeZone"));
  if (name.empty()) return moment_in(std::string_view(text->get_string()));
  const auto zone = base::TimeZone::named(name);
  if (!zone) return std::nullopt;
  return moment_in(std::string_view(text->get_string()), &*zone);
}

void move_to(json::object& value, const base::TimeZone& zone, std::string_view name) {
  const auto moment = moment_of(value);
  if (!moment) return;
  value["dateTime"] = wall_text(*moment, zone);
  value["timeZone"] = name;
}

}  // namespace graphmock::graph
