// Functions of numbers (URL 5.1.1.9); each gives a number of the kind that it takes.
#include <cmath>

#include "odata/function_call.h"
#include "odata/functions.h"

namespace graphmock::odata {
namespace {

Value rounded(const FunctionCall& call, Decimal::Rounding rounding,
              double (*round_double)(double)) {
  const auto& value = call.at(0);
  if (const auto* exact = value.get<Decimal>()) return {exact->rounded(rounding)};
  if (const auto* real = value.get<double>()) return {round_double(*real)};
  if (value.get<int64_t>()) return value;
  call.wrong("a number where " + value.type_name() + " is given");
}

}  // namespace

Value ceiling(const FunctionCall& call) {
  return rounded(call, Decimal::Rounding::Up, std::ceil);
}

Value floor(const FunctionCall& call) {
  return rounded(call, Decimal::Rounding::Down, std::floor);
}

Value round(const FunctionCall& call) {
  return rounded(call, Decimal::Rounding::HalfAwayFromZero, std::round);
}

}  // namespace graphmock::odata
