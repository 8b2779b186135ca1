#include "odata/canonical_functions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "http/error.h"

namespace graphmock::odata {
namespace {

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kDay = 86'400;
constexpr size_t kLongestText = 1'000'000;

[[noreturn]] void wrong(std::string_view function, std::string_view expected) {
  throw http::Error(
      400, "", "The function '" + std::string(function) + "' takes " + std::string(expected) + ".");
}

// One call: its name for messages, its arguments, and how strings are compared.
struct Call {
  std::string_view name;
  const Values& arguments;
  const Rules& rules;

  const Value& at(size_t i) const { return arguments[i]; }
  std::string text(size_t i) const {
    if (const auto* value = at(i).get<Text>()) return value->text;
    if (const auto* value = at(i).get<EnumValue>()) return value->text;
    wrong(name, "a string");
  }
  // As it is compared.
  std::string folded(size_t i) const {
    return rules.ignore_case ? base::lower_case(text(i)) : text(i);
  }
  int64_t whole(size_t i) const {
    if (const auto* value = at(i).get<int64_t>()) return *value;
    wrong(name, "a whole number");
  }
  double number(size_t i) const {
    if (const auto value = at(i).number()) return *value;
    wrong(name, "a number");
  }
  Moment moment(size_t i) const {
    if (const auto* value = at(i).get<Moment>()) return *value;
    if (const auto* date = at(i).get<Date>()) return {date->days * kDay, 0, 0};
    if (const auto* value = at(i).get<Text>()) {
      if (const auto read = parse_moment(value->text)) return *read;
    }
    wrong(name, "a date and time");
  }
  // Seconds and nanoseconds of the day, in the value's own offset.
  int64_t time(size_t i) const {
    if (const auto* value = at(i).get<TimeOfDay>()) return value->nanoseconds;
    const auto value = moment(i);
    const auto local = value.seconds + value.offset_minutes * 60;
    return ((local % kDay + kDay) % kDay) * kBillion + value.nanoseconds;
  }
  CivilDate date(size_t i) const {
    const auto value = moment(i);
    const auto local = value.seconds + value.offset_minutes * 60;
    return date_of(local / kDay - (local % kDay < 0 ? 1 : 0));
  }
};

Value text(std::string value) {
  return {Text{std::move(value)}};
}

// Characters, not bytes, are what lengths and positions count.
size_t length_of(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

size_t byte_of(std::string_view utf8, size_t character) {
  size_t at = 0;
  while (at < utf8.size() && character > 0) {
    ++at;
    while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) ++at;
    --character;
  }
  return at;
}

Value length(const Call& call) {
  if (const auto* list = call.at(0).list()) return {static_cast<int64_t>(list->size())};
  return {static_cast<int64_t>(length_of(call.text(0)))};
}

Value index_of(const Call& call) {
  const auto whole = call.folded(0);
  const auto at = whole.find(call.folded(1));
  if (at == std::string::npos) return {int64_t{-1}};
  return {static_cast<int64_t>(length_of(std::string_view(whole).substr(0, at)))};
}

Value substring(const Call& call) {
  const auto whole = call.text(0);
  const auto size = static_cast<int64_t>(length_of(whole));
  int64_t start = call.whole(1);
  if (start < 0) start = std::max<int64_t>(0, size + start);
  start = std::min(start, size);
  int64_t count = call.arguments.size() > 2 ? call.whole(2) : size - start;
  if (count < 0) count = std::max<int64_t>(0, size - start + count);
  count = std::min(count, size - start);
  const auto begin = byte_of(whole, static_cast<size_t>(start));
  const auto end = byte_of(whole, static_cast<size_t>(start + count));
  return text(whole.substr(begin, end - begin));
}

Value concat(const Call& call) {
  if (call.at(0).list() || call.at(1).list()) {
    auto values = std::make_shared<Values>();
    for (const auto& argument : call.arguments) {
      if (!argument.list()) wrong(call.name, "two strings or two collections");
      values->insert(values->end(), argument.list()->begin(), argument.list()->end());
    }
    return {std::shared_ptr<const Values>(std::move(values))};
  }
  auto whole = call.text(0) + call.text(1);
  if (whole.size() > kLongestText) wrong(call.name, "strings of a megabyte together at most");
  return text(std::move(whole));
}

Value upper_case(const Call& call) {
  auto value = call.text(0);
  for (char& c : value) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text(std::move(value));
}

double rounded(double value) {  // half away from zero (URL 5.1.1.9.1)
  return std::round(value);
}

// A whole number stays one.
template <double (*Round)(double)>
Value whole_of(const Call& call) {
  if (call.at(0).get<int64_t>()) return call.at(0);
  return {Round(call.number(0))};
}

double floor_of(double value) {
  return std::floor(value);
}
double ceiling_of(double value) {
  return std::ceil(value);
}

Value moment_of(base::Instant instant) {
  const auto milliseconds = instant.time_since_epoch().count();
  const auto seconds = milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0);
  return {Moment{seconds, static_cast<int32_t>((milliseconds - seconds * 1000) * 1'000'000), 0}};
}

// "cast(value,Edm.String)" and between numbers; null where there is no such value.
Value cast_to(const Call& call) {
  const auto type = call.text(call.arguments.size() - 1);
  const auto& value = call.at(0);
  if (type == "Edm.String") {
    if (value.get<Text>() || value.get<EnumValue>()) return text(call.text(0));
    if (const auto* flag = value.get<bool>()) return text(*flag ? "true" : "false");
    if (const auto* whole = value.get<int64_t>()) return text(std::to_string(*whole));
    if (const auto* moment = value.get<Moment>()) return text(format_moment(*moment));
    if (const auto* date = value.get<Date>()) return text(format_date(date->days));
    if (const auto* time = value.get<TimeOfDay>())
      return text(format_time_of_day(time->nanoseconds));
    if (const auto* duration = value.get<Duration>())
      return text(format_duration(duration->nanoseconds));
  }
  const auto number = value.number();
  if (number && (type == "Edm.Double" || type == "Edm.Single" || type == "Edm.Decimal")) {
    return {*number};
  }
  const bool is_whole = type == "Edm.Int16" || type == "Edm.Int32" || type == "Edm.Int64" ||
                        type == "Edm.Byte" || type == "Edm.SByte";
  if (number && is_whole && std::abs(*number) < 9e18) return {static_cast<int64_t>(*number)};
  throw http::not_implemented("the cast to '" + type + "'");
}

Value subset(const Call& call, bool in_order) {
  const auto* all = call.at(0).list();
  const auto* part = call.at(1).list();
  if (!all || !part) wrong(call.name, "two collections");
  const auto is_same = [&](const Value& a, const Value& b) {
    const auto order = compare(a, b, call.rules.ignore_case);
    return order && *order == std::partial_ordering::equivalent;
  };
  if (in_order) {
    auto next = part->begin();
    for (const auto& one : *all) {
      if (next != part->end() && is_same(one, *next)) ++next;
    }
    return {next == part->end()};
  }
  return {std::all_of(part->begin(), part->end(), [&](const Value& wanted) {
    return std::any_of(all->begin(), all->end(),
                       [&](const Value& one) { return is_same(one, wanted); });
  })};
}

struct Row {
  std::string_view name;
  size_t least, most;  // arguments
  Value (*run)(const Call&);
};

constexpr std::array kFunctions = {
    Row{"contains", 2, 2,
        [](const Call& call) {
          return Value{call.folded(0).find(call.folded(1)) != std::string::npos};
        }},
    Row{"startswith", 2, 2,
        [](const Call& call) { return Value{call.folded(0).starts_with(call.folded(1))}; }},
    Row{"endswith", 2, 2,
        [](const Call& call) { return Value{call.folded(0).ends_with(call.folded(1))}; }},
    Row{"length", 1, 1, length},
    Row{"indexof", 2, 2, index_of},
    Row{"substring", 2, 3, substring},
    Row{"concat", 2, 2, concat},
    Row{"tolower", 1, 1, [](const Call& call) { return text(base::lower_case(call.text(0))); }},
    Row{"toupper", 1, 1, upper_case},
    Row{"trim", 1, 1, [](const Call& call) { return text(std::string(base::trim(call.text(0)))); }},
    Row{"hassubset", 2, 2, [](const Call& call) { return subset(call, false); }},
    Row{"hassubsequence", 2, 2, [](const Call& call) { return subset(call, true); }},
    Row{"year", 1, 1, [](const Call& call) { return Value{call.date(0).year}; }},
    Row{"month", 1, 1, [](const Call& call) { return Value{int64_t{call.date(0).month}}; }},
    Row{"day", 1, 1, [](const Call& call) { return Value{int64_t{call.date(0).day}}; }},
    Row{"hour", 1, 1, [](const Call& call) { return Value{call.time(0) / kBillion / 3600}; }},
    Row{"minute", 1, 1, [](const Call& call) { return Value{call.time(0) / kBillion / 60 % 60}; }},
    Row{"second", 1, 1, [](const Call& call) { return Value{call.time(0) / kBillion % 60}; }},
    Row{"fractionalseconds", 1, 1,
        [](const Call& call) {
          return Value{static_cast<double>(call.time(0) % kBillion) / kBillion};
        }},
    Row{"date", 1, 1, [](const Call& call) { return Value{Date{days_of(call.date(0))}}; }},
    Row{"time", 1, 1, [](const Call& call) { return Value{TimeOfDay{call.time(0)}}; }},
    Row{"totaloffsetminutes", 1, 1,
        [](const Call& call) { return Value{int64_t{call.moment(0).offset_minutes}}; }},
    Row{"totalseconds", 1, 1,
        [](const Call& call) {
          const auto* duration = call.at(0).get<Duration>();
          if (!duration) wrong(call.name, "a duration");
          return Value{static_cast<double>(duration->nanoseconds) / kBillion};
        }},
    Row{"now", 0, 0, [](const Call& call) { return moment_of(call.rules.now); }},
    Row{"mindatetime", 0, 0,
        [](const Call&) {
          return Value{Moment{days_of({1, 1, 1}) * kDay, 0, 0}};
        }},
    Row{"maxdatetime", 0, 0,
        [](const Call&) {
          return Value{Moment{days_of({9999, 12, 31}) * kDay + kDay - 1, 999'999'999, 0}};
        }},
    Row{"round", 1, 1, whole_of<rounded>},
    Row{"floor", 1, 1, whole_of<floor_of>},
    Row{"ceiling", 1, 1, whole_of<ceiling_of>},
    Row{"cast", 2, 2, cast_to},
};

const Row* row_of(std::string_view name) {
  const auto row = std::find_if(kFunctions.begin(), kFunctions.end(),
                                [&](const Row& one) { return one.name == name; });
  return row == kFunctions.end() ? nullptr : &*row;
}

[[noreturn]] void wrong_operands(std::string_view name) {
  throw http::Error(400, "",
                    "'" + std::string(name) +
                        "' takes numbers, durations or dates that go "
                        "together.");
}

Value whole_result(std::string_view name, int64_t a, int64_t b) {
  int64_t result = 0;
  bool overflows = false;
  if (name == "add") overflows = __builtin_add_overflow(a, b, &result);
  if (name == "sub") overflows = __builtin_sub_overflow(a, b, &result);
  if (name == "mul") overflows = __builtin_mul_overflow(a, b, &result);
  if (name == "div" || name == "mod") {
    if (b == 0) throw http::Error(400, "", "A number is divided by zero.");
    overflows = a == INT64_MIN && b == -1;
    if (!overflows) result = name == "div" ? a / b : a % b;
  }
  if (overflows)
    throw http::Error(400, "",
                      "The result of '" + std::string(name) + "' is too large for 64 bits.");
  return {result};
}

Value real_result(std::string_view name, double a, double b) {
  if (name == "add") return {a + b};
  if (name == "sub") return {a - b};
  if (name == "mul") return {a * b};
  if (name == "mod") return {std::fmod(a, b)};
  return {a / b};
}

Moment moved(const Moment& moment, int64_t nanoseconds, int sign) {
  int64_t fine = moment.nanoseconds + sign * (nanoseconds % kBillion);
  int64_t seconds = moment.seconds + sign * (nanoseconds / kBillion);
  if (fine < 0) {
    fine += kBillion;
    --seconds;
  } else if (fine >= kBillion) {
    fine -= kBillion;
    ++seconds;
  }
  return {seconds, static_cast<int32_t>(fine), moment.offset_minutes};
}

}  // namespace

