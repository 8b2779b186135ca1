// How the program ends once it is told to.
#pragma once

#include "http/server.h"

namespace graphmock::app {

// Stops the server and returns, or ends the process itself, with 0 and a word to standard error:
// when a request is still being carried out after the grace, which needs all that returning would
// destroy. A second SIGINT or SIGTERM ends it at once, as signals do (128 and its number).
void stop_or_leave(http::Server& server);

}  // namespace graphmock::app
