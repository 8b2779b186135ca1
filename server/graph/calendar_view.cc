#include "graph/calendar_view.h"

#include "base/json.h"
#include "base/text.h"
#include "odata/temporal.h"

namespace graphmock::graph {
namespace {

// With an offset, or, as the service allows here, without one and then in UTC; a date alone is its
// midnight.
std::optional<odata::Moment> moment_in(std::string_view text) {
  if (const auto moment = odata::parse_moment(text)) return moment;
  if (const auto days = odata::parse_date(text)) return odata::Moment{*days * 86'400, 0, 0};
  return odata::parse_moment(std::string(text) + "Z");
}

odata::Moment boundary(const Call& call, std::string_view name) {
  for (const auto& option : call.url.query) {
    if (!base::equals_ignoring_case(option.name, name)) continue;
    if (const auto moment = moment_in(option.value)) return *moment;
    throw http::Error(400, "ErrorInvalidParameter",
                      "The value '" + option.value + "' of parameter '" + std::string(name) +
                          "' is invalid. Expected a date and time such as 2026-01-31T12:00:00Z.");
  }
  throw http::Error(400, "ErrorInvalidParameter",
                    "This request requires a time window specified by the query string "
                    "parameters StartDateTime and EndDateTime.");
}

// A dateTimeTimeZone. Its zone is taken for UTC: names of zones are not looked up.
std::optional<odata::Moment> moment_at(const base::json::value& event, std::string_view pointer) {
  const auto* text = base::at_pointer(event, pointer);
  if (!text || !base::is_string(*text)) return std::nullopt;
  return moment_in(std::string_view(text->get_string()));
}

}  // namespace

void keep_in_window(const Call& call, std::vector<store::EntityPtr>& events) {
  const auto begin = boundary(call, "startDateTime");
  const auto end = boundary(call, "endDateTime");
  std::erase_if(events, [&](const store::EntityPtr& entity) {
    const auto event = base::parse_json(entity->text);
    const auto starts = moment_at(event, "/start/dateTime");
    const auto ends = moment_at(event, "/end/dateTime");
    if (!starts && !ends) return false;  // nothing says when it is
    return (starts && *starts >= end) || (ends && *ends <= begin);
  });
}

}  // namespace graphmock::graph
