#include "graph/entity_rules.h"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "facts/type_facts.h"
#include "http/error.h"
#include "store/version.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What the model requires is a text that it has no default for. Dates, numbers and members of
// enumerations that it does not let be null are the service's to fill in.
bool is_required_by_model(const model::Property& property) {
  return !property.is_nullable && !property.has_default && !property.is_computed &&
         !property.type.is_collection && property.type.is(model::Primitive::String);
}

bool has_date(const model::StructuredType& type, std::string_view name) {
  const auto* property = type.property(name);
  return property && !property->type.is_collection &&
         property->type.is(model::Primitive::DateTimeOffset);
}

constexpr std::string_view kTags[] = {"changeKey", "eTag", "cTag"};

// An eTag of anything but mail and files is a property like any other.
bool is_tag(const model::StructuredType& type, std::string_view name) {
  const auto family = facts::family_of(&type);
  const bool has_own_tags = family == facts::Family::Outlook || family == facts::Family::Drive;
  return type.property(name) && (name != "eTag" || has_own_tags);
}

// Those that the write makes the entity's.
void set_tags(json::object& entity, const model::StructuredType& type, uint32_t version) {
  bool has_tags = false;
  for (const auto name : kTags) has_tags = has_tags || is_tag(type, name);
  if (!has_tags) return;
  // Of the entity without its own tags, which say nothing of it.
  auto content = entity;
  for (const auto name : kTags) content.erase(name);
  const auto tag =
      store::version_tag(store::content_hash(type.name, base::to_json(content)), version);
  for (const auto name : kTags) {
    if (!is_tag(type, name)) continue;
    // A changeKey stands bare, the others are written as tags.
    entity[name] = name == "changeKey" ? tag : "\"" + tag + "\"";
  }
}

// What the service says where the client does not, in complex values too.
void fill_defaults(json::object& value, const model::StructuredType& type) {
  for (const auto& one : facts::facts_of(type).defaults) {
    if (!type.property(one.property) || value.contains(one.property)) continue;
    value[one.property] = base::parse_json(one.json);
  }
  for (auto& member : value) {
    const auto* property = type.property(member.key());
    if (!property || !property->type.structured) continue;
    if (auto* object = member.value().if_object()) {
      fill_defaults(*object, *property->type.structured);
    } else if (auto* array = member.value().if_array()) {
      for (auto& item : *array) {
        if (auto* one = item.if_object()) fill_defaults(*one, *property->type.structured);
      }
    }
  }
}

// The folder that it is created in, or else the one where the service puts it.
void fill_folder(const store::LayerView& view, const store::Importer::Place& place,
                 const model::StructuredType& type, json::object& properties) {
  const auto property = store::folder_property(type);
  if (property.empty() || properties.contains(property)) return;
  const bool is_in_folder = place.home_list() != place.list;
  auto folder = is_in_folder ? store::key_of_address(store::home_of_address(place.list))
                             : store::default_folder(view, type, place.list);
  if (!folder.empty()) properties[property] = std::move(folder);
}

// What the entity says that the place is in, where the facts take anything over from it.
json::object owner_of(const store::LayerView& view, const store::Importer::Place& place,
                      const facts::TypeFacts& facts) {
  if (facts.from_owner.empty()) return {};
  const auto owner = view.find(store::home_of_address(place.list));
  return owner ? base::parse_json(owner->text).get_object() : json::object();
}

// Among whom a value has to be the entity's alone.
std::vector<std::string> lists_of_others(const store::LayerView& view,
                                         const model::StructuredType& type, const std::string& list,
                                         std::string_view own) {
  if (type.derives_from("microsoft.graph.directoryObject")) {
    if (list == store::kDirectoryPool) return {list};
    return {std::string(store::kDirectoryPool), list};
  }
  // A folder within another is listed there alone, though it lives among all of the mailbox.
  if (own.empty() || view.is_listed(list, own)) return {list};
  return view.lists_of(own);
}

[[noreturn]] void refuse_key(const model::StructuredType& type, std::string_view address) {
  throw http::Error(409, "",
                    "Another object with the value '" + store::key_of_address(address) +
                        "' for the key '" + std::string(type.key.empty() ? "" : type.key[0]) +
                        "' already exists.");
}

}  // namespace

