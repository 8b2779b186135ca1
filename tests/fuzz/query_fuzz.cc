// Any bytes for the query of a URL: taken apart into options and expressions, whose print reads
// back to the same print, and checked against a type, or refused with an http::Error: 400, or 501
// for a transformation that is the standard's alone.
#include <cstdint>
#include <string>

#include "fuzz_support.h"
#include "graph/apply/plan.h"
#include "http/error.h"
#include "http/url.h"
#include "odata/apply.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "odata/query.h"

namespace graphmock::fuzz {
namespace {

void check(const odata::ExprPtr& expression) {
  if (!expression) return;
  const auto print = odata::to_string(*expression);
  expect(odata::to_string(*odata::parse_expression(print)) == print);
  try {
    odata::check_names(*expression, shipped_model(),
                       *shipped_model().structured_type("microsoft.graph.user"));
  } catch (const http::Error& error) {
    expect(error.status == 400);
  }
}

void check_apply(const odata::Query& query) {
  const auto print = odata::to_string(*query.apply);
  expect(odata::to_string(*odata::parse_apply(print)) == print);
  try {
    const graph::Plan plan(query, shipped_model(),
                           *shipped_model().structured_type("microsoft.graph.user"));
    expect(!plan.has_results() || !plan.properties().empty());
  } catch (const http::Error& error) {
    expect(error.status == 400 || error.status == 501);
  }
}

void check(const odata::Query& query) {
  if (query.apply) check_apply(query);
  check(query.filter);
  for (const auto& item : query.orderby) check(item.expression);
  for (const auto& item : query.compute) check(item.expression);
  for (const auto& item : query.expand) {
    expect(!item.path.empty());
    if (item.options) check(*item.options);
  }
  for (const auto& item : query.select) expect(!item.path.empty());
  if (query.search) {
    const auto print = odata::to_string(*query.search);
    expect(odata::to_string(*odata::parse_search(print)) == print);
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string target = "/?" + std::string(reinterpret_cast<const char*>(data), size);
  try {
    fuzz::check(odata::parse_query(http::parse_target(target).query));
  } catch (const http::Error& error) {
    fuzz::expect(error.status == 400 || error.status == 501);
  }
  return 0;
}
