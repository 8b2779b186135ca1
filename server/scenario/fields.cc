#include "scenario/fields.h"

#include <algorithm>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::scenario {
namespace {

namespace json = base::json;

std::string expected(std::string_view what, const json::value& value) {
  return "expected " + std::string(what) + ", found " + std::string(base::kind_name(value));
}

// 0.5 as "0.5", 3600000 as "3600000".
std::string shown(double number) {
  return base::to_json(number == static_cast<double>(static_cast<int64_t>(number))
                           ? json::value(static_cast<int64_t>(number))
                           : json::value(number));
}

}  // namespace

void Fields::problem(const std::string& pointer, std::string what) {
  if (++count_ > kMost) return;
  if (count_ == kMost) what = "and more problems from here on";
  errors_.push_back({file_, base::line_of(text_, pointer), std::move(what)});
}

void Fields::read(const json::value& value, const std::string& pointer, Known known) {
  const auto* members = object(value, pointer);
  if (!members) return;
  for (const auto& member : *members) {
    const std::string_view name = member.key();
    const auto place = base::pointer_child(pointer, name);
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& one) { return one.first == name; });
    if (found != known.end()) {
      found->second(member.value(), place);
      continue;
    }
    std::vector<std::string_view> names;
    for (const auto& one : known) names.push_back(one.first);
    auto what = "unknown field '" + std::string(name) + "'";
    if (const auto near = base::nearest(name, names)) {
      what += "; did you mean '" + std::string(*near) + "'?";
    }
    problem(place, std::move(what));
  }
}

const json::object* Fields::object(const json::value& value, const std::string& pointer) {
  if (!value.is_object()) problem(pointer, expected("an object", value));
  return value.if_object();
}

std::string Fields::string(const json::value& value, const std::string& pointer) {
  if (base::is_string(value)) return std::string(std::string_view(value.get_string()));
  problem(pointer, expected("a string", value));
  return {};
}

int64_t Fields::integer(const json::value& value, const std::string& pointer, int64_t low,
                        int64_t high) {
  const auto* number = value.if_int64();
  if (number && *number >= low && *number <= high) return *number;
  problem(pointer,
          "expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return low;
}

double Fields::number(const json::value& value, const std::string& pointer, double low,
                      double high) {
  const auto number =
      base::is_number(value) ? base::number_as_double(value) : std::optional<double>();
  if (number && *number >= low && *number <= high) return *number;
  problem(pointer, "expected a number from " + shown(low) + " to " + shown(high));
  return low;
}

bool Fields::boolean(const json::value& value, const std::string& pointer) {
  if (!value.is_bool()) problem(pointer, expected("true or false", value));
  return value.is_bool() && value.get_bool();
}

}  // namespace graphmock::scenario
