// What a client prefers of Outlook's items: the time zone of their times and the format of their
// bodies (reference, "Get event", "Get message": request headers).
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_zone.h"
#include "graph/call.h"

namespace graphmock::graph {

class OutlookPreferences {
 public:
  explicit OutlookPreferences(const http::Request& request);

  // Whether one that is given means something for entities of the type. Throws http::Error (400)
  // where it is a time zone that is not known.
  bool concern(const model::StructuredType& type);

  // For an entity of a type that they concern.
  void apply(boost::json::object& entity, const model::StructuredType& type) const;

  // What has concerned a type so far, as Preference-Applied says it; may be empty.
  std::string applied() const;

 private:
  enum class BodyFormat { AsStored, Text, Html };

  void apply_time_zone(boost::json::object& entity, const model::StructuredType& type) const;
  void apply_body_format(boost::json::object& entity, const model::StructuredType& type) const;

  std::string zone_name_;
  std::optional<base::TimeZone> zone_;  // once it has concerned a type
  BodyFormat body_format_ = BodyFormat::AsStored;
  bool has_concerned_bodies_ = false;
};

}  // namespace graphmock::graph
