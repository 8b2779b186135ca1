// Any bytes for a bearer token: never one that the key has signed, and claims that are text or
// nothing.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "auth/signing_key.h"
#include "auth/token_claims.h"
#include "base/text.h"
#include "fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  static const auth::SigningKey key;
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  fuzz::expect(!key.verify(token));
  const auto header = "Bearer " + std::string(token);
  http::Request request;
  request.headers.add("Authorization", header);
  const auto claims = auth::claims_of(request);
  fuzz::expect(base::is_valid_utf8(claims->tenant) && base::is_valid_utf8(claims->user));
  return 0;
}