void EntityRules::check(const store::Importer::Place& place, const model::StructuredType& type,
                        const json::object& object, const store::Importer::Report& report) const {
  for (const auto name : type.key) {
    const auto key = object.find(name);
    if (key == object.end() || !base::is_string(key->value())) continue;
    const auto address = store::entity_address(place.home_list(), key->value().get_string());
    if (view_.find(address)) refuse_key(type, address);
  }
  if (type.is_abstract) {
    return report("/@odata.type", "The type '" + std::string(type.name) +
                                      "' is abstract; '@odata.type' has to name one that derives "
                                      "from it.");
  }
  // It is named here, and has to be whole elsewhere.
  if (place.is_reference) return;
  const auto& facts = facts::facts_of(type);
  const auto from_owner = owner_of(view_, place, facts);
  const auto require = [&](std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value && !value->is_null()) return;
    if (facts::lists(facts.from_owner, name) && from_owner.contains(name)) return;
    report(base::pointer_child("", name), "A value is required for property '" + std::string(name) +
                                              "' of resource '" + std::string(type.name) + "'.");
  };
  for (auto ancestor = &type; ancestor; ancestor = ancestor->base) {
    for (const auto& property : ancestor->properties) {
      if (type.is_key(property.name) || !is_required_by_model(property)) continue;
      if (!facts::lists(facts.made_by_service, property.name)) require(property.name);
    }
  }
  const auto has = [&](std::string_view name) {
    return object.contains(name) || object.contains(std::string(name) + "@odata.bind");
  };
  const auto& unless = facts.required_unless;
  if (std::any_of(unless.begin(), unless.end(), has)) return;
  for (const auto& name : facts.required) {
    const bool is_member = type.property(name) || type.navigation(name);
    if (is_member && !has(name)) require(name);
  }
}

void EntityRules::complete(const store::Importer::Place& place, const std::string& list,
                           const std::string& address, const model::StructuredType& type,
                           json::object& properties) const {
  if (view_.find(address)) refuse_key(type, address);
  refuse_shared(type, list, properties, "");
  const auto& facts = facts::facts_of(type);
  const auto from_owner = owner_of(view_, place, facts);
  for (const auto& name : facts.from_owner) {
    const auto* value = from_owner.if_contains(name);
    if (value && !properties.contains(name)) properties[name] = *value;
  }
  fill_defaults(properties, type);
  fill_folder(view_, place, type, properties);
  // A body that says these itself is believed, as fixtures are.
  for (const std::string_view name : {"createdDateTime", "lastModifiedDateTime"}) {
    if (has_date(type, name)) properties.emplace(name, base::to_iso8601(now_));
  }
  set_tags(properties, type, version_);
}

void EntityRules::refuse_shared(const model::StructuredType& type, const std::string& list,
                                const json::object& properties, std::string_view own) const {
  const auto& unique = facts::facts_of(type).unique;
  if (unique.empty()) return;
  const auto lists = lists_of_others(view_, type, list, own);
  for (const auto& name : unique) {
    const auto* value = properties.if_contains(name);
    if (!value || !base::is_string(*value)) continue;
    const auto text = base::text_of(value);
    const bool is_shared = std::any_of(lists.begin(), lists.end(), [&](const std::string& others) {
      return store::find_by_properties(
                 view_, others, {{std::string_view(name), text}},
                 [own](const store::Entity& entity) { return entity.address != own; }) != nullptr;
    });
    if (!is_shared) continue;
    const auto message =
        "Another object with the same value for property " + name + " already exists.";
    if (facts::family_of(&type) == facts::Family::Directory) {
      throw http::Error(400, "", message, {{"ObjectConflict", name, message}});
    }
    throw http::Error(409, "", message, {{"Conflict", name, message}});
  }
}

void EntityRules::mark_changed(const model::StructuredType& type, json::object& properties) const {
  if (has_date(type, "lastModifiedDateTime")) {
    properties["lastModifiedDateTime"] = base::to_iso8601(now_);
  }
  set_tags(properties, type, version_);
}

}  // namespace graphmock::graph
