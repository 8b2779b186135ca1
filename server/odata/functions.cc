#include "odata/functions.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace graphmock::odata {
namespace {

constexpr std::array kBuiltIns{
    BuiltIn{"ceiling", 1, 1},
    BuiltIn{"concat", 2, 2},
    BuiltIn{"contains", 2, 2},
    BuiltIn{"date", 1, 1},
    BuiltIn{"day", 1, 1},
    BuiltIn{"endswith", 2, 2},
    BuiltIn{"floor", 1, 1},
    BuiltIn{"fractionalseconds", 1, 1},
    BuiltIn{"geo.distance", 2, 2},
    BuiltIn{"geo.intersects", 2, 2},
    BuiltIn{"geo.length", 1, 1},
    BuiltIn{"hassubsequence", 2, 2},
    BuiltIn{"hassubset", 2, 2},
    BuiltIn{"hour", 1, 1},
    BuiltIn{"indexof", 2, 2},
    BuiltIn{"length", 1, 1},
    BuiltIn{"matchesPattern", 2, 2},
    BuiltIn{"maxdatetime", 0, 0},
    BuiltIn{"mindatetime", 0, 0},
    BuiltIn{"minute", 1, 1},
    BuiltIn{"month", 1, 1},
    BuiltIn{"now", 0, 0},
    BuiltIn{"round", 1, 1},
    BuiltIn{"second", 1, 1},
    BuiltIn{"startswith", 2, 2},
    BuiltIn{"substring", 2, 3},
    BuiltIn{"time", 1, 1},
    BuiltIn{"tolower", 1, 1},
    BuiltIn{"totaloffsetminutes", 1, 1},
    BuiltIn{"totalseconds", 1, 1},
    BuiltIn{"toupper", 1, 1},
    BuiltIn{"trim", 1, 1},
    BuiltIn{"year", 1, 1},
};

}  // namespace

const BuiltIn* built_in(std::string_view name) {
  const auto* found = std::find_if(kBuiltIns.begin(), kBuiltIns.end(), [&](const BuiltIn& row) {
    return base::equals_ignoring_case(row.name, name);
  });
  return found == kBuiltIns.end() ? nullptr : &*found;
}

}  // namespace graphmock::odata
