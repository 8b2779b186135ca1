// Functions of dates and times (URL 5.1.1.8), evaluated in the value's own offset.
#include <string>

#include "odata/function_call.h"
#include "odata/functions.h"

namespace graphmock::odata {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kDay = 86'400;

Value seconds_of(int64_t nanoseconds) {
  return {*divide(Decimal::of(nanoseconds), Decimal::of(kBillion))};
}

}  // namespace

Value year(const FunctionCall& call) {
  return {call.date(0).year};
}

Value month(const FunctionCall& call) {
  return {int64_t{call.date(0).month}};
}

Value day(const FunctionCall& call) {
  return {int64_t{call.date(0).day}};
}

Value hour(const FunctionCall& call) {
  return {call.time_of_day(0) / kBillion / 3600};
}

Value minute(const FunctionCall& call) {
  return {call.time_of_day(0) / kBillion / 60 % 60};
}

Value second(const FunctionCall& call) {
  return {call.time_of_day(0) / kBillion % 60};
}

Value fractional_seconds(const FunctionCall& call) {
  return seconds_of(call.time_of_day(0) % kBillion);
}

Value date(const FunctionCall& call) {
  return {Date{days_of(call.date(0))}};
}

Value time(const FunctionCall& call) {
  return {TimeOfDay{call.time_of_day(0)}};
}

Value total_offset_minutes(const FunctionCall& call) {
  return {int64_t{call.moment(0).offset_minutes}};
}

Value total_seconds(const FunctionCall& call) {
  return seconds_of(call.duration(0));
}

Value now(const FunctionCall& call) {
  const auto milliseconds = call.rules.now.time_since_epoch().count();
  const auto seconds = milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0);
  return {Moment{seconds, static_cast<int32_t>((milliseconds - seconds * 1000) * 1'000'000), 0}};
}

Value min_date_time(const FunctionCall&) {
  return {Moment{days_of({1, 1, 1}) * kDay, 0, 0}};
}

Value max_date_time(const FunctionCall&) {
  return {Moment{days_of({9999, 12, 31}) * kDay + kDay - 1, 999'999'999, 0}};
}

}  // namespace graphmock::odata
