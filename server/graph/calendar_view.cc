#include "graph/calendar_view.h"

#include "base/json.h"
#include "base/text.h"
#include "graph/date_time_time_zone.h"

namespace graphmock::graph {
namespace {

odata::Moment boundary(const Call& call, std::string_view name) {
  for (const auto& option : call.request.target.options()) {
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

// On the wall of a zone that is not known it is taken for UTC.
std::optional<odata::Moment> moment_at(const base::json::value& event, std::string_view pointer) {
  const auto* value = base::at_pointer(event, pointer);
  const auto* object = value ? value->if_object() : nullptr;
  if (!object) return std::nullopt;
  const auto moment = moment_of(*object);
  return moment ? moment : moment_in(base::text_of(object->if_contains("dateTime")));
}

}  // namespace

void keep_in_window(const Call& call, std::vector<store::EntityPtr>& events) {
  const auto begin = boundary(call, "startDateTime");
  const auto end = boundary(call, "endDateTime");
  std::erase_if(events, [&](const store::EntityPtr& entity) {
    const auto event = base::parse_json(entity->text);
    const auto starts = moment_at(event, "/start");
    const auto ends = moment_at(event, "/end");
    if (!starts && !ends) return false;  // nothing says when it is
    return (starts && *starts >= end) || (ends && *ends <= begin);
  });
}

}  // namespace graphmock::graph
