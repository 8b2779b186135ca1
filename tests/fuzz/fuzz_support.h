// What the fuzz targets share.
#pragma once

#include "model/model.h"

namespace graphmock::fuzz {

// Ends the program when it does not hold, which is how a target tells of a defect.
void expect(bool holds);

// That of v1.0, read once.
const model::Model& shipped_model();

}  // namespace graphmock::fuzz
