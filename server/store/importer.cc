#include "store/importer.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "http/error.h"
#include "http/url.h"

namespace graphmock::store {

namespace json = base::json;

namespace {

// Whether the property that a problem is with has been read all the same.
bool is_kept(const model::Representation& representation, std::string_view pointer) {
  const auto tokens = base::split(pointer, '/');
  return tokens.size() > 1 && representation.properties.contains(tokens[1]);
}

// The entity in {"value": {...}}, the form in which the Intune reference shows single ones; null
// when the object is the entity itself.
const json::object* enveloped(const Importer::Place& place, const json::object& object) {
  const auto* value = object.if_contains("value");
  if (!value || !value->is_object()) return nullptr;
  const bool is_alone = std::all_of(object.begin(), object.end(), [](const auto& member) {
    return member.key() == "value" || std::string_view(member.key()).starts_with("@odata.");
  });
  const bool is_property =
      std::any_of(place.declared.begin(), place.declared.end(), [](const auto& declared) {
        return declared.type->is_open || declared.type->property("value");
      });
  return is_alone && !is_property ? &value->get_object() : nullptr;
}

}  // namespace

std::optional<Reading> Importer::read(const Place& place, const json::object& object,
                                      const Report& report) {
  const bool is_lenient = existing_ == Existing::Replace;
  auto reading = read_in_versions(place.declared, object, enums_,
                                  is_lenient ? model::Unknown::Kept : model::Unknown::Dropped);
  const bool is_known = !reading.versions.empty();
  bool is_right = is_known;
  for (const auto& problem : reading.problems) {
    if (is_lenient && is_known && is_kept(reading.versions.back(), problem.pointer)) {
      warnings_.push_back(problem);
    } else {
      report(problem.pointer, problem.message);
      is_right = false;
    }
  }
  if (is_known && rules_) {
    rules_->check(place, reading.type(), object,
                  [&](std::string_view pointer, std::string message) {
                    report(pointer, std::move(message));
                    is_right = false;
                  });
  }
  if (!is_right) return std::nullopt;
  return reading;
}

std::string Importer::address_of(const Place& place, Reading& reading, const Report& report) const {
  const auto name = reading.key_name();
  if (place.is_single && place.home.list.empty()) {
    if (place.address.empty()) return place.list;
    // A singleton that is an entity of a set, as /me is.
    if (!name.empty()) reading.properties[name] = key_of_address(place.address);
    return place.address;
  }
  if (name.empty()) {
    report("", "The type '" + std::string(reading.type().name) +
                   "' has no key, so that no collection can hold its entities.");
    return {};
  }
  auto& key = reading.properties[name];
  const bool is_own = !key.is_null();
  if (key.is_null() && !place.key.empty()) key = place.key;
  if (key.is_null() && make_id_) {
    key = make_id_(reading.type(), reading.properties, write_.view(), place.home_list());
  }
  const auto text = key_text(key);
  if (text.empty()) {
    report("", "The entity lacks its key '" + std::string(name) + "'.");
    return {};
  }
  if (existing_ == Existing::Refuse && !place.key.empty() &&
      entity_address("", text) != entity_address("", place.key)) {
    report(base::pointer_child("", name),
           "The key is not that of the address, '" + place.key + "'.");
    return {};
  }
  // What a single-valued navigation refers to may change for another entity.
  const bool is_other = place.is_single && is_own && !place.home.is_same_key;
  if (!place.address.empty() && !is_other) return place.address;
  return entity_address(place.home_list(), text);
}

// Of an object that says which entity is meant, and nothing about it: the address of one that is
// there and lives elsewhere than in the list; empty for another.
std::string Importer::address_of_named(const Place& place, const json::object& object) const {
  const auto& key_names = place.declared.front().type->key;
  if (place.home.list.empty() || place.home.is_same_key || key_names.size() != 1) return {};
  const auto* key = object.if_contains(key_names[0]);
  if (!key) return {};
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (name != key_names[0] && !name.starts_with('@')) return {};
  }
  auto address = entity_address(place.home_list(), key_text(*key));
  return write_.find(address) ? address : std::string();
}

std::string Importer::put(const Place& place, const json::object& object, const Report& report) {
  if (existing_ == Existing::Replace) {
    const auto named = address_of_named(place, object);
    if (!named.empty()) {
      if (place.is_single) write_.clear_references(place.list);
      if (!write_.view().is_listed(place.list, named)) write_.add_reference(place.list, named);
      return named;
    }
  }
  const auto* inner = existing_ == Existing::Replace ? enveloped(place, object) : nullptr;
  auto reading = read(place, inner ? *inner : object, report);
  if (!reading) return {};
  reading->is_enveloped = inner != nullptr;
  const auto address = address_of(place, *reading, report);
  if (address.empty()) return {};
  const auto& home = place.home;
  const auto& list = home.list.empty() || !home.is_listed ? place.list : home.list;
  if (!store(place, address, list, *reading, report)) return {};
  if (list != place.list && !home.is_same_key && !write_.view().is_listed(place.list, address)) {
    if (place.is_single) write_.clear_references(place.list);
    write_.add_reference(place.list, address);
  }
  return address;
}

