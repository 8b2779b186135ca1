#include "odata/function_call.h"

#include "base/work_budget.h"
#include "http/error.h"
#include "odata/compare.h"
#include "odata/text_case.h"

namespace graphmock::odata {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kDay = 86'400;

}  // namespace

void FunctionCall::wrong(std::string_view expected) const {
  throw http::Error(
      400, "", "The function '" + std::string(name) + "' takes " + std::string(expected) + ".");
}

const std::string& FunctionCall::text(size_t i) const {
  if (const auto* value = at(i).get<Text>()) return value->text;
  if (const auto* value = at(i).get<EnumValue>()) return value->text;
  wrong("a string where " + at(i).type_name() + " is given");
}

std::string FunctionCall::folded(size_t i) const {
  const auto& given = text(i);
  if (rules.ignore_case) return to_lower(given);
  base::charge_copy(given.size());
  return given;
}

int64_t FunctionCall::whole(size_t i) const {
  if (const auto* value = at(i).get<int64_t>()) return *value;
  wrong("a whole number where " + at(i).type_name() + " is given");
}

Moment FunctionCall::moment(size_t i) const {
  if (const auto* value = at(i).get<Moment>()) return *value;
  if (const auto* value = at(i).get<Date>()) return {value->days * kDay, 0, 0};
  if (const auto* value = at(i).get<Text>()) {
    if (const auto read = moment_of(value->text)) return *read;
  }
  wrong("a date and time such as 2026-01-31T12:00:00Z where " + at(i).type_name() + " is given");
}

int64_t FunctionCall::time_of_day(size_t i) const {
  if (const auto* value = at(i).get<TimeOfDay>()) return value->nanoseconds;
  if (const auto* value = at(i).get<Text>()) {
    if (const auto read = parse_time_of_day(value->text)) return *read;
  }
  const auto value = moment(i);
  const auto local = value.seconds + value.offset_minutes * 60;
  return ((local % kDay + kDay) % kDay) * kBillion + value.nanoseconds;
}

CivilDate FunctionCall::date(size_t i) const {
  const auto value = moment(i);
  const auto local = value.seconds + value.offset_minutes * 60;
  return date_of(local / kDay - (local % kDay < 0 ? 1 : 0));
}

int64_t FunctionCall::duration(size_t i) const {
  if (const auto* value = at(i).get<Duration>()) return value->nanoseconds;
  if (const auto* value = at(i).get<Text>()) {
    if (const auto read = parse_duration(value->text)) return *read;
  }
  wrong("a duration such as duration'PT1H' where " + at(i).type_name() + " is given");
}

bool FunctionCall::is_equal(const Value& a, const Value& b) const {
  return odata::is_equal(a, b, rules.ignore_case);
}

}  // namespace graphmock::odata
