// Any sequence of requests (app_script.h) for a whole server, from their framing on, with tokens
// asked for and without: nothing is thrown, no answer is a 500, what is JSON can be read, what was
// created is there, and the state that is left can be read and put back.
#include <cstdint>
#include <string_view>

#include "app_client.h"
#include "app_script.h"

namespace graphmock::fuzz {
namespace {

constexpr size_t kMostRequests = 40;

void play(std::string_view text) {
  const auto script = read_script(text);
  if (script.requests.size() > kMostRequests) return;
  Client client(script.setup);
  for (const auto request : script.requests) client.send(on_the_wire(request, client.given()));
  client.check_states();
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  graphmock::fuzz::play({reinterpret_cast<const char*>(data), size});
  return 0;
}