bool Importer::store(const Place& place, const std::string& address, const std::string& list,
                     Reading& reading, const Report& report) {
  if (existing_ == Existing::Refuse && reading.type().is_abstract) {
    report("", "The type '" + std::string(reading.type().name) +
                   "' is abstract: name one that derives from it in '@odata.type'.");
    return false;
  }
  constexpr uint64_t kWork = 10'000;
  base::charge(kWork);
  if (rules_) rules_->complete(place, list, address, reading.type(), reading.properties);
  auto entity =
      make_entity(models_, address, reading.type(), reading.properties, reading.is_enveloped);
  if (write_.find(address)) {
    if (existing_ == Existing::Refuse) {
      report("", "There is another entity at '" + address + "'.");
      return false;
    }
    write_.replace(std::move(entity));
  } else {
    write_.create(std::move(entity), list);
    put_in_folder(address, reading);
  }
  std::vector<std::string_view> seen;  // what one version has read, another need not
  const auto is_new = [&seen](std::string_view name) {
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) return false;
    seen.push_back(name);
    return true;
  };
  for (const auto& version : reading.versions) {
    for (const auto& nested : version.nested) {
      if (is_new(nested.navigation->name)) store_nested(address, reading, nested, report);
    }
    for (const auto& bind : version.binds) {
      if (is_new(bind.pointer)) this->bind(address, bind, report);
    }
  }
  return true;
}

void Importer::put_in_folder(const std::string& address, const Reading& reading) {
  const auto folder = reading.properties.find(folder_property(reading.type()));
  if (folder == reading.properties.end()) return;
  const auto list = folder_list(reading.type(), address, key_text(folder->value()));
  if (!list.empty() && !write_.view().is_listed(list, address)) write_.add_reference(list, address);
}

void Importer::bind(const std::string& owner, const model::Representation::Bind& bind,
                    const Report& report) {
  const auto& navigation = *bind.navigation;
  pending_.push_back({child_address(owner, navigation.name), navigation.is_collection,
                      navigation.type, bind.targets, bind.pointer, report});
}

// An entity that stands where a reference belongs, and is there already, is referred to by its key.
bool Importer::refer_to_known(const Place& place, const json::value& value) {
  const auto* object = value.if_object();
  const auto& key_names = place.declared.front().type->key;
  const auto* key = object && !key_names.empty() ? object->if_contains(key_names[0]) : nullptr;
  if (!key) return false;
  const auto address = entity_address(place.home_list(), key_text(*key));
  if (!write_.find(address)) return false;
  write_.clear_references(place.list);
  write_.add_reference(place.list, address);
  return true;
}

void Importer::store_nested(const std::string& owner, const Reading& reading,
                            const model::Representation::Nested& nested, const Report& report) {
  const auto& navigation = *nested.navigation;
  auto place =
      place_below(write_.view(), owner, *reading.models.front(), reading.type(), navigation);
  const bool is_reference = !navigation.is_contained && !has_home(reading.type(), navigation.name);
  if (is_reference && existing_ == Existing::Refuse && refer_to_known(place, *nested.value)) return;
  if (is_reference && !nested.value->is_null() && existing_ == Existing::Refuse && !make_target_) {
    const std::string name(navigation.name);
    return report(nested.pointer, "'" + name +
                                      "' refers to entities that live elsewhere: put them "
                                      "there and name them here with '" +
                                      name + "@odata.bind'.");
  }
  place.is_reference = is_reference;
  for (size_t i = 1; i < reading.versions.size(); ++i) {
    if (const auto* same = reading.versions[i].type->navigation(navigation.name)) {
      place.declared.push_back({reading.models[i], same->type});
    }
  }
  // By value: a reference that cannot be bound is reported when this call is long over.
  const auto below = [&](const std::string& prefix) {
    return [report, prefix](std::string_view pointer, std::string message) {
      report(prefix + std::string(pointer), std::move(message));
    };
  };
  if (const auto* object = nested.value->if_object()) {
    put(place, *object, below(nested.pointer));
    return;
  }
  const auto* array = nested.value->if_array();
  for (size_t i = 0; array && i < array->size(); ++i) {
    const auto item_report = below(base::pointer_child(nested.pointer, std::to_string(i)));
    if (const auto* object = (*array)[i].if_object()) {
      put(place, *object, item_report);
    } else {
      item_report("", "An entity is a JSON object.");
    }
  }
}

