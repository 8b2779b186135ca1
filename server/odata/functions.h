// The built-in functions of expressions (URL 5.1.1.5 and on): their names and how many arguments
// they take. For the parser; what they do, the evaluator says.
#pragma once

#include <string_view>

namespace graphmock::odata {

struct BuiltIn {
  std::string_view name;
  size_t least, most;  // arguments
};

// By a name in any case; null for none. cast, isof and case are not among them: their arguments
// have a grammar of their own.
const BuiltIn* built_in(std::string_view name);

}  // namespace graphmock::odata
