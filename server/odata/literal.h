// The primitive literals of OData's ABNF: what a text begins with, and how far it goes. For the
// parsers; what a literal is worth, the evaluator says.
#pragma once

#include <optional>
#include <string_view>

#include "odata/expr.h"

namespace graphmock::odata {

struct LiteralMatch {
  Literal literal;
  size_t length = 0;  // in bytes
};

// The literal that the text begins with, as in URLs; nothing when there is none or something else
// goes on behind it ("12ab", "2012-13-01").
std::optional<LiteralMatch> literal_at(std::string_view text);

// Each says how many bytes of that kind the text begins with, 0 for none. These are the values
// within literals and in JSON: "PT1H", not "duration'PT1H'".
size_t identifier_length(std::string_view text);      // at most 128 characters
size_t qualified_name_length(std::string_view text);  // identifiers with dots between them
size_t guid_length(std::string_view text);
size_t date_length(std::string_view text);
size_t time_of_day_length(std::string_view text);
size_t date_time_offset_length(std::string_view text);
size_t duration_length(std::string_view text);
size_t number_length(std::string_view text);        // INF, -INF and NaN too
size_t base64_length(std::string_view text);        // of base64url; nothing is a value as well
size_t enum_members_length(std::string_view text);  // "Solid,Yellow,-42"
size_t geo_length(std::string_view text);           // "SRID=0;Point(142.1 64.1)"

bool is_identifier_start(char c);
bool is_identifier_character(char c);

}  // namespace graphmock::odata
