#include "odata/arithmetic.h"

#include <cmath>
#include <limits>

#include "http/error.h"

namespace graphmock::odata {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kDay = 86'400;

[[noreturn]] void bad(std::string message) {
  throw http::Error(400, "", std::move(message));
}

[[noreturn]] void out_of_range(std::string_view name) {
  bad("The result of '" + std::string(name) + "' is out of range.");
}

[[noreturn]] void wrong_operands(std::string_view name, const Value& a, const Value& b) {
  bad("'" + std::string(name) + "' does not take " + a.type_name() + " and " + b.type_name() +
      ". It takes numbers, durations, and dates with durations.");
}

[[noreturn]] void divided_by_zero() {
  bad("A number is divided by zero. 'divby' and numbers of type Edm.Double give INF for that.");
}

int64_t whole_result(std::string_view name, int64_t a, int64_t b) {
  int64_t result = 0;
  bool overflows = false;
  if (name == "add") overflows = __builtin_add_overflow(a, b, &result);
  if (name == "sub") overflows = __builtin_sub_overflow(a, b, &result);
  if (name == "mul") overflows = __builtin_mul_overflow(a, b, &result);
  if (name == "div" || name == "mod") {
    if (b == 0) divided_by_zero();
    const bool is_least = a == INT64_MIN && b == -1;
    overflows = is_least && name == "div";
    if (!is_least) result = name == "div" ? a / b : a % b;
  }
  if (overflows) out_of_range(name);
  return result;
}

Value real_result(std::string_view name, double a, double b) {
  if (name == "add") return {a + b};
  if (name == "sub") return {a - b};
  if (name == "mul") return {a * b};
  if (name != "mod") return {a / b};
  if (b == 0) divided_by_zero();
  return {std::fmod(a, b)};
}

Value exact_result(std::string_view name, const Decimal& a, const Decimal& b) {
  std::optional<Decimal> result;
  if (name == "add") {
    result = add(a, b);
  } else if (name == "sub") {
    result = add(a, b.negated());
  } else if (name == "mul") {
    result = multiply(a, b);
  } else if (b.sign() != 0) {
    result = name == "mod" ? remainder(a, b) : divide(a, b);
  } else if (name == "divby") {  // it does not fail (URL 5.1.1.2.5)
    if (a.sign() == 0) return {std::numeric_limits<double>::quiet_NaN()};
    return {a.sign() * std::numeric_limits<double>::infinity()};
  } else {
    divided_by_zero();
  }
  if (!result) out_of_range(name);
  return {*std::move(result)};
}

// URL 5.1.1.18: Double before Decimal before integers.
Value number_result(std::string_view name, const Value& a, const Value& b) {
  if (a.get<double>() || b.get<double>()) return real_result(name, *a.number(), *b.number());
  const auto* whole_a = a.get<int64_t>();
  const auto* whole_b = b.get<int64_t>();
  if (whole_a && whole_b && name != "divby") return {whole_result(name, *whole_a, *whole_b)};
  return exact_result(name, *a.decimal(), *b.decimal());
}

// A duration many times, or a part of one.
Value duration_result(std::string_view name, int64_t nanoseconds, const Value& number) {
  const auto result =
      number_result(name == "div" ? "divby" : name, {Decimal::of(nanoseconds)}, number);
  if (const auto* exact = result.get<Decimal>()) {
    if (const auto whole = exact->to_int64()) return {Duration{*whole}};
  }
  constexpr double kLimit = 9.2e18;
  const auto* real = result.get<double>();
  if (real && std::abs(*real) < kLimit) return {Duration{static_cast<int64_t>(*real)}};
  out_of_range(name);
}

Moment moved(const Moment& moment, int64_t nanoseconds) {
  int64_t seconds = nanoseconds / kBillion;
  int64_t fine = nanoseconds % kBillion + moment.nanoseconds;
  if (fine < 0) {
    fine += kBillion;
    --seconds;
  }
  return {moment.seconds + seconds + fine / kBillion, static_cast<int32_t>(fine % kBillion),
          moment.offset_minutes};
}

Value difference(const Moment& a, const Moment& b) {
  const auto seconds = whole_result("mul", a.seconds - b.seconds, kBillion);
  return {Duration{whole_result("add", seconds, a.nanoseconds - b.nanoseconds)}};
}

int64_t opposite(std::string_view name, int64_t value) {
  if (value == INT64_MIN) out_of_range(name);
  return -value;
}

}  // namespace

Value calculate(std::string_view name, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return number_result(name, a, b);
  const auto* duration_a = a.get<Duration>();
  const auto* duration_b = b.get<Duration>();
  const bool is_part = name == "div" || name == "divby";
  if (duration_a && b.is_number() && (name == "mul" || is_part)) {
    return duration_result(name, duration_a->nanoseconds, b);
  }
  if (duration_b && a.is_number() && name == "mul") return calculate(name, b, a);
  const bool is_difference = name == "sub";
  if (name != "add" && !is_difference) wrong_operands(name, a, b);
  if (duration_a && duration_b) {
    return {Duration{whole_result(name, duration_a->nanoseconds, duration_b->nanoseconds)}};
  }
  const auto* moment = a.get<Moment>();
  const auto* date = a.get<Date>();
  if (duration_b && (moment || date)) {
    const auto by =
        is_difference ? opposite(name, duration_b->nanoseconds) : duration_b->nanoseconds;
    if (moment) return {moved(*moment, by)};
    // As if it were midnight, and the time taken away again (URL 5.1.1.2.1).
    const auto end = moved({date->days * kDay, 0, 0}, by).seconds;
    return {Date{end / kDay - (end % kDay < 0 ? 1 : 0)}};
  }
  if (is_difference && moment && b.get<Moment>()) return difference(*moment, *b.get<Moment>());
  if (is_difference && date && b.get<Date>()) {
    return difference({date->days * kDay, 0, 0}, {b.get<Date>()->days * kDay, 0, 0});
  }
  wrong_operands(name, a, b);
}

Value negated(const Value& value) {
  if (const auto* whole = value.get<int64_t>()) return {opposite("-", *whole)};
  if (const auto* exact = value.get<Decimal>()) return {exact->negated()};
  if (const auto* real = value.get<double>()) return {-*real};
  if (const auto* duration = value.get<Duration>()) {
    return {Duration{opposite("-", duration->nanoseconds)}};
  }
  bad("'-' takes a number or a duration, and no " + value.type_name() + ".");
}

}  // namespace graphmock::odata
