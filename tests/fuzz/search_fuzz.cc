// Any bytes for a $search: refused with a SyntaxError, or printed so that it reads back to the same
// print, and looked for in an entity.
#include <cstdint>
#include <string_view>

#include "fuzz_support.h"
#include "graph/search.h"
#include "odata/expr_parser.h"
#include "support/people.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto search = odata::parse_search(text);
    const auto print = odata::to_string(*search);
    fuzz::expect(odata::to_string(*odata::parse_search(print)) == print);
    graph::found(*search, support::a_person().get_object());
  } catch (const odata::SyntaxError& error) {
    fuzz::expect(error.position <= text.size());
  }
  return 0;
}