Importer::Place place_below(const LayerView& view, const std::string& owner,
                            const model::Model& model, const model::StructuredType& type,
                            const model::NavigationProperty& navigation) {
  Importer::Place place;
  place.list = child_address(owner, navigation.name);
  place.declared = {{&model, navigation.type}};
  place.is_single = !navigation.is_collection;
  place.home = home_of(view, owner, type, navigation.name);
  if (place.home.list == place.list) place.home = {};
  if (!navigation.is_contained && !has_home(type, navigation.name)) {
    place.home = home_of_references(model, *navigation.type);
  }
  if (place.home.is_same_key) {
    place.key = key_of_address(owner);
    place.address = entity_address(place.home.list, place.key);
  }
  return place;
}

EntityPtr entity_at_path(const model::Models& models, const LayerView& view,
                         const std::vector<std::string>& segments) {
  for (const auto& model : models.all()) {
    try {
      const auto target = odata::resolve(*model, segments);
      if (!target.is_entities()) continue;
      const auto location = locate(models, view, target);
      if (!location.missing_key.empty() || location.is_collection) continue;
      const auto entities = entities_at(models, view, location);
      if (!entities.empty()) return entities[0];
    } catch (const http::Error&) {
      continue;  // an address that only another version has
    }
  }
  return nullptr;
}

EntityPtr entity_at_url(const model::Models& models, const LayerView& view, std::string_view url) {
  try {
    return entity_at_path(models, view, odata::resource_segments(models, url));
  } catch (const http::Error&) {
    return nullptr;  // no URL at all
  }
}

Importer::Place place_at(const Location& location, const odata::Target& target) {
  Importer::Place place;
  place.list = location.list;
  place.home = location.home;
  place.declared = {{target.model, location.type}};
  if (location.is_collection) return place;
  place.address = location.address;
  place.is_single = location.is_single;
  if (place.is_single && place.address == place.list) place.address.clear();
  // Casts behind a key do not change what it is the key of.
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (step->kind == odata::StepKind::Cast) continue;
    if (step->kind == odata::StepKind::Key && step->alternate_key.empty()) place.key = step->key;
    break;
  }
  // What is not in a list of references yet lives where all of its kind do.
  if (location.is_reference && !location.home.list.empty() && !place.key.empty() &&
      place.address == entity_address(location.list, place.key)) {
    place.address = entity_address(location.home.list, place.key);
  }
  if (location.home.is_same_key) place.key = key_of_address(location.address);
  return place;
}

bool make_owners(Importer& importer, const model::Models& models, const LayerView& view,
                 const odata::Target& target, std::string_view me, const Importer::Report& report) {
  using odata::StepKind;
  const auto& steps = target.steps;
  for (size_t count = 1; count < steps.size() && count <= target.entity_steps(); ++count) {
    const auto& step = steps[count - 1];
    const bool is_single = step.kind == StepKind::Navigation && !step.is_collection;
    if (step.kind != StepKind::Key && !is_single) continue;
    // What a cast behind it asks for, it has to be.
    auto owner = target.prefix(count);
    if (count < steps.size() && steps[count].kind == StepKind::Cast) {
      owner.steps.push_back(steps[count]);
    }
    const auto location = locate(models, view, owner, me);
    if (!location.missing_key.empty()) return false;
    if (view.find(location.address)) continue;
    // What is contained in a single-valued navigation need not be there itself.
    if (is_single && location.home.list.empty() && !location.is_reference) continue;
    json::object object;
    for (const auto& [name, value] : step.alternate_key) object.emplace(name, value);
    if (importer.put(place_at(location, owner), object, report).empty()) return false;
  }
  return true;
}

void Importer::bind_references() {
  for (const auto& bind : pending_) {
    if (!bind.is_collection) write_.clear_references(bind.list);
    for (const auto& target : bind.targets) {
      auto entity = entity_at_url(models_, write_.view(), target);
      if (!entity && make_target_) entity = make_target_(target);
      if (!entity) {
        bind.report(bind.pointer, "There is no entity '" + target + "' to refer to.");
      } else if (!is_a(models_, entity->type, *bind.type) &&
                 !(make_target_ && bind.type->derives_from(entity->type))) {
        bind.report(bind.pointer, "'" + target + "' is of type '" + std::string(entity->type) +
                                      "'. Expected '" + std::string(bind.type->name) +
                                      "' or one derived from it.");
      } else if (!write_.view().is_listed(bind.list, entity->address)) {
        write_.add_reference(bind.list, entity->address);
      }
    }
  }
  pending_.clear();
}

}  // namespace graphmock::store
