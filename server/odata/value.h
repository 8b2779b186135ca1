// What an expression is worth for one entity: OData's primitive values, entities and complex
// values, and collections of them.
#pragma once

#include <boost/json/fwd.hpp>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/model.h"
#include "odata/decimal.h"
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
  // Or Guid, Binary, Geography: "geometry'SRID=0;Point(1 2)'", of GeoJSON "SRID=0;Point(1 2)".
  LiteralKind kind = LiteralKind::String;
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
// A complex value that the expression itself writes down: {"city":"Bern"}.
struct ObjectLiteral;

struct Value {
  // Numbers by the kind of their type: Byte to Int64; Decimal; Single and Double.
  std::variant<std::monostate, bool, int64_t, Decimal, double, Text, Moment, Date, TimeOfDay,
               Duration, EnumValue, Item, std::shared_ptr<const ObjectLiteral>,
               std::shared_ptr<const Values>>
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
  const ObjectLiteral* object_literal() const {
    const auto* object = get<std::shared_ptr<const ObjectLiteral>>();
    return object ? object->get() : nullptr;
  }
  bool is_number() const { return get<int64_t>() || get<Decimal>() || get<double>(); }
  // Of a number of any kind, as near as a double gets; nothing for what is no number.
  std::optional<double> number() const;
  // Of an integer and a Decimal, exactly.
  std::optional<Decimal> decimal() const;
  const std::string* string() const {
    const auto* text = get<Text>();
    return text ? &text->text : nullptr;
  }
  // "Edm.Decimal", for messages.
  std::string type_name() const;
};

// A property that no entity stores: $compute and $apply make them.
struct ComputedProperty {
  std::string_view name;
  Value value;
  model::TypeRef type = {};  // Untyped: what the value is
  // The property of that name is the type's own, and no dynamic one.
  bool is_declared = false;
};

struct ObjectLiteral {
  std::vector<std::pair<std::string, Value>> members;
};

Value list_of(Values values);

// Throws http::Error (400) for a literal that is out of range.
Value value_of(const Literal& literal, const model::Model& model);
// As the model types it; null takes any type. With a model, a complex value is of the type that it
// names itself.
Value value_of(const boost::json::value& json, const model::TypeRef& type,
               const model::Model* model = nullptr);
// Of a dynamic property: by its JSON kind. A number is what a literal of the same text would be.
Value value_of(const boost::json::value& json, const model::Model* model = nullptr);

// The same of a value's text, as long as it is a primitive one without escapes; nothing for others,
// which have to be parsed.
std::optional<Value> value_of_text(std::string_view json, const model::TypeRef& type);
// The literal that value_of() reads as this, which is neither an entity nor a complex value nor a
// collection.
Literal literal_of(const Value& value);

// By its form, as that of a literal: 1, 1.0, 1e0, INF.
Value number_of(std::string_view text);

// The text read as a value of the other's kind: "2012-12-03" as a date where it meets one. Nothing
// where it cannot be.
std::optional<Value> read_as(const Text& text, const Value& other);
// A date and time, whose offset may be missing, or a date alone (URL 5.1.1.10.1, rule 11).
std::optional<Moment> moment_of(std::string_view text);
// "red" or "monday,friday" or numbers.
EnumValue enum_value(const model::EnumType* type, std::string_view text);

}  // namespace graphmock::odata
