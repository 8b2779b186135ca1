#include "odata/type_rules.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "odata/value.h"

namespace graphmock::odata {
namespace {

using model::Primitive;

// Types whose values can be compared with one another.
enum class Family {
  Unknown,
  Boolean,
  Number,
  String,
  Guid,
  Date,  // and times with a date
  TimeOfDay,
  Duration,
  Binary,
  Enum,
  Geography,
  Stream,
  Structured,
  Collection,
};

Family family_of(Primitive primitive) {
  switch (primitive) {
    case Primitive::Untyped:
      return Family::Unknown;
    case Primitive::Boolean:
      return Family::Boolean;
    case Primitive::String:
      return Family::String;
    case Primitive::Guid:
      return Family::Guid;
    case Primitive::Date:
    case Primitive::DateTimeOffset:
      return Family::Date;
    case Primitive::TimeOfDay:
      return Family::TimeOfDay;
    case Primitive::Duration:
      return Family::Duration;
    case Primitive::Binary:
      return Family::Binary;
    case Primitive::Geography:
      return Family::Geography;
    case Primitive::Stream:
      return Family::Stream;
    default:
      return Family::Number;
  }
}

Family family_of(const Known& known) {
  if (known.type.is_collection) return Family::Collection;
  if (known.is_object || known.type.structured) return Family::Structured;
  if (known.type.enumeration) return Family::Enum;
  return family_of(known.type.primitive);
}

bool is_string_literal(const Known& known) {
  return known.literal && known.literal->kind == LiteralKind::String;
}

bool is_order(std::string_view name) {
  return name == "lt" || name == "le" || name == "gt" || name == "ge";
}

bool is_comparison(std::string_view name) {
  return name == "eq" || name == "ne" || is_order(name);
}

// As the service calls it.
std::string_view kind_of(std::string_view name) {
  struct Row {
    std::string_view name, kind;
  };
  static constexpr std::array kRows{Row{"or", "Or"},          Row{"and", "And"},
                                    Row{"eq", "Equal"},       Row{"ne", "NotEqual"},
                                    Row{"gt", "GreaterThan"}, Row{"ge", "GreaterThanOrEqual"},
                                    Row{"lt", "LessThan"},    Row{"le", "LessThanOrEqual"},
                                    Row{"add", "Add"},        Row{"sub", "Subtract"},
                                    Row{"mul", "Multiply"},   Row{"div", "Divide"},
                                    Row{"divby", "DivideBy"}, Row{"mod", "Modulo"},
                                    Row{"has", "Has"},        Row{"in", "In"},
                                    Row{"not", "Not"},        Row{"-", "Negate"}};
  for (const auto& row : kRows) {
    if (row.name == name) return row.kind;
  }
  return name;
}

std::string advice(std::string_view name, const Known& a, const Known& b) {
  const auto one = family_of(a);
  const auto other = family_of(b);
  const auto is = [&](Family family) { return one == family || other == family; };
  if (is(Family::Collection)) {
    return "Ask of the items of a collection with 'any' or 'all', as in tags/any(t:t eq 'x').";
  }
  if (is(Family::Structured)) {
    return "Name one of the properties of the complex value or entity, as in address/city.";
  }
  if (name == "and" || name == "or") return "Either side has to be a condition, as in a eq 1.";
  if (name == "has") return "'has' takes values of one enumeration.";
  const auto is_other_than_text = [](const Known& known, Family family) {
    return known.literal && family != Family::String && family != Family::Boolean &&
           family != Family::Number;
  };
  if ((one == Family::String && is_other_than_text(b, other)) ||
      (other == Family::String && is_other_than_text(a, one))) {
    return "Write the value of a string in single quotes.";
  }
  if (is_string_literal(a) || is_string_literal(b)) {
    const auto& typed = is_string_literal(a) ? b.type : a.type;
    if (!typed.enumeration) {
      return "Expected is " + std::string(model::example_of(typed.primitive)) +
             (is(Family::Number) || is(Family::Boolean) ? ", without quotes." : ".");
    }
  }
  return "Use values of types that go together, or cast one: cast(a,Edm.String).";
}

[[noreturn]] void incompatible(std::string_view name, const Known& a, const Known& b) {
  throw http::Error(
      400, "",
      "A binary operator with incompatible types was detected. Found operand types '" + a.name() +
          "' and '" + b.name() + "' for operator kind '" + std::string(kind_of(name)) + "'. " +
          advice(name, a, b));
}

// Whether the literal's text is that of a value of the type.
bool is_text_of(const Literal& literal, const model::TypeRef& type) {
  const auto sample = [&]() -> Value {
    switch (family_of(type.primitive)) {
      case Family::Date:
        return {Moment{}};
      case Family::TimeOfDay:
        return {TimeOfDay{}};
      case Family::Duration:
        return {Duration{}};
      default:
        return {};
    }
  }();
  if (type.is(Primitive::Guid)) return model::is_guid(literal.text);
  if (type.is(Primitive::Binary)) return true;
  // The service has durations of years too.
  const bool is_duration =
      type.is(Primitive::Duration) && model::is_of(type.primitive, base::json::value(literal.text));
  if (is_duration) return true;
  return !sample.is_null() && read_as({literal.text}, sample);
}

// Undeclared members go with no value of an enumeration, unless it may grow.
void check_members(const model::EnumType& type, std::string_view text) {
  if (type.is_evolvable || enum_value(&type, text).value) return;
  std::vector<std::string_view> names;
  for (const auto& member : type.members) names.push_back(member.name);
  auto message = "The string '" + std::string(text) +
                 "' is not a valid value of the enumeration '" + std::string(type.name) + "'.";
  if (const auto near = base::nearest(text, names)) {
    message += " Did you mean '" + std::string(*near) + "'?";
  } else {
    message += " It has";
    for (const auto name : names) {
      message += (name == names.front() ? " '" : ", '") + std::string(name) + "'";
    }
    message += ".";
  }
  throw http::Error(400, "", std::move(message));
}

// Of a string literal and a type that it may stand for a value of.
bool stands_for(const Known& literal, const Known& typed) {
  if (!is_string_literal(literal) || typed.type.is_collection) return false;
  if (const auto* enumeration = typed.type.enumeration) {
    check_members(*enumeration, literal.literal->text);
    return true;
  }
  return !typed.type.structured && is_text_of(*literal.literal, typed.type);
}

bool go_together(std::string_view name, const Known& a, const Known& b);

bool lists_go_together(const Known& a, const Known& b) {
  const auto fits = [](const Known& list, const Known& item) {
    return std::all_of(list.items.begin(), list.items.end(),
                       [&](const Known& one) { return go_together("eq", one, item); });
  };
  if (!a.items.empty() && !b.items.empty()) return true;
  if (!a.items.empty()) return fits(a, b.item());
  if (!b.items.empty()) return fits(b, a.item());
  return go_together("eq", a.item(), b.item());
}

bool go_together(std::string_view name, const Known& a, const Known& b) {
  const auto one = family_of(a);
  const auto other = family_of(b);
  if (one == Family::Unknown || other == Family::Unknown) return true;
  if (one != other) return stands_for(a, b) || stands_for(b, a);
  switch (one) {
    case Family::Binary:
    case Family::Structured:
      return !is_order(name);
    case Family::Geography:  // can be compared with null alone (URL 5.1.1.1)
    case Family::Stream:
      return false;
    case Family::Enum:
      return a.type.enumeration == b.type.enumeration;
    case Family::Collection:
      return !is_order(name) && lists_go_together(a, b);
    default:
      return true;
  }
}

bool is_real(const Known& known) {
  return known.type.is(Primitive::Double) || known.type.is(Primitive::Single);
}

Known number_type(std::string_view name, const Known& a, const Known& b) {
  if (is_real(a) || is_real(b)) return Known::of(Primitive::Double);
  const bool is_exact = a.type.is(Primitive::Decimal) || b.type.is(Primitive::Decimal);
  if (is_exact || name == "divby") return Known::of(Primitive::Decimal);
  return Known::of(Primitive::Int64);
}

// What an arithmetic operator gives; nothing where it takes no such operands.
std::optional<Known> arithmetic_type(std::string_view name, const Known& a, const Known& b) {
  const auto one = family_of(a);
  const auto other = family_of(b);
  if (one == Family::Unknown || other == Family::Unknown) return Known{};
  if (one == Family::Number && other == Family::Number) return number_type(name, a, b);
  const bool is_sum = name == "add" || name == "sub";
  const bool is_part = name == "div" || name == "divby";
  if (one == Family::Duration && other == Family::Number && (name == "mul" || is_part)) return a;
  if (one == Family::Number && other == Family::Duration && name == "mul") return b;
  if (other == Family::Duration && (one == Family::Duration || one == Family::Date) && is_sum) {
    return Known::of(a.type);
  }
  const bool is_difference = one == Family::Date && other == Family::Date && name == "sub" &&
                             a.type.primitive == b.type.primitive;
  if (is_difference) return Known::of(Primitive::Duration);
  return std::nullopt;
}

bool has_go_together(const Known& a, const Known& b) {
  if (is_unknown(a)) return is_unknown(b) || b.type.enumeration || is_string_literal(b);
  if (!a.type.enumeration || a.type.is_collection) return false;
  return is_unknown(b) || stands_for(b, a) || b.type.enumeration == a.type.enumeration;
}

bool accepts(char parameter, const Known& argument) {
  const auto family = family_of(argument);
  if (family == Family::Unknown) return true;
  const auto is_of = [&](Primitive primitive) {
    return (!argument.type.is_collection && argument.type.is(primitive)) ||
           stands_for(argument, Known::of(primitive));
  };
  switch (parameter) {
    case 's':
      return family == Family::String;
    case 'c':
      return family == Family::Collection;
    case 'i':
      return family == Family::Number && !is_real(argument) && !is_of(Primitive::Decimal);
    case 'n':
      return family == Family::Number;
    case 'd':
      return is_of(Primitive::Date);
    case 'm':
      return is_of(Primitive::DateTimeOffset);
    case 't':
      return is_of(Primitive::TimeOfDay);
    case 'u':
      return is_of(Primitive::Duration);
    default:
      return family == Family::Geography;
  }
}

bool has_overload(const Function& function, const std::vector<Known>& arguments) {
  for (const auto overload : base::split(function.parameters, '|')) {
    if (overload.size() != arguments.size()) continue;
    size_t fitting = 0;
    while (fitting < overload.size() && accepts(overload[fitting], arguments[fitting])) ++fitting;
    if (fitting == overload.size()) return true;
  }
  return false;
}

}  // namespace

Known Known::of(const Literal& literal, const model::Model& model) {
  struct Row {
    LiteralKind kind;
    Primitive primitive;
  };
  static constexpr std::array kRows{Row{LiteralKind::Boolean, Primitive::Boolean},
                                    Row{LiteralKind::Integer, Primitive::Int64},
                                    Row{LiteralKind::Decimal, Primitive::Decimal},
                                    Row{LiteralKind::Double, Primitive::Double},
                                    Row{LiteralKind::String, Primitive::String},
                                    Row{LiteralKind::Guid, Primitive::Guid},
                                    Row{LiteralKind::Date, Primitive::Date},
                                    Row{LiteralKind::DateTimeOffset, Primitive::DateTimeOffset},
                                    Row{LiteralKind::TimeOfDay, Primitive::TimeOfDay},
                                    Row{LiteralKind::Duration, Primitive::Duration},
                                    Row{LiteralKind::Binary, Primitive::Binary},
                                    Row{LiteralKind::Geography, Primitive::Geography}};
  const auto value = value_of(literal, model);
  Known known;
  known.literal = &literal;
  for (const auto& row : kRows) {
    if (row.kind == literal.kind) known.type.primitive = row.primitive;
  }
  const auto* whole = value.get<int64_t>();
  if (whole && *whole >= INT32_MIN && *whole <= INT32_MAX) known.type.primitive = Primitive::Int32;
  const auto* member = value.get<EnumValue>();
  if (!member) return known;
  if (!member->type) {
    const auto name = literal.text.substr(0, literal.text.find('\''));
    throw http::Error(400, "", "There is no enumeration '" + name + "'.");
  }
  check_members(*member->type, member->text);
  known.type.enumeration = member->type;
  return known;
}

Known Known::item() const {
  auto one = of(type);
  one.type.is_collection = false;
  return one;
}

std::string Known::name() const {
  return is_object ? "Edm.ComplexType" : type.name();
}

bool is_unknown(const Known& known) {
  return family_of(known) == Family::Unknown;
}

bool may_be_boolean(const Known& known) {
  return is_unknown(known) || family_of(known) == Family::Boolean;
}

bool may_be_collection(const Known& known) {
  return is_unknown(known) || known.type.is_collection;
}

bool may_be_ordered(const Known& known) {
  const auto family = family_of(known);
  return family != Family::Collection && family != Family::Structured &&
         family != Family::Geography && family != Family::Stream;
}

Known result_of_binary(std::string_view name, const Known& a, const Known& b) {
  const auto boolean = Known::of(Primitive::Boolean);
  if (name == "and" || name == "or") {
    if (!may_be_boolean(a) || !may_be_boolean(b)) incompatible(name, a, b);
    return boolean;
  }
  if (name == "has") {
    if (!has_go_together(a, b)) incompatible(name, a, b);
    return boolean;
  }
  if (is_comparison(name)) {
    if (!go_together(name, a, b)) incompatible(name, a, b);
    return boolean;
  }
  auto result = arithmetic_type(name, a, b);
  if (!result) incompatible(name, a, b);
  result->literal = nullptr;
  return *std::move(result);
}

Known result_of_unary(std::string_view name, const Known& operand) {
  const auto family = family_of(operand);
  const bool fits = name == "not" ? may_be_boolean(operand)
                                  : family == Family::Unknown || family == Family::Number ||
                                        family == Family::Duration;
  if (!fits) {
    throw http::Error(400, "",
                      "A unary operator with an incompatible type was detected. Found operand "
                      "type '" +
                          operand.name() + "' for operator kind '" + std::string(kind_of(name)) +
                          "'. It takes " +
                          (name == "not" ? "a condition; put a comparison in parentheses, as in "
                                           "not (a eq 1)."
                                         : "a number or a duration."));
  }
  return Known::of(operand.type);
}

void check_in(const Known& left, const Known& right) {
  if (is_unknown(right)) return;
  if (!right.type.is_collection) incompatible("in", left, right);
  if (right.items.empty()) {
    if (!go_together("eq", left, right.item())) incompatible("in", left, right.item());
    return;
  }
  for (const auto& item : right.items) {
    if (!go_together("eq", left, item)) incompatible("in", left, item);
  }
}

Known result_of_call(const Function& function, const std::vector<Known>& arguments) {
  if (!has_overload(function, arguments)) {
    std::string types;
    for (const auto& argument : arguments) types += (types.empty() ? "" : ",") + argument.name();
    throw http::Error(400, "",
                      "No function signature for the function with name '" +
                          std::string(function.name) + "' matches the specified arguments (" +
                          types + "). It is " + signatures_of(function) + ".");
  }
  if (function.result.empty()) return Known::of(arguments[0].type);
  return Known::of(*model::primitive_named(function.result));
}

}  // namespace graphmock::odata
