#include "odata/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"

namespace graphmock::odata {
namespace {

namespace json = base::json;
using model::Primitive;

template <typename T>
Value from(std::optional<T> value) {
  return value ? Value{*std::move(value)} : Value{};
}

double to_double(std::string_view text) {
  if (text == "INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Value number_of(std::string_view text) {
  int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc() && end == text.data() + text.size()) return {whole};
  return {to_double(text)};
}

// "duration'PT1H'" or "PT1H".
std::string_view unwrapped(std::string_view text) {
  const auto quote = text.find('\'');
  if (quote == std::string_view::npos || !text.ends_with('\'')) return text;
  return text.substr(quote + 1, text.size() - quote - 2);
}

EnumValue enum_value(const model::EnumType* type, std::string_view text) {
  EnumValue value{type, std::string(text), 0};
  for (const auto part : base::split(text, ',')) {
    const auto name = base::trim(part);
    int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const auto* member = type ? type->member(name) : nullptr;
    if (member) {
      *value.value |= member->value;
    } else if (error == std::errc() && end == name.data() + name.size()) {
      *value.value |= number;
    } else {
      value.value.reset();
      break;
    }
  }
  return value;
}

std::partial_ordering compare_text(std::string_view a, std::string_view b, bool ignore_case) {
  if (ignore_case) {
    if (base::less_ignoring_case(a, b)) return std::partial_ordering::less;
    if (base::less_ignoring_case(b, a)) return std::partial_ordering::greater;
    return std::partial_ordering::equivalent;
  }
  return a <=> b;
}

// The text read as a value of the other's kind.
std::optional<Value> read_as(const Text& text, const Value& other) {
  const auto wrap = [](auto parsed) -> std::optional<Value> {
    if (!parsed) return std::nullopt;
    return Value{*parsed};
  };
  const std::string_view plain = unwrapped(text.text);
  if (other.get<Moment>()) return wrap(parse_moment(plain));
  if (other.get<Date>()) {
    const auto days = parse_date(plain);
    return days ? std::optional(Value{Date{*days}}) : std::nullopt;
  }
  if (other.get<TimeOfDay>()) {
    const auto time = parse_time_of_day(plain);
    return time ? std::optional(Value{TimeOfDay{*time}}) : std::nullopt;
  }
  if (other.get<Duration>()) {
    const auto duration = parse_duration(plain);
    return duration ? std::optional(Value{Duration{*duration}}) : std::nullopt;
  }
  if (const auto* enumeration = other.get<EnumValue>()) {
    return Value{enum_value(enumeration->type, text.text)};
  }
  return std::nullopt;
}

// As the model types it.
Value value_of_string(std::string_view text, const model::TypeRef& type) {
  if (type.enumeration) return {enum_value(type.enumeration, text)};
  switch (type.primitive) {
    case Primitive::DateTimeOffset:
      return from(parse_moment(text));
    case Primitive::Date: {
      const auto days = parse_date(text);
      return days ? Value{Date{*days}} : Value{};
    }
    case Primitive::TimeOfDay: {
      const auto time = parse_time_of_day(text);
      return time ? Value{TimeOfDay{*time}} : Value{};
    }
    case Primitive::Duration: {
      const auto duration = parse_duration(text);
      return duration ? Value{Duration{*duration}} : Value{};
    }
    case Primitive::Guid:
      return {Text{std::string(text), LiteralKind::Guid}};
    case Primitive::Binary:
      return {Text{std::string(text), LiteralKind::Binary}};
    case Primitive::Int64:
    case Primitive::Decimal:
    case Primitive::Double:
    case Primitive::Single:
      return number_of(text);
    default:
      return {Text{std::string(text)}};
  }
}

std::partial_ordering compare_enums(const EnumValue& a, const EnumValue& b) {
  if (a.value && b.value) return *a.value <=> *b.value;
  return compare_text(a.text, b.text, true);
}

// Numbers of different kinds: exact on a long double of 64 bits.
std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  const auto wide = [](const Value& value) -> long double {
    if (const auto* whole = value.get<int64_t>()) return static_cast<long double>(*whole);
    return *value.get<double>();
  };
  return wide(a) <=> wide(b);
}

}  // namespace

std::optional<double> Value::number() const {
  if (const auto* whole = get<int64_t>()) return static_cast<double>(*whole);
  if (const auto* real = get<double>()) return *real;
  return std::nullopt;
}

Value value_of(const Literal& literal, const model::Model& model) {
  const std::string_view text = literal.text;
  switch (literal.kind) {
    case LiteralKind::Null:
      return {};
    case LiteralKind::Boolean:
      return {base::equals_ignoring_case(text, "true")};
    case LiteralKind::Integer:
    case LiteralKind::Decimal:
      return number_of(text);
    case LiteralKind::Double:
      return {to_double(text)};
    case LiteralKind::String:
    case LiteralKind::Guid:
      return {Text{literal.text, literal.kind}};
    case LiteralKind::Binary:
      return {Text{std::string(unwrapped(text)), literal.kind}};
    case LiteralKind::Date: {
      const auto days = parse_date(text);
      return days ? Value{Date{*days}} : Value{};
    }
    case LiteralKind::DateTimeOffset:
      return from(parse_moment(text));
    case LiteralKind::TimeOfDay: {
      const auto time = parse_time_of_day(text);
      return time ? Value{TimeOfDay{*time}} : Value{};
    }
    case LiteralKind::Duration: {
      const auto duration = parse_duration(unwrapped(text));
      return duration ? Value{Duration{*duration}} : Value{};
    }
    case LiteralKind::Enum:
      return {enum_value(model.enum_type(text.substr(0, text.find('\''))), unwrapped(text))};
    case LiteralKind::Geography:
      return {Text{literal.text, literal.kind}};
  }
  return {};
}

