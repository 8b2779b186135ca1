#include "odata/compare.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "odata/text_case.h"

namespace graphmock::odata {
namespace {

namespace json = base::json;

constexpr auto kEqual = std::partial_ordering::equivalent;
constexpr auto kDifferent = std::partial_ordering::unordered;

std::partial_ordering equal_if(bool is_equal) {
  return is_equal ? kEqual : kDifferent;
}

std::partial_ordering compare_text(std::string_view a, std::string_view b, bool ignore_case) {
  if (ignore_case) return compare_ignoring_case(a, b) <=> 0;
  base::charge_copy(std::min(a.size(), b.size()));
  return a.compare(b) <=> 0;
}

std::partial_ordering compare_enums(const EnumValue& a, const EnumValue& b) {
  if (a.value && b.value) return *a.value <=> *b.value;
  return compare_text(a.text, b.text, true);
}

// A Double makes the other a Double; an integer and a Double are compared exactly, on the 64 bits
// of a long double.
std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  const auto* whole_a = a.get<int64_t>();
  const auto* whole_b = b.get<int64_t>();
  if (whole_a && whole_b) return *whole_a <=> *whole_b;
  const auto* real_a = a.get<double>();
  const auto* real_b = b.get<double>();
  if (!real_a && !real_b) return *a.decimal() <=> *b.decimal();
  if (whole_a) return static_cast<long double>(*whole_a) <=> static_cast<long double>(*real_b);
  if (whole_b) return static_cast<long double>(*real_a) <=> static_cast<long double>(*whole_b);
  return *a.number() <=> *b.number();
}

// The value of a member of a complex value, whose type need not declare it.
Value member_value(const json::object& object, const model::StructuredType* type,
                   std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* property = type ? type->property(name) : nullptr;
  if (!value) return {};
  return property ? value_of(*value, property->type) : value_of(*value);
}

bool is_annotation(std::string_view name) {
  return name.find('@') != std::string_view::npos;
}

// Same structure, same values (URL 5.1.1.1.1); a member that is null need not be there.
bool has_equal_members(const Item& a, const Item& b, bool ignore_case) {
  const auto covers = [&](const Item& one, const Item& other) {
    return std::all_of(one.object->begin(), one.object->end(), [&](const auto& member) {
      if (is_annotation(member.key())) return true;
      return is_equal(member_value(*one.object, one.type, member.key()),
                      member_value(*other.object, other.type, member.key()), ignore_case);
    });
  };
  const bool may_be_of_one_type = a.type == b.type || !a.type || !b.type;
  return may_be_of_one_type && covers(a, b) && covers(b, a);
}

bool has_equal_members(const Item& item, const ObjectLiteral& literal, bool ignore_case) {
  size_t found = 0;
  for (const auto& [name, value] : literal.members) {
    if (name == "@odata.id" || name == "@id") {
      throw http::not_implemented("a reference to an entity ('" + name + "') in an expression");
    }
    if (is_annotation(name)) continue;
    const auto* property = item.type ? item.type->property_ignoring_case(name) : nullptr;
    const std::string own(property ? property->name : std::string_view(name));
    const auto actual = member_value(*item.object, item.type, own);
    if (!is_equal(actual, value, ignore_case)) return false;
    found += actual.is_null() ? 0 : 1;
  }
  const auto all = std::count_if(item.object->begin(), item.object->end(), [](const auto& member) {
    return !is_annotation(member.key()) && !member.value().is_null();
  });
  return static_cast<size_t>(all) == found;
}

bool has_equal_members(const ObjectLiteral& a, const ObjectLiteral& b, bool ignore_case) {
  const auto covers = [&](const ObjectLiteral& one, const ObjectLiteral& other) {
    return std::all_of(one.members.begin(), one.members.end(), [&](const auto& member) {
      for (const auto& candidate : other.members) {
        if (candidate.first == member.first)
          return is_equal(candidate.second, member.second, ignore_case);
      }
      return member.second.is_null();
    });
  };
  return covers(a, b) && covers(b, a);
}

// An item with its object, which is parsed where the item is a text.
struct Whole {
  explicit Whole(const Item& given) : item(given) {
    if (item.object) return;
    parsed = base::parse_json(item.text);
    item.object = &parsed.get_object();
  }
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;

