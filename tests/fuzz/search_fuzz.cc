// Any bytes for a $search: refused with a SyntaxError, or printed so that it reads back to the same
// print, and asked of an item in the dialects of several types.
#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "fuzz_support.h"
#include "graph/search.h"
#include "http/error.h"
#include "odata/expr_parser.h"
#include "support/people.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto search = odata::parse_search(text);
    const auto print = odata::to_string(*search);
    fuzz::expect(odata::to_string(*odata::parse_search(print)) == print);
    static const auto person = base::to_json(support::a_person());
    const auto& model = fuzz::shipped_model();
    for (const auto* type :
         {"microsoft.graph.user", "microsoft.graph.message", "microsoft.graph.event"}) {
      try {
        graph::ItemSearch(*search, model, *model.structured_type(type)).finds(person);
      } catch (const http::Error& error) {
        fuzz::expect(error.status == 400 || error.status == 501);
      }
    }
  } catch (const odata::SyntaxError& error) {
    fuzz::expect(error.position <= text.size());
  }
  return 0;
}
