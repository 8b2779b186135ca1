// A request's JSON body, checked before anything looks at it, and problems with it as errors.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/message.h"
#include "model/conform.h"

namespace graphmock::graph {

// Whether a Content-Type is "application/json", whatever its parameters.
bool is_json(std::string_view content_type);

// Throws http::Error: 415 when the content is not JSON by its type, 400 when it is no JSON object.
boost::json::object read_body(const http::Request& request);

// Any JSON. Throws http::Error (400) with line and column of what is wrong.
boost::json::value parse_body(std::string_view text, base::JsonSyntax syntax);

// 400 with the first problem's message, every problem a detail. `problems` must not be empty.
[[noreturn]] void throw_problems(const std::vector<model::Problem>& problems);

}  // namespace graphmock::graph
