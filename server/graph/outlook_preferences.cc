#include "graph/outlook_preferences.h"

#include <boost/json/object.hpp>

#include "base/html.h"
#include "base/json.h"
#include "base/text.h"
#include "facts/type_facts.h"
#include "graph/date_time_time_zone.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

constexpr std::string_view kItemBody = "microsoft.graph.itemBody";

constexpr std::string_view kTimeZone = "outlook.timezone";
constexpr std::string_view kBodyFormat = "outlook.body-content-type";

struct Known {
  bool time_zone;
  bool body_format;
};

Known known_to(const model::StructuredType& type) {
  const auto& known = facts::facts_of(type).preferences;
  return {facts::lists(known, kTimeZone), facts::lists(known, kBodyFormat)};
}

// Visits the objects that are the values of the entity's properties of the complex type.
template <typename Visit>
void for_each_value(json::object& entity, const model::StructuredType& type,
                    std::string_view complex_type, Visit visit) {
  for (auto& member : entity) {
    const auto* property = type.property(member.key());
    const auto* declared = property ? property->type.structured : nullptr;
    if (!declared || declared->name != complex_type) continue;
    if (auto* object = member.value().if_object()) visit(*object);
    if (auto* array = member.value().if_array()) {
      for (auto& item : *array) {
        if (auto* object = item.if_object()) visit(*object);
      }
    }
  }
}

}  // namespace

OutlookPreferences::OutlookPreferences(const http::Request& request)
    : zone_name_(preference(request, kTimeZone)) {
  // Another format is a preference that cannot be met, and so is passed over (RFC 7240, 2).
  const auto format = preference(request, kBodyFormat);
  if (base::equals_ignoring_case(format, "text")) body_format_ = BodyFormat::Text;
  if (base::equals_ignoring_case(format, "html")) body_format_ = BodyFormat::Html;
}

bool OutlookPreferences::concern(const model::StructuredType& type) {
  if (zone_name_.empty() && body_format_ == BodyFormat::AsStored) return false;
  const auto known = known_to(type);
  const bool concerns_times = known.time_zone && !zone_name_.empty();
  const bool concerns_bodies = known.body_format && body_format_ != BodyFormat::AsStored;
  if (concerns_times && !zone_) {
    zone_ = base::TimeZone::named(zone_name_);
    if (!zone_) {
      throw http::Error(400, "TimeZoneNotSupportedException",
                        "A valid TimeZone value must be specified. The following TimeZone value "
                        "is not supported: '" +
                            zone_name_ + "'.");
    }
  }
  has_concerned_bodies_ |= concerns_bodies;
  return concerns_times || concerns_bodies;
}

void OutlookPreferences::apply(json::object& entity, const model::StructuredType& type) const {
  const auto known = known_to(type);
  if (known.time_zone && zone_) apply_time_zone(entity, type);
  if (known.body_format && body_format_ != BodyFormat::AsStored) apply_body_format(entity, type);
}

void OutlookPreferences::apply_time_zone(json::object& entity,
                                         const model::StructuredType& type) const {
  const auto* all_day = entity.if_contains("isAllDay");
  const bool is_all_day = all_day && all_day->is_bool() && all_day->get_bool();
  for_each_value(entity, type, kDateTimeTimeZone, [&](json::object& value) {
    // A day is from midnight to midnight in every zone, as the service has it.
    if (is_all_day && value.contains("timeZone")) {
      value["timeZone"] = zone_name_;
    } else {
      move_to(value, *zone_, zone_name_);
    }
  });
}

void OutlookPreferences::apply_body_format(json::object& entity,
                                           const model::StructuredType& type) const {
  const bool wants_text = body_format_ == BodyFormat::Text;
  for_each_value(entity, type, kItemBody, [&](json::object& body) {
    const auto* content = body.if_contains("content");
    if (!content || !base::is_string(*content)) return;
    const bool is_html =
        base::equals_ignoring_case(base::text_of(body.if_contains("contentType")), "html");
    if (is_html == !wants_text) return;
    const std::string_view old = content->get_string();
    auto converted = wants_text ? base::html_to_text(old) : base::text_to_html(old);
    body["content"] = std::move(converted);
    body["contentType"] = wants_text ? "text" : "html";
  });
}

std::string OutlookPreferences::applied() const {
  std::string text;
  if (zone_) text = "outlook.timezone=\"" + zone_name_ + "\"";
  if (has_concerned_bodies_) {
    if (!text.empty()) text += ", ";
    text += "outlook.body-content-type=\"";
    text += body_format_ == BodyFormat::Text ? "text\"" : "html\"";
  }
  return text;
}

}  // namespace graphmock::graph
