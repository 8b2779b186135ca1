// What an expression is worth for one entity: OData's primitive values, entities and complex
// values, and collections of them.
#pragma once

#include <boost/json/fwd.hpp>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/model.h"
#include "odata/expr.h"
#include "odata/temporal.h"

namespace graphmock::odata {

// An entity or a complex value. What it points to outlives the evaluation. An entity may be there
// as its text alone: of those that a filter looks into most are looked at once and never again.
struct ComputedProperty;
struct Item {
  const boost::json::object* object = nullptr;  // null: `text` says it
  const model::StructuredType* type = nullptr;  // null where the model does not say
  const void* entity = nullptr;                 // the source's own name for an entity
  std::string_view text = {};                   // a JSON object without white space
  // What a query gives it beside its own properties; null for none.
  const std::vector<ComputedProperty>* computed = nullptr;
};

struct Text {
  std::string text;
  LiteralKind kind = LiteralKind::String;  // or Guid, Binary
};
struct Date {
  int64_t days;
};
struct TimeOfDay {
  int64_t nanoseconds;
};
struct Duration {
  int64_t nanoseconds;
};
struct EnumValue {
  const model::EnumType* type = nullptr;
  std::string text;              // the members' names
  std::optional<int64_t> value;  // nothing where a member is not declared
};

struct Value;
using Values = std::vector<Value>;

struct Value {
  std::variant<std::monostate, bool, int64_t, double, Text, Moment, Date, TimeOfDay, Duration,
               EnumValue, Item, std::shared_ptr<const Values>>
      data;

  bool is_null() const { return data.index() == 0; }
  template <typename T>
  const T* get() const {
    return std::get_if<T>(&data);
  }
  const Values* list() const {
    const auto* values = get<std::shared_ptr<const Values>>();
    return values ? values->get() : nullptr;
  }
  // Int64, Double and Decimal alike; nothing for what is no number.
  std::optional<double> number() const;
  const std::string* string() const {
    const auto* text = get<Text>();
    return text ? &text->text : nullptr;
  }
};

// A property that no entity stores: $compute and $apply make them.
struct ComputedProperty {
  std::string_view name;
  Value value;
  model::TypeRef type = {};  // Untyped: what the value is
  // The property of that name is the type's own, and no dynamic one.
  bool is_declared = false;
};

Value value_of(const Literal& literal, const model::Model& model);
// The other way round, for a value that is neither an entity nor a complex value nor a collection.
Literal literal_of(const Value& value);
// As the model types it; null takes any type.
Value value_of(const boost::json::value& json, const model::TypeRef& type);
// Of a dynamic property: by its JSON kind.
Value value_of(const boost::json::value& json);
// The same of a value's text, as long as it is a primitive one without escapes; nothing for others,
// which have to be parsed.
std::optional<Value> value_of_text(std::string_view json, const model::TypeRef& type);

// The order of two values that are not null; nothing where they cannot be compared. A text is
// read as what it is compared with where it can be: a date written as a string in an open type.
std::optional<std::partial_ordering> compare(const Value& a, const Value& b, bool ignore_case);

}  // namespace graphmock::odata
