#include "odata/functions.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace graphmock::odata {
namespace {

constexpr std::string_view kBoolean = "Edm.Boolean";
constexpr std::string_view kString = "Edm.String";
constexpr std::string_view kInt32 = "Edm.Int32";
constexpr std::string_view kDecimal = "Edm.Decimal";
constexpr std::string_view kDouble = "Edm.Double";
constexpr std::string_view kMoment = "Edm.DateTimeOffset";
constexpr std::string_view kOfFirst = "";

constexpr std::array kFunctions{
    Function{"ceiling", 1, 1, "n", kOfFirst, ceiling},
    Function{"concat", 2, 2, "ss|cc", kOfFirst, concat},
    Function{"contains", 2, 2, "ss|cc", kBoolean, contains},
    Function{"date", 1, 1, "m|d", "Edm.Date", date},
    Function{"day", 1, 1, "d|m", kInt32, day},
    Function{"endswith", 2, 2, "ss|cc", kBoolean, ends_with},
    Function{"floor", 1, 1, "n", kOfFirst, floor},
    Function{"fractionalseconds", 1, 1, "m|t", kDecimal, fractional_seconds},
    Function{"geo.distance", 2, 2, "gg", kDouble, geo_distance},
    Function{"geo.intersects", 2, 2, "gg", kBoolean, geo_intersects},
    Function{"geo.length", 1, 1, "g", kDouble, geo_length},
    Function{"hassubsequence", 2, 2, "cc", kBoolean, has_subsequence},
    Function{"hassubset", 2, 2, "cc", kBoolean, has_subset},
    Function{"hour", 1, 1, "m|t", kInt32, hour},
    Function{"indexof", 2, 2, "ss|cc", kInt32, index_of},
    Function{"length", 1, 1, "s|c", kInt32, length},
    Function{"matchesPattern", 2, 2, "ss", kBoolean, matches_pattern},
    Function{"maxdatetime", 0, 0, "", kMoment, max_date_time},
    Function{"mindatetime", 0, 0, "", kMoment, min_date_time},
    Function{"minute", 1, 1, "m|t", kInt32, minute},
    Function{"month", 1, 1, "d|m", kInt32, month},
    Function{"now", 0, 0, "", kMoment, now},
    Function{"round", 1, 1, "n", kOfFirst, round},
    Function{"second", 1, 1, "m|t", kInt32, second},
    Function{"startswith", 2, 2, "ss|cc", kBoolean, starts_with},
    Function{"substring", 2, 3, "si|sii|ci|cii", kOfFirst, substring},
    Function{"time", 1, 1, "m", "Edm.TimeOfDay", time},
    Function{"tolower", 1, 1, "s", kString, to_lower},
    Function{"totaloffsetminutes", 1, 1, "m", kInt32, total_offset_minutes},
    Function{"totalseconds", 1, 1, "u", kDecimal, total_seconds},
    Function{"toupper", 1, 1, "s", kString, to_upper},
    Function{"trim", 1, 1, "s", kString, trim},
    Function{"year", 1, 1, "d|m", kInt32, year},
};

std::string_view word_of(char parameter) {
  switch (parameter) {
    case 's':
      return "string";
    case 'c':
      return "collection";
    case 'i':
      return "whole number";
    case 'n':
      return "number";
    case 'd':
      return "date";
    case 'm':
      return "date and time";
    case 't':
      return "time of day";
    case 'u':
      return "duration";
    default:
      return "geography";
  }
}

}  // namespace

const Function* function_named(std::string_view name) {
  const auto* found = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const auto& row) {
    return base::equals_ignoring_case(row.name, name);
  });
  return found == kFunctions.end() ? nullptr : &*found;
}

std::string signatures_of(const Function& function) {
  std::string text;
  for (const auto overload : base::split(function.parameters, '|')) {
    text += (text.empty() ? "" : " or ") + std::string(function.name) + "(";
    for (size_t i = 0; i < overload.size(); ++i) {
      text += (i > 0 ? "," : "") + std::string(word_of(overload[i]));
    }
    text += ')';
  }
  return text;
}

std::string_view nearest_function(std::string_view name) {
  std::vector<std::string_view> names{"cast", "isof", "case"};
  for (const auto& function : kFunctions) names.push_back(function.name);
  return base::nearest(name, names).value_or("");
}

}  // namespace graphmock::odata
