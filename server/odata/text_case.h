// Upper and lower case, and white space, of text in any script (Unicode), for functions and
// comparisons of strings. Names of OData are ASCII: for them base/text.h.
#pragma once

#include <string>
#include <string_view>

namespace graphmock::odata {

std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
std::string_view trim_white_space(std::string_view text);

bool starts_with_ignoring_case(std::string_view text, std::string_view beginning);
// Below 0, 0 or above: the order of the two texts in lower case.
int compare_ignoring_case(std::string_view a, std::string_view b);

}  // namespace graphmock::odata
