#include "base/json_difference.h"

#include <boost/json/object.hpp>
#include <map>

#include "base/json.h"

namespace graphmock::base {
namespace {

// Depth is that of the objects, which the parser bounds.
void compare(const json::object& from, const json::object& to, const std::string& pointer,
             const VisitChange& visit) {
  std::map<std::string_view, std::pair<const json::value*, const json::value*>> members;
  for (const auto& member : from) members[member.key()].first = &member.value();
  for (const auto& member : to) members[member.key()].second = &member.value();
  for (const auto& [name, values] : members) {
    const auto [before, after] = values;
    if (before && after && *before == *after) continue;
    const auto here = pointer_child(pointer, name);
    if (before && after && before->is_object() && after->is_object()) {
      compare(before->get_object(), after->get_object(), here, visit);
    } else {
      visit(here, before, after);
    }
  }
}

}  // namespace

void for_each_change(const json::object& from, const json::object& to, const VisitChange& visit) {
  compare(from, to, "", visit);
}

}  // namespace graphmock::base
