// The parts of the query language that stand within others, each taken from where a cursor is up to
// where it ends. For the parsers among themselves; others use expr_parser.h and query.h.
#pragma once

#include "odata/cursor.h"
#include "odata/query.h"

namespace graphmock::odata {

ExprPtr take_expression(Cursor& cursor);
SearchPtr take_search(Cursor& cursor);
std::vector<OrderItem> take_orderby(Cursor& cursor);
std::vector<ComputeItem> take_compute(Cursor& cursor);
SequencePtr take_apply(Cursor& cursor);
// "as NAME" behind a blank.
std::string take_as(Cursor& cursor);
uint64_t take_count_of(Cursor& cursor);
// What stands behind "name=" of a system option, by its name without '$' in lower case. Blanks
// around it may be there. A parser of its own for each that has a grammar, a text for the others.
void take_option(Cursor& cursor, std::string_view name, Query& query);

}  // namespace graphmock::odata
