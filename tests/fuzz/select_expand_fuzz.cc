// Any bytes for the query of a URL: taken apart into options, $select, $expand, $compute and $apply
// above all, and checked against a type of the shipped model, or refused with an http::Error.
#include <cstdint>
#include <string>

#include "fuzz_support.h"
#include "graph/query_check.h"
#include "graph/selection.h"
#include "http/error.h"
#include "http/url.h"
#include "odata/apply.h"
#include "odata/expr_parser.h"
#include "odata/query.h"

namespace graphmock::fuzz {
namespace {

void check(const odata::Query& query) {
  for (const auto& item : query.expand) {
    expect(!item.path.empty());
    if (item.options) check(*item.options);
  }
  for (const auto& item : query.select) {
    expect(!item.path.empty());
    if (item.options) check(*item.options);
  }
  if (query.apply) {
    const auto print = odata::to_string(*query.apply);
    expect(odata::to_string(*odata::parse_apply(print)) == print);
  }
  for (const auto& item : query.compute) expect(item.expression && !item.name.empty());
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string target = "/?" + std::string(reinterpret_cast<const char*>(data), size);
  try {
    const auto query = odata::parse_query(http::parse_url(target).query);
    fuzz::check(query);
    const auto& model = fuzz::shipped_model();
    const auto& user = *model.structured_type("microsoft.graph.user");
    graph::check_query(query, model, user);
    graph::Selection::of(query, model, user);
  } catch (const http::Error& error) {
    fuzz::expect(error.status == 400 || error.status == 501);
  }
  return 0;
}
