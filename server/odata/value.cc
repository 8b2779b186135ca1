#include "odata/value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "odata/geo.h"

namespace graphmock::odata {
namespace {

namespace json = base::json;
using model::Primitive;

double to_double(std::string_view text) {
  if (text == "INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc::result_out_of_range) return number;
  const auto exponent = text.find_first_of("eE");
  const bool is_small = exponent != std::string_view::npos && text.substr(exponent + 1)[0] == '-';
  const double size = is_small ? 0 : std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -size : size;
}

std::optional<int64_t> to_whole(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return whole;
}

Value typed_number(std::string_view text, Primitive type) {
  switch (type) {
    case Primitive::Decimal:
      if (const auto decimal = Decimal::parse(text)) return {*decimal};
      return {to_double(text)};
    case Primitive::Double:
    case Primitive::Single:
      return {to_double(text)};
    default:
      return number_of(text);
  }
}

// "duration'PT1H'" or "PT1H".
std::string_view unwrapped(std::string_view text) {
  const auto quote = text.find('\'');
  if (quote == std::string_view::npos || !text.ends_with('\'')) return text;
  return text.substr(quote + 1, text.size() - quote - 2);
}

template <typename T>
std::optional<Value> from(std::optional<T> value) {
  return value ? std::optional(Value{*std::move(value)}) : std::nullopt;
}

template <typename Wrapped>
std::optional<Value> from_number(std::optional<int64_t> value) {
  return value ? std::optional(Value{Wrapped{*value}}) : std::nullopt;
}

// What a text is in JSON where the model says its type; nothing where it is none of that type.
std::optional<Value> text_of_type(std::string_view text, Primitive type) {
  switch (type) {
    case Primitive::DateTimeOffset:
      return from(parse_moment(text));
    case Primitive::Date:
      return from_number<Date>(parse_date(text));
    case Primitive::TimeOfDay:
      return from_number<TimeOfDay>(parse_time_of_day(text));
    case Primitive::Duration:
      return from_number<Duration>(parse_duration(text));
    case Primitive::Guid:
      return Value{Text{std::string(text), LiteralKind::Guid}};
    case Primitive::Binary:
      return Value{Text{std::string(text), LiteralKind::Binary}};
    case Primitive::Byte:
    case Primitive::SByte:
    case Primitive::Int16:
    case Primitive::Int32:
    case Primitive::Int64:
    case Primitive::Decimal:
    case Primitive::Double:
    case Primitive::Single:
      return typed_number(text, type);
    default:
      return std::nullopt;
  }
}

Value value_of_string(std::string_view text, const model::TypeRef& type) {
  if (type.enumeration) return {enum_value(type.enumeration, text)};
  // What no type of OData reads, such as the service's durations of years, stays a text.
  if (auto value = text_of_type(text, type.primitive)) return *std::move(value);
  return {Text{std::string(text)}};
}

const model::StructuredType* named_type(const json::object& object, const model::Model* model) {
  const auto* name = model ? object.if_contains("@odata.type") : nullptr;
  if (!name || !name->is_string()) return nullptr;
  std::string_view text = name->get_string();
  if (text.starts_with('#')) text.remove_prefix(1);
  return model->structured_type(text);
}

std::optional<Value> temporal_literal(LiteralKind kind, std::string_view text) {
  switch (kind) {
    case LiteralKind::Date:
      return from_number<Date>(parse_date(text));
    case LiteralKind::DateTimeOffset:
      return from(parse_moment(text));
    case LiteralKind::TimeOfDay:
      return from_number<TimeOfDay>(parse_time_of_day(text));
    default:
      return from_number<Duration>(parse_duration(unwrapped(text)));
  }
}

}  // namespace

Value number_of(std::string_view text) {
  if (const auto whole = to_whole(text)) return {*whole};
  if (text.find_first_of("eEIN") == std::string_view::npos) {
    if (const auto decimal = Decimal::parse(text)) return {*decimal};
  }
  return {to_double(text)};
}

EnumValue enum_value(const model::EnumType* type, std::string_view text) {
  base::charge(text.size());
  EnumValue value{type, std::string(text), 0};
  for (const auto part : base::split(text, ',')) {
    const auto name = base::trim(part);
    const auto* member = type ? type->member(name) : nullptr;
    if (member) {
      *value.value |= member->value;
    } else if (const auto number = to_whole(name)) {
      *value.value |= *number;
    } else {
      value.value.reset();
      break;
    }
  }
  return value;
}

std::optional<Moment> moment_of(std::string_view text) {
  if (const auto moment = parse_moment(text)) return moment;
  constexpr int64_t kDay = 86'400;
  if (const auto days = parse_date(text)) return Moment{*days * kDay, 0, 0};
  return parse_moment(std::string(text) + "Z");
}

std::optional<Value> read_as(const Text& text, const Value& other) {
  const std::string_view plain = unwrapped(text.text);
  if (other.get<Moment>()) return from(moment_of(plain));
  if (other.get<Date>()) {
    if (const auto days = parse_date(plain)) return Value{Date{*days}};
    return from(moment_of(plain));
  }
  if (other.get<TimeOfDay>()) return from_number<TimeOfDay>(parse_time_of_day(plain));
  if (other.get<Duration>()) return from_number<Duration>(parse_duration(plain));
  if (const auto* enumeration = other.get<EnumValue>()) {
    return Value{enum_value(enumeration->type, text.text)};
  }
  return std::nullopt;
}

std::optional<double> Value::number() const {
  if (const auto* whole = get<int64_t>()) return static_cast<double>(*whole);
  if (const auto* real = get<double>()) return *real;
  if (const auto* exact = get<Decimal>()) return exact->to_double();
  return std::nullopt;
}

std::optional<Decimal> Value::decimal() const {
  if (const auto* whole = get<int64_t>()) return Decimal::of(*whole);
  if (const auto* exact = get<Decimal>()) return *exact;
  return std::nullopt;
}

std::string Value::type_name() const {
  if (is_null()) return "null";
  if (get<bool>()) return "Edm.Boolean";
  if (get<int64_t>()) return "Edm.Int64";
  if (get<Decimal>()) return "Edm.Decimal";
  if (get<double>()) return "Edm.Double";
  if (get<Moment>()) return "Edm.DateTimeOffset";
  if (get<Date>()) return "Edm.Date";
  if (get<TimeOfDay>()) return "Edm.TimeOfDay";
  if (get<Duration>()) return "Edm.Duration";
  if (const auto* text = get<Text>()) {
    return text->kind == LiteralKind::Guid        ? "Edm.Guid"
           : text->kind == LiteralKind::Binary    ? "Edm.Binary"
           : text->kind == LiteralKind::Geography ? "Edm.Geography"
                                                  : "Edm.String";
  }
  if (const auto* flags = get<EnumValue>(); flags && flags->type) {
    return std::string(flags->type->name);
  }
  if (const auto* item = get<Item>(); item && item->type) return std::string(item->type->name);
  if (list()) return "a collection";
  return get<EnumValue>() ? "an enumeration" : "a complex value";
}

Value list_of(Values values) {
  return {std::make_shared<const Values>(std::move(values))};
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
    case LiteralKind::Geography:  // with its prefix, which says on what surface it lies
      return {Text{literal.text, literal.kind}};
    case LiteralKind::Binary:
      return {Text{std::string(unwrapped(text)), literal.kind}};
    case LiteralKind::Enum:
      return {enum_value(model.enum_type(text.substr(0, text.find('\''))), unwrapped(text))};
    case LiteralKind::Date:
    case LiteralKind::DateTimeOffset:
    case LiteralKind::TimeOfDay:
    case LiteralKind::Duration:
      break;
  }
  if (auto value = temporal_literal(literal.kind, text)) return *std::move(value);
  throw http::Error(400, "",
                    "The literal '" + literal.text +
                        "' is out of range: years have up to six digits, durations are of up to "
                        "292 years.");
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
  if (const auto* exact = value.get<Decimal>()) return {LiteralKind::Decimal, exact->to_string()};
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

Value value_of(const json::value& json, const model::TypeRef& type, const model::Model* model) {
  if (json.is_null()) return {};
  if (const auto* array = json.if_array()) {
    base::charge(array->size() * base::work::kEntity);
    Values values;
    auto item_type = type;
    item_type.is_collection = false;
    for (const auto& item : *array) values.push_back(value_of(item, item_type, model));
    return list_of(std::move(values));
  }
  if (const auto* object = json.if_object(); object && !base::is_number(json)) {
    if (type.is(Primitive::Geography)) {
      if (auto shape = well_known_text(*object)) return {Text{*shape, LiteralKind::Geography}};
    }
    const auto* own = named_type(*object, model);
    return {Item{object, own ? own : type.structured, nullptr}};
  }
  if (type.structured) return value_of(json, model);
  if (base::is_number(json)) return typed_number(base::number_text(json), type.primitive);
  if (!base::is_string(json)) return value_of(json, model);
  return value_of_string(json.get_string(), type);
}

std::optional<Value> value_of_text(std::string_view json, const model::TypeRef& type) {
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
      return type.structured ? number_of(json) : typed_number(json, type.primitive);
  }
}

Value value_of(const json::value& json, const model::Model* model) {
  if (json.is_bool()) return {json.get_bool()};
  if (base::is_number(json)) return number_of(base::number_text(json));
  if (base::is_string(json)) return {Text{std::string(std::string_view(json.get_string()))}};
  if (json.is_null()) return {};
  return value_of(json, model::TypeRef{}, model);
}

}  // namespace graphmock::odata
