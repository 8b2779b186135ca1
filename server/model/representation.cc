#include "model/representation.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/work_budget.h"

namespace graphmock::model {
namespace {

namespace json = base::json;

// Takes annotations off complex values, all but their types. A dynamic property's
// "name@odata.type" stays as well: the model cannot tell the type.
void strip_annotations(json::value& value) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) strip_annotations(item);
    return;
  }
  auto* object = value.if_object();
  if (!object) return;
  // Into a new object: each member taken out in place would move all that follow it.
  json::object kept(object->storage());
  kept.reserve(object->size());
  for (auto& member : *object) {
    const std::string_view name = member.key();
    if (name.find('@') != std::string_view::npos && !name.ends_with("@odata.type")) continue;
    strip_annotations(member.value());
    kept.emplace(name, std::move(member.value()));
  }
  *object = std::move(kept);
}

class Reader {
 public:
  Reader(const Model& model, EnumRule enums, Unknown unknown, Representation& result)
      : model_(model), enums_(enums), unknown_(unknown), result_(result) {}

  void read(const json::object& object) {
    for (const auto& member : object) {
      base::charge(base::work::kEntity);
      const std::string_view name = member.key();
      const auto at = name.find('@');
      if (at == std::string_view::npos) {
        read_member(name, member.value());
      } else if (name.substr(at) == "@odata.bind") {
        read_bind(name.substr(0, at), member.value(), std::string(name));
      } else if (at > 0 && (name.substr(at) == "@delta" || name.substr(at) == "@odata.delta")) {
        read_delta(name.substr(0, at), member.value(), std::string(name));
      } else if (at > 0 && name.substr(at) == "@odata.type" &&
                 !result_.type->property(name.substr(0, at))) {
        result_.properties.emplace(member.key(), member.value());
      }
    }
  }

 private:
  void report(std::string pointer, std::string message) {
    constexpr uint64_t kWork = 1000;
    base::charge(kWork);
    result_.problems.push_back({std::move(pointer), std::move(message)});
  }

  void read_member(std::string_view name, const json::value& value) {
    const auto& type = *result_.type;
    const auto* property = type.property(name);
    if (property) {
      const auto before = result_.problems.size();
      check_value(model_, *property, value, "", enums_, result_.problems);
      // Made for those alone that have a problem.
      for (auto i = before; i < result_.problems.size(); ++i) {
        result_.problems[i].pointer.insert(0, base::pointer_child("", name));
      }
    } else if (const auto* navigation = type.navigation(name)) {
      return read_nested(*navigation, value, base::pointer_child("", name));
    } else if (!type.is_open) {
      report(base::pointer_child("", name), unknown_property(type, name));
      if (unknown_ == Unknown::Dropped) return;
    }
    result_.properties.emplace(name, kept_value(value, property));
  }

  void read_nested(const NavigationProperty& navigation, const json::value& value,
                   const std::string& pointer) {
    if (navigation.is_collection ? !value.is_array() : !(value.is_object() || value.is_null())) {
      return report(pointer, "The navigation property '" + std::string(navigation.name) +
                                 "' takes " +
                                 (navigation.is_collection ? "an array" : "an object") + " of '" +
                                 std::string(navigation.type->name) + "'; the value given is " +
                                 std::string(base::kind_name(value)) + ".");
    }
    result_.nested.push_back({&navigation, &value, pointer});
  }

  void read_bind(std::string_view name, const json::value& value, const std::string& member) {
    const auto pointer = base::pointer_child("", member);
    const auto* navigation = result_.type->navigation(name);
    if (!navigation && result_.type->property(name)) {
      return report(pointer, "'" + member + "' refers to entities, but '" + std::string(name) +
                                 "' is no navigation property of type '" +
                                 std::string(result_.type->name) + "'.");
    }
    if (!navigation) return report(pointer, unknown_property(*result_.type, name));
    Representation::Bind bind{navigation, {}, pointer};
    const auto add = [&](const json::value& target) {
      if (base::is_string(target)) bind.targets.emplace_back(target.get_string());
      return base::is_string(target);
    };
    bool is_right = false;
    if (const auto* array = value.if_array(); array && navigation->is_collection) {
      is_right = std::all_of(array->begin(), array->end(), add);
    } else if (!navigation->is_collection) {
      is_right = add(value);
    }
    if (!is_right) {
      return report(pointer, "'" + member + "' takes " +
                                 (navigation->is_collection ? "an array of entity URLs."
                                                            : "the URL of an entity as a string."));
    }
    result_.binds.push_back(std::move(bind));
  }

  void read_delta(std::string_view name, const json::value& value, const std::string& member) {
    const auto pointer = base::pointer_child("", member);
    const auto* navigation = result_.type->navigation(name);
    if (!navigation) return report(pointer, unknown_property(*result_.type, name));
    const auto* items = value.if_array();
    const bool is_right = items && navigation->is_collection &&
                          std::all_of(items->begin(), items->end(),
                                      [](const json::value& item) { return item.is_object(); });
    if (!is_right) {
      return report(pointer, "'" + member + "' takes an array of objects, and '" +
                                 std::string(name) + "' has to be a collection of entities.");
    }
    result_.deltas.push_back({navigation, items, pointer});
  }

  const Model& model_;
  EnumRule enums_;
  Unknown unknown_;
  Representation& result_;
};

}  // namespace

json::value kept_value(const json::value& value, const Property* property) {
  json::value kept(value, value.storage());
  if (kept.is_structured()) strip_annotations(kept);
  if (property) convert_strings(kept, property->type);
  return kept;
}

Representation read_representation(const Model& model, const StructuredType& declared,
                                   const json::object& object, EnumRule enums, Unknown unknown) {
  Representation result{nullptr, json::object(object.storage()), {}, {}, {}, {}};
  result.type = type_of(model, declared, object, "", result.problems);
  if (result.type) Reader(model, enums, unknown, result).read(object);
  return result;
}

}  // namespace graphmock::model
