#include "odata/type_functions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "odata/literal.h"

namespace graphmock::odata {
namespace {

using model::Primitive;

[[noreturn]] void unknown_type(std::string_view name) {
  throw http::Error(400, "", "There is no type '" + std::string(name) + "'.");
}

// "Edm.String" of "Collection(Edm.String)"; nothing for a type that is no collection.
std::optional<std::string_view> item_type_of(std::string_view name) {
  constexpr std::string_view kPrefix = "Collection(";
  if (!name.starts_with(kPrefix) || !name.ends_with(')')) return std::nullopt;
  return name.substr(kPrefix.size(), name.size() - kPrefix.size() - 1);
}

struct Range {
  int64_t least, most;
};

std::optional<Range> range_of(Primitive type) {
  switch (type) {
    case Primitive::Byte:
      return Range{0, 255};
    case Primitive::SByte:
      return Range{-128, 127};
    case Primitive::Int16:
      return Range{INT16_MIN, INT16_MAX};
    case Primitive::Int32:
      return Range{INT32_MIN, INT32_MAX};
    case Primitive::Int64:
      return Range{INT64_MIN, INT64_MAX};
    default:
      return std::nullopt;
  }
}

template <typename Wrapped>
Value wrapped(std::optional<int64_t> value) {
  return value ? Value{Wrapped{*value}} : Value{};
}

Value to_string(const Value& value) {
  std::string text;
  if (const auto* own = value.get<Text>()) {
    text = own->text;
    const auto quote = own->kind == LiteralKind::Geography ? text.find('\'') : text.npos;
    if (quote != text.npos) text = text.substr(quote + 1, text.size() - quote - 2);
  } else if (const auto* member = value.get<EnumValue>()) {
    text = member->text;
  } else if (const auto* flag = value.get<bool>()) {
    text = *flag ? "true" : "false";
  } else if (const auto exact = value.decimal()) {
    text = exact->to_string();
  } else if (const auto* real = value.get<double>()) {
    text = std::isnan(*real)   ? "NaN"
           : std::isinf(*real) ? (*real > 0 ? "INF" : "-INF")
                               : base::number_text(base::json::value(*real));
  } else if (const auto* moment = value.get<Moment>()) {
    text = format_moment(*moment);
  } else if (const auto* date = value.get<Date>()) {
    text = format_date(date->days);
  } else if (const auto* time = value.get<TimeOfDay>()) {
    text = format_time_of_day(time->nanoseconds);
  } else if (const auto* duration = value.get<Duration>()) {
    text = format_duration(duration->nanoseconds);
  } else {
    return {};
  }
  return {Text{std::move(text)}};
}

// The integer part, where it fits (rules 4 and 9).
Value to_whole(const Value& value, const Range& range) {
  std::optional<int64_t> whole;
  if (const auto* flags = value.get<EnumValue>()) {
    whole = flags->value;
  } else if (const auto exact = value.decimal()) {
    whole = exact->to_int64();
  } else if (const auto* real = value.get<double>()) {
    constexpr double kLimit = 9.2e18;
    if (std::abs(*real) < kLimit) whole = static_cast<int64_t>(*real);
  }
  if (!whole || *whole < range.least || *whole > range.most) return {};
  return {*whole};
}

Value to_decimal(const Value& value) {
  if (const auto exact = value.decimal()) return {*exact};
  const auto* real = value.get<double>();
  if (!real || !std::isfinite(*real)) return {};
  const auto exact = Decimal::parse(base::number_text(base::json::value(*real)));
  return exact ? Value{*exact} : Value{};
}

Value to_number(const Value& value, Primitive type) {
  if (const auto* text = value.get<Text>()) {
    if (text->kind != LiteralKind::String) return {};
    const bool is_number = !text->text.empty() && number_length(text->text) == text->text.size();
    return is_number ? to_number(number_of(text->text), type) : Value{};
  }
  if (const auto range = range_of(type)) return to_whole(value, *range);
  if (type == Primitive::Decimal) return to_decimal(value);
  const auto number = value.number();
  if (!number) return {};
  return {type == Primitive::Single ? double{static_cast<float>(*number)} : *number};
}

// Of a string that holds what the type is written as (rules 3 and 11).
Value read_text(const std::string& text, Primitive type) {
  switch (type) {
    case Primitive::Boolean:
      if (text != "true" && text != "false") return {};
      return {text == "true"};
    case Primitive::Guid:
      return model::is_guid(text) ? Value{Text{text, LiteralKind::Guid}} : Value{};
    case Primitive::Binary:
      if (base64_length(text) != text.size()) return {};
      return {Text{text, LiteralKind::Binary}};
    case Primitive::Geography:
      if (text.empty() || geo_length(text) != text.size()) return {};
      return {Text{text, LiteralKind::Geography}};
    case Primitive::Date:
      return wrapped<Date>(parse_date(text));
    case Primitive::TimeOfDay:
      return wrapped<TimeOfDay>(parse_time_of_day(text));
    case Primitive::Duration:
      return wrapped<Duration>(parse_duration(text));
    case Primitive::DateTimeOffset: {
      const auto moment = moment_of(text);
      return moment ? Value{*moment} : Value{};
    }
    default:
      return {};
  }
}

bool is_number_type(Primitive type) {
  return range_of(type) || type == Primitive::Decimal || type == Primitive::Double ||
         type == Primitive::Single;
}

bool is_of_primitive(const Value& value, Primitive type) {
  if (const auto range = range_of(type)) {
    const auto* whole = value.get<int64_t>();
    return whole && *whole >= range->least && *whole <= range->most;
  }
  const auto* text = value.get<Text>();
  const auto is_text_of = [&](LiteralKind kind) { return text && text->kind == kind; };
  switch (type) {
    case Primitive::Untyped:
      return true;
    case Primitive::Boolean:
      return value.get<bool>();
    case Primitive::String:
      return is_text_of(LiteralKind::String);
    case Primitive::Guid:
      return is_text_of(LiteralKind::Guid);
    case Primitive::Binary:
      return is_text_of(LiteralKind::Binary);
    case Primitive::Geography:
      return is_text_of(LiteralKind::Geography);
    case Primitive::Decimal:
      return value.decimal().has_value();
    case Primitive::Double:
    case Primitive::Single:
      return value.is_number();
    case Primitive::DateTimeOffset:
      return value.get<Moment>();
    case Primitive::Date:
      return value.get<Date>();
    case Primitive::TimeOfDay:
      return value.get<TimeOfDay>();
    case Primitive::Duration:
      return value.get<Duration>();
    default:
      return false;
  }
}

Value cast_to_primitive(const Value& value, Primitive type) {
  if (value.list()) return {};
  if (type == Primitive::String) return to_string(value);
  if (is_number_type(type)) return to_number(value, type);
  if (is_of_primitive(value, type)) return value;
  const auto* text = value.get<Text>();
  return text && text->kind == LiteralKind::String ? read_text(text->text, type) : Value{};
}

// Of the names or the number of its members (rule 10).
Value cast_to_enum(const Value& value, const model::EnumType& type) {
  if (const auto* own = value.get<EnumValue>()) return own->type == &type ? value : Value{};
  if (const auto* text = value.get<Text>()) {
    auto read = enum_value(&type, text->text);
    return read.value ? Value{std::move(read)} : Value{};
  }
  const auto* whole = value.get<int64_t>();
  if (!whole) return {};
  const auto member = std::find_if(type.members.begin(), type.members.end(),
                                   [&](const auto& one) { return one.value == *whole; });
  if (member != type.members.end()) {
    return {EnumValue{&type, std::string(member->name), *whole}};
  }
  return type.is_flags ? Value{EnumValue{&type, std::to_string(*whole), *whole}} : Value{};
}

}  // namespace

Value cast_to(const Value& value, std::string_view type_name, const model::Model& model) {
  if (const auto item_type = item_type_of(type_name)) {
    const auto* list = value.list();
    if (!list) return {};
    Values items;
    for (const auto& one : *list) items.push_back(cast_to(one, *item_type, model));
    return list_of(std::move(items));
  }
  const auto primitive = model::primitive_named(type_name);
  const auto* enumeration = model.enum_type(type_name);
  if (!primitive && !enumeration && !model.structured_type_ignoring_case(type_name)) {
    unknown_type(type_name);
  }
  if (value.is_null()) return {};
  if (primitive) return cast_to_primitive(value, *primitive);
  if (enumeration) return cast_to_enum(value, *enumeration);
  return is_of(value, type_name, model) ? value : Value{};
}

bool is_of(const Value& value, std::string_view type_name, const model::Model& model) {
  if (const auto item_type = item_type_of(type_name)) {
    const auto* list = value.list();
    return list && std::all_of(list->begin(), list->end(),
                               [&](const Value& one) { return is_of(one, *item_type, model); });
  }
  if (const auto primitive = model::primitive_named(type_name)) {
    return !value.is_null() && is_of_primitive(value, *primitive);
  }
  if (const auto* enumeration = model.enum_type(type_name)) {
    const auto* own = value.get<EnumValue>();
    return own && own->type == enumeration;
  }
  const auto* wanted = model.structured_type_ignoring_case(type_name);
  if (!wanted) unknown_type(type_name);
  const auto* item = value.get<Item>();
  return item && item->type && item->type->derives_from(*wanted);
}

}  // namespace graphmock::odata
