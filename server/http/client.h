// A client that asks for one URL, for `graphmock health`. Plain http only.
#pragma once

#include <chrono>
#include <string>

#include "http/message.h"

namespace graphmock::http {

// GETs "http://host:port/path"; any status is an answer. Throws std::runtime_error, with a message
// for the user, when the URL is no such URL or when no answer came. `timeout` is for each of
// connecting, sending and receiving.
Response get(const std::string& url, std::chrono::milliseconds timeout);

}  // namespace graphmock::http
