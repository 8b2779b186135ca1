// What the token service says of a request that it refuses (RFC 6749 5.2), with the numbers that
// Entra ID has for it: "AADSTS50034".
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "http/message.h"
#include "issuer/call.h"

namespace graphmock::issuer {

struct OAuthError : std::exception {
  OAuthError(std::string error_code, int aadsts_number, std::string error_message)
      : code(std::move(error_code)), number(aadsts_number), message(std::move(error_message)) {}

  const char* what() const noexcept override { return message.c_str(); }
  std::string description() const { return "AADSTS" + std::to_string(number) + ": " + message; }

  std::string code;  // "invalid_grant"
  int number;
  std::string message;
};

// With the status of such a code: 401 for a client that is not who it says, else 400.
http::Response error_answer(const Call& call, const OAuthError& error);

}  // namespace graphmock::issuer