  json::value parsed;
  Item item;
};

// Complex values and entities are the same or not; there is no order among them.
std::optional<std::partial_ordering> compare_structured(const Value& a, const Value& b,
                                                        bool ignore_case) {
  const auto* item_a = a.get<Item>();
  const auto* item_b = b.get<Item>();
  const auto* literal_a = a.object_literal();
  const auto* literal_b = b.object_literal();
  if (item_a && item_b) {
    if (item_a->entity && item_b->entity) return equal_if(item_a->entity == item_b->entity);
    return equal_if(has_equal_members(Whole(*item_a).item, Whole(*item_b).item, ignore_case));
  }
  if (item_a && literal_b) {
    return equal_if(has_equal_members(Whole(*item_a).item, *literal_b, ignore_case));
  }
  if (literal_a && item_b) {
    return equal_if(has_equal_members(Whole(*item_b).item, *literal_a, ignore_case));
  }
  if (literal_a && literal_b) {
    return equal_if(has_equal_members(*literal_a, *literal_b, ignore_case));
  }
  return std::nullopt;
}

std::optional<std::partial_ordering> compare_temporal(const Value& a, const Value& b) {
  // A date is the midnight that it begins with, where it meets a moment.
  constexpr int64_t kDay = 86'400;
  if (const auto* date = a.get<Date>(); date && b.get<Moment>()) {
    return Moment{date->days * kDay, 0, 0} <=> *b.get<Moment>();
  }
  if (const auto* date = b.get<Date>(); date && a.get<Moment>()) {
    return *a.get<Moment>() <=> Moment{date->days * kDay, 0, 0};
  }
  if (a.data.index() != b.data.index()) return std::nullopt;
  if (const auto* moment = a.get<Moment>()) return *moment <=> *b.get<Moment>();
  if (const auto* date = a.get<Date>()) return date->days <=> b.get<Date>()->days;
  if (const auto* time = a.get<TimeOfDay>()) {
    return time->nanoseconds <=> b.get<TimeOfDay>()->nanoseconds;
  }
  if (const auto* duration = a.get<Duration>()) {
    return duration->nanoseconds <=> b.get<Duration>()->nanoseconds;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::partial_ordering> compare(const Value& a, const Value& b, bool ignore_case) {
  constexpr uint64_t kWork = 10;
  base::charge(kWork);
  const auto* text_a = a.get<Text>();
  const auto* text_b = b.get<Text>();
  if (text_a && text_b) {
    const bool is_caseless =
        ignore_case || text_a->kind == LiteralKind::Guid || text_b->kind == LiteralKind::Guid;
    return compare_text(text_a->text, text_b->text, is_caseless);
  }
  if (a.is_number() && b.is_number()) return compare_numbers(a, b);
  if (text_a) {
    const auto read = read_as(*text_a, b);
    return read ? compare(*read, b, ignore_case) : std::nullopt;
  }
  if (text_b) {
    const auto read = read_as(*text_b, a);
    return read ? compare(a, *read, ignore_case) : std::nullopt;
  }
  if (const auto order = compare_temporal(a, b)) return order;
  if (const auto order = compare_structured(a, b, ignore_case)) return order;
  if (a.data.index() != b.data.index()) return std::nullopt;
  if (const auto* flag = a.get<bool>()) return *flag <=> *b.get<bool>();
  if (const auto* one = a.get<EnumValue>()) return compare_enums(*one, *b.get<EnumValue>());
  const auto* list_a = a.list();
  const auto* list_b = b.list();
  if (!list_a || !list_b) return std::nullopt;
  return equal_if(std::equal(
      list_a->begin(), list_a->end(), list_b->begin(), list_b->end(),
      [&](const Value& one, const Value& other) { return is_equal(one, other, ignore_case); }));
}

bool is_equal(const Value& a, const Value& b, bool ignore_case) {
  base::charge(1);
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  const auto order = compare(a, b, ignore_case);
  return order && *order == kEqual;
}

}  // namespace graphmock::odata
