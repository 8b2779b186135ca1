// What is different between two JSON objects, member by member.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>

namespace graphmock::base {

namespace json = boost::json;

// Called with a JSON pointer and the values there before and after; null where there is none.
using VisitChange =
    std::function<void(const std::string& pointer, const json::value* from, const json::value* to)>;

// Goes down into objects, in the order of their names; arrays are compared whole.
void for_each_change(const json::object& from, const json::object& to, const VisitChange& visit);

}  // namespace graphmock::base
