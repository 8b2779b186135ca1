// Any bytes for an expression: refused with a SyntaxError, or printed so that it reads back to the
// same print, checked against a small model and evaluated over an entity of it.
#include <cstdint>
#include <map>
#include <string_view>

#include "fuzz_support.h"
#include "http/error.h"
#include "http/request_budget.h"
#include "odata/check.h"
#include "odata/eval.h"
#include "odata/expr_parser.h"
#include "support/people.h"

namespace graphmock::fuzz {
namespace {

void evaluate(const odata::Expr& expression, bool is_checked) {
  static const std::map<std::string, odata::ExprPtr> aliases{
      {"@p", odata::parse_expression("'x'")}, {"@q", odata::parse_expression("$this")}};
  const auto& model = support::people_model();
  const auto& type = support::people_type("person");
  if (is_checked) odata::check_expression(expression, model, type, {&aliases});
  support::People people;
  constexpr uint64_t kWork = 10'000'000;  // a few are enough here
  const base::WorkBudget budget({kWork, std::chrono::hours(1)}, http::refuse_too_much_work);
  odata::Evaluator evaluator(model, aliases, people, {});
  const auto& person = support::a_person();
  evaluator.value(expression, {&person.get_object(), &type, &person});
}

void check(std::string_view text) {
  const auto expression = odata::parse_expression(text);
  const auto print = odata::to_string(*expression);
  expect(odata::to_string(*odata::parse_expression(print)) == print);
  // Where no model types anything, nothing is checked before it is evaluated.
  for (const bool is_checked : {true, false}) {
    try {
      evaluate(*expression, is_checked);
    } catch (const http::Error& error) {
      expect(error.status == 400 || error.status == 501 || error.is_too_much_work);
    }
  }
}

}  // namespace
}  // namespace graphmock::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace graphmock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    fuzz::check(text);
  } catch (const odata::SyntaxError& error) {
    fuzz::expect(error.position <= text.size());
    odata::caret_line(error, text);
  }
  return 0;
}
