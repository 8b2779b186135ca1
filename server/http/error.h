// The one exception for a request that cannot be served as asked. Thrown anywhere between the
// wire and the store; rendered as JSON in two places only, graph and admin.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "http/fields.h"

namespace graphmock::http {

struct ErrorDetail {
  std::string code;
  std::string target;  // the property or header that is wrong; may be empty
  std::string message;
};

struct Error : std::exception {
  Error(int http_status, std::string error_code, std::string error_message,
        std::vector<ErrorDetail> error_details = {})
      : status(http_status),
        code(std::move(error_code)),
        message(std::move(error_message)),
        details(std::move(error_details)) {}

  const char* what() const noexcept override { return message.c_str(); }

  int status;
  std::string code;  // empty: the code that the addressed type's family has for the status
  std::string message;
  std::vector<ErrorDetail> details;
  Fields headers;  // for the answer: Allow, Retry-After
  // More work than a request may make: the family of the addressed type has the status for it, too.
  bool is_too_much_work = false;
};

// For what was thrown on the way and is no answer to a client: a defect, or no memory.
inline Error failure(const std::exception& exception) {
  return Error(500, "",
               std::string("graphmock failed: ") + exception.what() +
                   ". That is a defect of its own; please report it.");
}

// For what the server cannot do yet: 501, the feature named.
inline Error not_implemented(std::string feature) {
  return Error(501, "NotImplemented", "graphmock does not implement " + std::move(feature) + ".");
}

}  // namespace graphmock::http
