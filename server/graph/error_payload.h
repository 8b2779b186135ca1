// Errors as Graph writes them: one JSON shape, and codes that differ by the family of the type
// that is addressed.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "facts/type_facts.h"
#include "http/error.h"
#include "http/message.h"

namespace graphmock::graph {

// The code that the family has for an HTTP status, for errors that come without one.
std::string_view code_for(facts::Family family, int status);

struct ErrorIdentity {
  std::string_view request_id;
  std::string_view client_request_id;
  base::Instant now;
};

http::Response error_response(const http::Error& error, facts::Family family,
                              const ErrorIdentity& identity);

}  // namespace graphmock::graph
