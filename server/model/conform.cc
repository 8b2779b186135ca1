#include "model/conform.h"

#include <charconv>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"

namespace graphmock::model {
namespace {

namespace json = base::json;

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

// CSDL 15.2: a letter or underscore, then letters, digits and underscores, 128 at most.
bool is_member_name(std::string_view text) {
  if (text.empty() || text.size() > 128 || (text.front() >= '0' && text.front() <= '9'))
    return false;
  for (const char c : text) {
    const bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (!ok) return false;
  }
  return true;
}

bool is_small_integer(Primitive primitive) {
  return is_integer(primitive) && primitive != Primitive::Int64;
}

// The boolean or number that the text is; nothing for another text.
std::optional<json::value> converted(std::string_view text, Primitive primitive) {
  if (primitive == Primitive::Boolean) {
    if (base::equals_ignoring_case(text, "true")) return json::value(true);
    if (base::equals_ignoring_case(text, "false")) return json::value(false);
  }
  int32_t number = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  const bool is_number = !text.empty() && result.ec == std::errc() && result.ptr == end;
  if (is_small_integer(primitive) && is_number) return json::value(number);
  return std::nullopt;
}

// Says where a problem is once there is one: most values have none, and no pointer is made for
// them.
class Check {
 public:
  Check(const Model& model, EnumRule enums, std::vector<Problem>& problems)
      : model_(model), enums_(enums), problems_(problems) {}

  void property(const Property& property, const json::value& value) {
    if (value.is_null()) {
      if (!property.is_nullable) {
        report("The property " + quoted(property.name) + " of type " + property.type.name() +
               " must not be null.");
      }
      return;
    }
    if (!property.type.is_collection) return item(property, value);
    const auto* array = value.if_array();
    if (!array) return wrong_kind(property, value, "an array");
    for (size_t i = 0; i < array->size(); ++i) {
      const auto& element = (*array)[i];
      const auto before = problems_.size();
      if (!element.is_null()) {
        item(property, element);
      } else if (!property.is_nullable) {
        report("The items of " + quoted(property.name) + " must not be null.");
      }
      if (problems_.size() > before) place_from(before, base::pointer_child("", std::to_string(i)));
    }
  }

  // The problems from the `first` on are with what stands there.
  void place_from(size_t first, const std::string& pointer) {
    for (; first < problems_.size(); ++first) problems_[first].pointer.insert(0, pointer);
  }

 private:
  void report(std::string message) {
    constexpr uint64_t kWork = 2000;
    base::charge(kWork);
    problems_.push_back({"", std::move(message)});
  }

  void wrong_kind(const Property& property, const json::value& value, std::string_view expected) {
    report("The property " + quoted(property.name) + " is of type " + property.type.name() +
           " and takes " + std::string(expected) + "; the value given is " + shown(value) + ".");
  }

  // A scalar as it stands, anything larger by its kind.
  static std::string shown(const json::value& value) {
    constexpr size_t kLongest = 60;
    if (value.is_object() || value.is_array()) return "an " + std::string(base::kind_name(value));
    auto text = base::to_json(value);
    if (text.size() > kLongest) return "a " + std::string(base::kind_name(value));
    return text;
  }

  void item(const Property& property, const json::value& value) {
    if (property.type.structured) {
      const auto* object = value.if_object();
      if (!object) return wrong_kind(property, value, "an object");
      return complex(*property.type.structured, *object);
    }
    if (property.type.enumeration) {
      return enumeration(property, *property.type.enumeration, value);
    }
    if (base::is_string(value) && converted(value.get_string(), property.type.primitive)) return;
    if (!is_of(property.type.primitive, value)) {
      wrong_kind(property, value, example_of(property.type.primitive));
    }
  }

  void complex(const StructuredType& declared, const json::object& object) {
    const auto* type = type_of(model_, declared, object, "", problems_);
    if (!type) return;
    for (const auto& member : object) {
      const std::string_view name = member.key();
      if (name.find('@') != std::string_view::npos) continue;
      const auto before = problems_.size();
      if (const auto* found = type->property(name)) {
        property(*found, member.value());
      } else if (!type->is_open && !type->navigation(name)) {
        report(unknown_property(*type, name));
      }
      if (problems_.size() > before) place_from(before, base::pointer_child("", name));
    }
  }

