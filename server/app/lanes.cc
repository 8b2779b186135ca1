#include "app/lanes.h"

namespace graphmock::app {

http::Lane lane_of(const http::Request& request) {
  const http::Target& target = request.target;
  if (target.plane() != http::Plane::Control) return http::Lane::Ordinary;
  const bool is_health = target.segments().size() == 1 && target.segments()[0] == "health";
  return is_health ? http::Lane::Health : http::Lane::Control;
}

}  // namespace graphmock::app
