#include "store/importer.h"

#include <algorithm>

#include "base/json.h"
#include "http/error.h"
#include "http/url.h"

namespace graphmock::store {

namespace json = base::json;

namespace {

bool has_problem_at(const model::Representation& representation, const std::string& pointer) {
  return std::any_of(representation.problems.begin(), representation.problems.end(),
                     [&](const model::Problem& problem) { return problem.pointer == pointer; });
}

// A key's value as an address has it.
std::string key_text(const json::value& value) {
  if (base::is_number(value)) return base::number_text(value);
  return value.is_string() ? std::string(std::string_view(value.get_string())) : std::string();
}

}  // namespace

// One object as every version that knows its type reads it.
struct Importer::Reading {
  std::vector<const model::Model*> models;
  std::vector<model::Representation> versions;
  json::object properties;

  const model::StructuredType& type() const { return *versions.front().type; }
  std::string_view key_name() const {
    return type().key.empty() ? std::string_view() : type().key[0];
  }
};

bool Importer::read(const Place& place, const json::object& object, const Report& report,
                    Reading& reading) const {
  std::vector<model::Problem> first_problems;
  for (const auto& [model, type] : place.declared) {
    auto representation = model::read_representation(*model, *type, object, enums_);
    if (representation.type) {
      reading.models.push_back(model);
      reading.versions.push_back(std::move(representation));
    } else if (first_problems.empty()) {
      first_problems = std::move(representation.problems);
    }
  }
  if (reading.versions.empty()) {
    for (const auto& problem : first_problems) report(problem.pointer, problem.message);
    return false;
  }
  bool is_right = true;
  for (const auto& problem : reading.versions.back().problems) {
    const bool is_everywhere = std::all_of(reading.versions.begin(), reading.versions.end(),
                                           [&](const model::Representation& version) {
                                             return has_problem_at(version, problem.pointer);
                                           });
    if (is_everywhere) report(problem.pointer, problem.message);
    is_right = is_right && !is_everywhere;
  }
  for (const auto& member : object) {
    for (const auto& version : reading.versions) {
      const auto found = version.properties.find(member.key());
      if (found == version.properties.end()) continue;
      reading.properties.emplace(member.key(), found->value());
      break;
    }
  }
  return is_right;
}

std::string Importer::put_in_collection(const Place& place, const json::object& object,
                                        const Report& report) {
  Reading reading;
  if (!read(place, object, report, reading)) return {};
  const auto name = reading.key_name();
  if (name.empty()) {
    report("", "The type '" + std::string(reading.type().name) +
                   "' has no key, so that no collection can hold its entities.");
    return {};
  }
  auto& key = reading.properties[name];
  if (key.is_null() && ids_) key = ids_->next_guid();
  const auto text = key_text(key);
  if (text.empty()) {
    report("", "The entity lacks its key '" + std::string(name) + "'.");
    return {};
  }
  auto home = place;
  if (place.is_reference && reading.type().derives_from("microsoft.graph.directoryObject")) {
    home.list = kDirectoryPool;
  }
  auto address = entity_address(home.list, text);
  store(address, home, reading, report);
  if (home.list != place.list && !write_.view().is_listed(place.list, address)) {
    write_.add_reference(place.list, address);
  }
  return address;
}

void Importer::put_at(const std::string& address, const Place& place, std::string_view key,
                      const json::object& object, const Report& report) {
  Reading reading;
  if (!read(place, object, report, reading)) return;
  const auto name = reading.key_name();
  if (!key.empty() && !name.empty()) {
    const auto own = reading.properties.emplace(name, key).first;
    if (existing_ == Existing::Refuse &&
        entity_address("", key_text(own->value())) != entity_address("", key)) {
      return report(base::pointer_child("", name),
                    "The key is not that of the address, '" + std::string(key) + "'.");
    }
  }
  store(address, place, reading, report);
}

void Importer::store(const std::string& address, const Place& place, Reading& reading,
                     const Report& report) {
  if (existing_ == Existing::Refuse && reading.type().is_abstract) {
    return report("", "The type '" + std::string(reading.type().name) +
                          "' is abstract: name one that derives from it in '@odata.type'.");
  }
  auto entity = make_entity(models_, address, reading.type(), reading.properties);
  if (write_.find(address)) {
    if (existing_ == Existing::Refuse) {
      return report("", "There is another entity at '" + address + "'.");
    }
    write_.replace(std::move(entity));
  } else {
    write_.create(std::move(entity), place.list);
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
      if (!is_new(bind.pointer)) continue;
      const auto& navigation = *bind.navigation;
      pending_.push_back({child_address(address, navigation.name), navigation.is_collection,
                          navigation.type, bind.targets, bind.pointer, report});
    }
  }
}

void Importer::store_nested(const std::string& owner, const Reading& reading,
                            const model::Representation::Nested& nested, const Report& report) {
  const auto& navigation = *nested.navigation;
  if (!navigation.is_contained && !nested.value->is_null() && existing_ == Existing::Refuse) {
    const std::string name(navigation.name);
    return report(nested.pointer, "'" + name +
                                      "' refers to entities that live elsewhere: put them "
                                      "there and name them here with '" +
                                      name + "@odata.bind'.");
  }
  Place place{child_address(owner, navigation.name), {}, !navigation.is_contained};
  for (size_t i = 0; i < reading.versions.size(); ++i) {
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
    if (place.is_reference) {
      write_.clear_references(place.list);
      put_in_collection(place, *object, below(nested.pointer));
      return;
    }
    return put_at(place.list, place, "", *object, below(nested.pointer));
  }
  const auto* array = nested.value->if_array();
  for (size_t i = 0; array && i < array->size(); ++i) {
    const auto item_report = below(base::pointer_child(nested.pointer, std::to_string(i)));
    if (const auto* object = (*array)[i].if_object()) {
      put_in_collection(place, *object, item_report);
    } else {
      item_report("", "An entity is a JSON object.");
    }
  }
}

EntityPtr Importer::entity_at(std::string_view url) const {
  const auto segments = http::parse_target(url).segments;
  for (const auto& model : models_.all()) {
    auto path = segments;
    if (!path.empty() && models_.version(path[0])) path.erase(path.begin());
    try {
      const auto target = odata::resolve(*model, path);
      if (!target.is_entities()) continue;
      const auto location = locate(models_, write_.view(), target);
      if (!location.missing_key.empty() || location.is_collection) continue;
      const auto entities = entities_at(models_, write_.view(), location);
      if (!entities.empty()) return entities[0];
    } catch (const http::Error&) {
      continue;  // an address that only another version has
    }
  }
  return nullptr;
}

void Importer::bind_references() {
  for (const auto& bind : pending_) {
    if (!bind.is_collection) write_.clear_references(bind.list);
    for (const auto& target : bind.targets) {
      EntityPtr entity;
      try {
        entity = entity_at(target);
      } catch (const http::Error&) {
        // no URL at all: as good as no entity
      }
      if (!entity) {
        bind.report(bind.pointer, "There is no entity '" + target + "' to refer to.");
      } else if (!is_a(models_, entity->type, *bind.type)) {
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