  void enumeration(const Property& property, const EnumType& type, const json::value& value) {
    if (!base::is_string(value)) {
      return wrong_kind(property, value, "the name of a member as a string");
    }
    const std::string_view text = value.get_string();
    const bool takes_any = type.is_evolvable && enums_ == EnumRule::Evolvable;
    const auto names = type.is_flags ? base::split(text, ',') : std::vector{text};
    for (const auto part : names) {
      const auto name = base::trim(part);
      if (type.member(name) || (takes_any && is_member_name(name))) continue;
      std::string members;
      for (const auto& member : type.members) {
        members += (members.empty() ? "" : ", ") + std::string(member.name);
      }
      return report("The property " + quoted(property.name) + " has the value " + shown(value) +
                    ", which is no member of " + quoted(type.name) + ". Its members: " + members +
                    ".");
    }
  }

  const Model& model_;
  EnumRule enums_;
  std::vector<Problem>& problems_;
};

}  // namespace

void check_value(const Model& model, const Property& property, const json::value& value,
                 const std::string& pointer, EnumRule enums, std::vector<Problem>& problems) {
  const auto before = problems.size();
  Check check(model, enums, problems);
  check.property(property, value);
  check.place_from(before, pointer);
}

void convert_strings(json::value& value, const TypeRef& type) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) convert_strings(item, type);
  } else if (auto* object = value.if_object()) {
    if (!type.structured) return;
    for (auto& member : *object) {
      const auto* property = type.structured->property(member.key());
      if (property) convert_strings(member.value(), property->type);
    }
  } else if (base::is_string(value) && !type.structured && !type.enumeration) {
    if (auto other = converted(value.get_string(), type.primitive)) value = *std::move(other);
  }
}

namespace {

// Case does not matter to the service here, and it still takes the names that Outlook's types had
// before Graph had a namespace of its own.
const StructuredType* named_type(const Model& model, std::string_view name) {
  if (const auto* type = model.structured_type_ignoring_case(name)) return type;
  constexpr std::string_view kOutlook = "Microsoft.OutlookServices.";
  if (!base::starts_with_ignoring_case(name, kOutlook)) return nullptr;
  return model.structured_type_ignoring_case("microsoft.graph." +
                                             std::string(name.substr(kOutlook.size())));
}

}  // namespace

const StructuredType* type_of(const Model& model, const StructuredType& declared,
                              const json::object& object, const std::string& pointer,
                              std::vector<Problem>& problems) {
  const auto* annotation = object.if_contains("@odata.type");
  if (!annotation) return &declared;
  const auto place = base::pointer_child(pointer, "@odata.type");
  if (!base::is_string(*annotation)) {
    problems.push_back(
        {place, "The annotation '@odata.type' takes the name of a type as a string."});
    return nullptr;
  }
  const auto name = annotated_type(object);
  const auto* type = named_type(model, name);
  if (!type) {
    problems.push_back({place, "The type " + quoted(name) + " of '@odata.type' does not exist in " +
                                   model.version() + "."});
  } else if (!type->derives_from(declared)) {
    problems.push_back({place, "The type " + quoted(name) + " of '@odata.type' is not " +
                                   quoted(declared.name) + " nor derived from it."});
    return nullptr;
  }
  return type;
}

std::string_view annotated_type(const json::object& object) {
  const auto* annotation = object.if_contains("@odata.type");
  if (!annotation || !base::is_string(*annotation)) return {};
  std::string_view name = annotation->get_string();
  if (name.starts_with('#')) name.remove_prefix(1);
  return name;
}

std::string unknown_property(const StructuredType& type, std::string_view name) {
  auto message =
      "The property " + quoted(name) + " does not exist on type " + quoted(type.name) + ".";
  if (const auto near = base::nearest(name, type.member_names())) {
    message += " Did you mean " + quoted(*near) + "?";
  }
  return message;
}

}  // namespace graphmock::model