bool is_function(std::string_view name) {
  return row_of(name) != nullptr;
}

Value call_function(std::string_view name, const Values& arguments, const Rules& rules) {
  const auto* row = row_of(name);
  if (!row) throw http::not_implemented("the function '" + std::string(name) + "'");
  if (arguments.size() < row->least || arguments.size() > row->most) {
    wrong(name, std::to_string(row->least) +
                    (row->most > row->least ? " or " + std::to_string(row->most) : "") +
                    " arguments; " + std::to_string(arguments.size()) + " are given");
  }
  return row->run({name, arguments, rules});
}

Value calculate(std::string_view name, const Value& a, const Value& b) {
  const auto* whole_a = a.get<int64_t>();
  const auto* whole_b = b.get<int64_t>();
  if (whole_a && whole_b && name != "divby") return whole_result(name, *whole_a, *whole_b);
  if (a.number() && b.number()) return real_result(name, *a.number(), *b.number());
  const int sign = name == "sub" ? -1 : 1;
  const bool is_sum = name == "add" || name == "sub";
  const auto* duration_a = a.get<Duration>();
  const auto* duration_b = b.get<Duration>();
  if (duration_b && is_sum) {
    const auto by = duration_b->nanoseconds;
    if (const auto* moment = a.get<Moment>()) return {moved(*moment, by, sign)};
    if (const auto* date = a.get<Date>()) return {Date{date->days + sign * (by / kBillion / kDay)}};
    if (duration_a) {
      return {Duration{*whole_result(name, duration_a->nanoseconds, by).get<int64_t>()}};
    }
  }
  if (name == "sub" && a.get<Moment>() && b.get<Moment>()) {
    const auto& from = *b.get<Moment>();
    const auto seconds =
        *whole_result("mul", a.get<Moment>()->seconds - from.seconds, kBillion).get<int64_t>();
    const int64_t fine = a.get<Moment>()->nanoseconds - from.nanoseconds;
    return {Duration{*whole_result("add", seconds, fine).get<int64_t>()}};
  }
  if (name == "sub" && a.get<Date>() && b.get<Date>()) {
    return {
        Duration{*whole_result("mul", (a.get<Date>()->days - b.get<Date>()->days) * kDay, kBillion)
                      .get<int64_t>()}};
  }
  if (duration_a && b.number() && (name == "mul" || name == "div" || name == "divby")) {
    const double by = name == "mul" ? *b.number() : 1 / *b.number();
    const double result = static_cast<double>(duration_a->nanoseconds) * by;
    if (!(std::abs(result) < 9.2e18)) wrong_operands(name);
    return {Duration{static_cast<int64_t>(result)}};
  }
  if (duration_b && a.number() && name == "mul") return calculate(name, b, a);
  wrong_operands(name);
}

}  // namespace graphmock::odata