Literal literal_of(const Value& value) {
  if (const auto* flag = value.get<bool>()) {
    return {LiteralKind::Boolean, *flag ? "true" : "false"};
  }
  if (const auto* whole = value.get<int64_t>()) {
    return {LiteralKind::Integer, std::to_string(*whole)};
  }
  if (const auto* real = value.get<double>()) {
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), *real).ptr;
    return {LiteralKind::Double, std::string(text.data(), end)};
  }
  if (const auto* text = value.get<Text>()) return {text->kind, text->text};
  if (const auto* moment = value.get<Moment>()) {
    return {LiteralKind::DateTimeOffset, format_moment(*moment)};
  }
  if (const auto* date = value.get<Date>()) return {LiteralKind::Date, format_date(date->days)};
  if (const auto* time = value.get<TimeOfDay>()) {
    return {LiteralKind::TimeOfDay, format_time_of_day(time->nanoseconds)};
  }
  if (const auto* duration = value.get<Duration>()) {
    return {LiteralKind::Duration, format_duration(duration->nanoseconds)};
  }
  if (const auto* enumeration = value.get<EnumValue>()) {
    const auto name = enumeration->type ? enumeration->type->name : std::string_view();
    return {LiteralKind::Enum, std::string(name) + "'" + enumeration->text + "'"};
  }
  return {};
}

Value value_of(const json::value& json, const model::TypeRef& type) {
  if (json.is_null()) return {};
  if (const auto* array = json.if_array()) {
    auto values = std::make_shared<Values>();
    auto item_type = type;
    item_type.is_collection = false;
    for (const auto& item : *array) values->push_back(value_of(item, item_type));
    return {std::shared_ptr<const Values>(std::move(values))};
  }
  if (const auto* object = json.if_object()) return {Item{object, type.structured, nullptr}};
  if (!base::is_string(json) || type.structured) return value_of(json);
  return value_of_string(json.get_string(), type);
}

std::optional<Value> value_of_text(std::string_view json, const model::TypeRef& type) {
  if (json.empty()) return std::nullopt;
  switch (json.front()) {
    case '"': {
      const auto text = base::plain_string(json);
      if (!text) return std::nullopt;
      return type.structured ? Value{Text{std::string(*text)}} : value_of_string(*text, type);
    }
    case 't':
      return Value{true};
    case 'f':
      return Value{false};
    case 'n':
      return Value{};
    case '{':
    case '[':
      return std::nullopt;
    default:
      return number_of(json);
  }
}

Value value_of(const json::value& json) {
  if (json.is_bool()) return {json.get_bool()};
  if (base::is_number(json)) return number_of(base::number_text(json));
  if (base::is_string(json)) return {Text{std::string(std::string_view(json.get_string()))}};
  if (json.is_null()) return {};
  return value_of(json, model::TypeRef{});
}

std::optional<std::partial_ordering> compare(const Value& a, const Value& b, bool ignore_case) {
  const auto* text_a = a.get<Text>();
  const auto* text_b = b.get<Text>();
  if (text_a && text_b) {
    const bool is_caseless =
        ignore_case || text_a->kind == LiteralKind::Guid || text_b->kind == LiteralKind::Guid;
    return compare_text(text_a->text, text_b->text, is_caseless);
  }
  if (a.number() && b.number()) return compare_numbers(a, b);
  if (text_a) {
    const auto read = read_as(*text_a, b);
    return read ? compare(*read, b, ignore_case) : std::nullopt;
  }
  if (text_b) {
    const auto read = read_as(*text_b, a);
    return read ? compare(a, *read, ignore_case) : std::nullopt;
  }
  // A date is the midnight that it begins with, where it meets a moment.
  if (const auto* date = a.get<Date>(); date && b.get<Moment>()) {
    return Moment{date->days * 86'400, 0, 0} <=> *b.get<Moment>();
  }
  if (const auto* date = b.get<Date>(); date && a.get<Moment>()) {
    return *a.get<Moment>() <=> Moment{date->days * 86'400, 0, 0};
  }
  if (a.data.index() != b.data.index()) return std::nullopt;
  if (const auto* flag = a.get<bool>()) return *flag <=> *b.get<bool>();
  if (const auto* moment = a.get<Moment>()) return *moment <=> *b.get<Moment>();
  if (const auto* date = a.get<Date>()) return date->days <=> b.get<Date>()->days;
  if (const auto* time = a.get<TimeOfDay>()) {
    return time->nanoseconds <=> b.get<TimeOfDay>()->nanoseconds;
  }
  if (const auto* duration = a.get<Duration>()) {
    return duration->nanoseconds <=> b.get<Duration>()->nanoseconds;
  }
  if (const auto* one = a.get<EnumValue>()) return compare_enums(*one, *b.get<EnumValue>());
  if (const auto* item = a.get<Item>()) {
    const auto* other = b.get<Item>();
    const bool is_same = item->entity && other->entity   ? item->entity == other->entity
                         : item->object && other->object ? *item->object == *other->object
                                                         : false;
    return is_same ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
  }
  const auto* list_a = a.list();
  const auto* list_b = b.list();
  if (!list_a || !list_b) return std::nullopt;
  const bool is_same =
      std::equal(list_a->begin(), list_a->end(), list_b->begin(), list_b->end(),
                 [&](const Value& one, const Value& other) {
                   if (one.is_null() || other.is_null()) return one.is_null() && other.is_null();
                   return compare(one, other, ignore_case) == std::partial_ordering::equivalent;
                 });
  return is_same ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
}

}  // namespace graphmock::odata
