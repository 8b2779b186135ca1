// Any bytes for a bearer token: never one that the key has signed, and claims that are text or
// nothing. Then the same bytes as what a token says, signed: the header up to the first line's end,
// the claims behind it. The gate takes it or says in text what is wrong, whatever it is.
#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "auth/gate.h"
#include "auth/token_claims.h"
#include "base/text.h"
#include "fuzz_support.h"
#include "http/error.h"

namespace graphmock::fuzz {
namespace {

using auth::Gate;

const Gate& gate() {
  static const Gate one(true, std::make_shared<auth::SigningKey>(), {});
  return one;
}

http::Request request_with(const std::string& header) {
  http::Request request;
  request.headers.add("Authorization", header);
  return request;
}

std::string signed_as(std::string_view bytes) {
  const auto& key = gate().key();
  const auto end = std::min(bytes.find('\n'), bytes.size());
  std::string header(bytes.substr(0, end));
  if (header.empty()) {
    const auto own = key.sign({});
    header = base::base64url_decode(base::split(own, '.').front()).value_or("");
  }
  const auto claims = bytes.substr(std::min(end + 1, bytes.size()));
  const auto text = base::base64url_encode(header) + "." + base::base64url_encode(claims);
  return text + "." + key.signature_of(text);
}

void check_by_gate(const std::string& token) {
  const auto header = "Bearer " + token;
  const auto request = request_with(header);
  try {
    gate().check_token(request, auth::claims_of(request)->tenant, base::Instant());
    gate().check_permissions(request, nullptr);
  } catch (const http::Error& error) {
    expect(error.status == 401 && base::is_valid_utf8(error.message));
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  fuzz::expect(!fuzz::gate().key().verify(token));
  const auto header = "Bearer " + std::string(token);
  const auto claims = auth::claims_of(fuzz::request_with(header));
  fuzz::expect(base::is_valid_utf8(claims->tenant) && base::is_valid_utf8(claims->user));
  fuzz::check_by_gate(std::string(token));
  fuzz::check_by_gate(fuzz::signed_as(token));
  return 0;
}
