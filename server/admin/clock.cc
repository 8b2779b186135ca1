#include "admin/clock.h"

#include "base/json.h"
#include "http/error.h"
#include "odata/temporal.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

[[noreturn]] void refuse(const std::string& what) {
  throw http::Error(400, "BadRequest",
                    what +
                        " The clock takes \"now\", a date with time and offset, \"advance\", a "
                        "duration such as \"PT1H\", and \"frozen\", true or false.");
}

base::Instant instant_of(const json::value& value) {
  const auto moment = odata::parse_moment(base::text_of(&value));
  if (!moment) refuse("'now' is " + base::to_json(value) + ", which is no date with time.");
  return base::Instant(std::chrono::seconds(moment->seconds) +
                       milliseconds(moment->nanoseconds / 1'000'000));
}

milliseconds duration_of(const json::value& value) {
  const auto duration = odata::parse_duration(base::text_of(&value));
  if (!duration) refuse("'advance' is " + base::to_json(value) + ", which is no duration.");
  return std::chrono::duration_cast<milliseconds>(nanoseconds(*duration));
}

tenant::TenantClock::Change change_of(const json::object& body) {
  tenant::TenantClock::Change change;
  for (const auto& [name, value] : body) {
    if (name == "now") {
      change.now = instant_of(value);
    } else if (name == "advance") {
      change.advance = duration_of(value);
    } else if (name == "frozen" && value.is_bool()) {
      change.frozen = value.get_bool();
    } else {
      refuse("'" + std::string(name) + "': " + base::to_json(value) + " is not understood.");
    }
  }
  if (body.empty()) refuse("The body asks for nothing.");
  return change;
}

json::value clock_json(const tenant::TenantClock& clock) {
  return json::object{{"now", base::to_iso8601(clock.now())},
                      {"frozen", clock.setting().frozen.has_value()}};
}

}  // namespace

http::Response get_clock(const AdminCall& call) {
  return answer(clock_json(call.tenant_to_read()->clock()));
}

http::Response put_clock(const AdminCall& call) {
  const auto change = change_of(call.body());
  json::value last;
  call.change_each_tenant([&](const std::string&, const tenant::TenantPtr& tenant) {
    if (!tenant->clock().change(change)) refuse("Times lie between the years 1 and 9999.");
    last = clock_json(tenant->clock());
  });
  return last.is_null() ? no_content() : answer(last);
}

}  // namespace graphmock::admin
