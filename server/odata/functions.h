// The canonical functions of expressions (URL 5.1.1.4 to 5.1.1.11) in one table: how many and what
// arguments they take, what they give, what they do. cast, isof and case are not among them: their
// arguments have a grammar of their own.
#pragma once

#include <string_view>

#include "odata/value.h"

namespace graphmock::odata {

struct FunctionCall;

struct Function {
  std::string_view name;
  size_t least, most;  // arguments
  // The overloads, '|' between them, a letter an argument: s string, c collection, i whole number,
  // n number, d date, m date and time, t time of day, u duration, g geography or geometry.
  std::string_view parameters;
  // "Edm.Int32", or empty: the type of the first argument.
  std::string_view result;
  Value (*run)(const FunctionCall&);
};

// By a name in any case; null for none.
const Function* function_named(std::string_view name);
// "contains(string,string) or contains(collection,collection)", for messages.
std::string signatures_of(const Function& function);
// The name of the function that is nearest, for messages; empty where none is near.
std::string_view nearest_function(std::string_view name);

// What the functions of the table do.
Value concat(const FunctionCall& call);
Value contains(const FunctionCall& call);
Value ends_with(const FunctionCall& call);
Value has_subsequence(const FunctionCall& call);
Value has_subset(const FunctionCall& call);
Value index_of(const FunctionCall& call);
Value length(const FunctionCall& call);
Value matches_pattern(const FunctionCall& call);
Value starts_with(const FunctionCall& call);
Value substring(const FunctionCall& call);
Value to_lower(const FunctionCall& call);
Value to_upper(const FunctionCall& call);
Value trim(const FunctionCall& call);

Value date(const FunctionCall& call);
Value day(const FunctionCall& call);
Value fractional_seconds(const FunctionCall& call);
Value hour(const FunctionCall& call);
Value max_date_time(const FunctionCall& call);
Value min_date_time(const FunctionCall& call);
Value minute(const FunctionCall& call);
Value month(const FunctionCall& call);
Value now(const FunctionCall& call);
Value second(const FunctionCall& call);
Value time(const FunctionCall& call);
Value total_offset_minutes(const FunctionCall& call);
Value total_seconds(const FunctionCall& call);
Value year(const FunctionCall& call);

Value ceiling(const FunctionCall& call);
Value floor(const FunctionCall& call);
Value round(const FunctionCall& call);

Value geo_distance(const FunctionCall& call);
Value geo_intersects(const FunctionCall& call);
Value geo_length(const FunctionCall& call);

}  // namespace graphmock::odata
