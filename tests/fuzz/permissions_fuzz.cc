// Any bytes for a list of permissions: refused with a line, or read to one in which paths are
// found.
#include <cstdint>
#include <string_view>

#include "auth/permissions.h"
#include "fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  base::LoadErrors errors;
  const auto permissions = auth::read_permissions("list.json", text, errors);
  for (const auto& error : errors) fuzz::expect(!error.what.empty());
  permissions.names(true);
  for (const auto* method : {"GET", "POST"}) {
    const auto* listed = permissions.find(method, {"users", "1", "messages", "$count"});
    fuzz::expect(!listed || !listed->openings.empty());
  }
  return 0;
}
