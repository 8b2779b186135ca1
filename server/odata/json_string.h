// A string of JSON within an expression (ABNF: stringInUrl).
#pragma once

#include <string>

#include "odata/cursor.h"

namespace graphmock::odata {

// The quote is next. Gives what the string holds, in UTF-8, its escapes resolved.
std::string take_json_string(Cursor& cursor);

}  // namespace graphmock::odata
