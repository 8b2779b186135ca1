// The answer to what would be stored and has no room (507).
#pragma once

#include "http/error.h"

namespace graphmock::http {

// Its code is by family, its words say what makes room.
Error insufficient_storage();

}  // namespace graphmock::http
