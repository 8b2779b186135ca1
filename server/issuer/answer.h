// Answers of the token service.
#pragma once

#include <boost/json/fwd.hpp>

#include "http/message.h"

namespace graphmock::issuer {

// Of secrets, so that nobody keeps it (RFC 6749 5.1).
http::Response answer(const boost::json::object& body);
// Of what anybody may know.
http::Response public_answer(const boost::json::object& body);

}  // namespace graphmock::issuer
