// Graph for web pages: the service lets a page of any origin read its answers (CORS). The control
// plane does not.
#pragma once

#include "http/message.h"

namespace graphmock::app {

// A browser's question whether it may send the request that a page wants to.
bool is_preflight(const http::Request& request);
http::Response preflight_answer(const http::Request& request);

// Adds to an answer, of an error too, what lets a page read it when it was a page that asked.
void share_with_pages(const http::Request& request, http::Response& response);

}  // namespace graphmock::app
