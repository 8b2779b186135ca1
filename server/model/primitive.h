// The primitive types of OData (CSDL 3.3) and whether a JSON value is one of them.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string_view>

namespace graphmock::model {

enum class Primitive {
  Binary,
  Boolean,
  Byte,
  Date,
  DateTimeOffset,
  Decimal,
  Double,
  Duration,
  Geography,  // GeoJSON: any Edm.Geography* or Edm.Geometry*
  Guid,
  Int16,
  Int32,
  Int64,
  SByte,
  Single,
  Stream,
  String,
  TimeOfDay,
  Untyped,  // anything; Edm.PrimitiveType and Edm.ComplexType too
};

// "Edm.Int64" to kInt64; nothing for a name that is none of OData's.
std::optional<Primitive> primitive_named(std::string_view qualified_name);
std::string_view name_of(Primitive primitive);

bool is_integer(Primitive primitive);
bool is_number(Primitive primitive);  // Decimal, Double and Single too

// Whether the value, which must not be null, is one of that type (JSON 7.1). Int64 and Decimal
// may be strings, as clients that use IEEE754Compatible send them.
bool is_of(Primitive primitive, const boost::json::value& value);

// "a date and time with an offset, such as 2026-01-31T12:00:00Z", for messages.
std::string_view example_of(Primitive primitive);

bool is_guid(std::string_view text);

}  // namespace graphmock::model
