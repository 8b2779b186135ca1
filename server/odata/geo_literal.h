// The shapes within geography'...' and geometry'...' literals (ABNF: fullPointLiteral and others).
#pragma once

#include "odata/scanner.h"

namespace graphmock::odata {

// "SRID=0;Point(142.1 64.1)". False when it is none; the scanner is then anywhere in it.
bool take_geo(Scanner& scanner);

}  // namespace graphmock::odata
