#include "store/entity.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "model/conform.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

bool has_hidden(const model::Models& models, const model::Model& here, std::string_view type_name,
                const json::object& object);

bool has_hidden(const model::Models& models, const model::Model& here, const model::TypeRef& type,
                const json::value& value) {
  if (!type.structured) return false;
  if (const auto* object = value.if_object()) {
    return has_hidden(models, here, type.structured->name, *object);
  }
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) {
      if (item.is_object() && has_hidden(models, here, type.structured->name, item.get_object())) {
        return true;
      }
    }
  }
  return false;
}

bool has_hidden(const model::Models& models, const model::Model& here, std::string_view type_name,
                const json::object& object) {
  if (const auto annotated = model::annotated_type(object); !annotated.empty())
    type_name = annotated;
  const auto* type = here.structured_type(type_name);
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (is_hidden(models, here, type_name, name)) return true;
    const auto* property = type ? type->property(name) : nullptr;
    if (property && has_hidden(models, here, property->type, member.value())) return true;
  }
  return false;
}

// What is stored has to be parsed again, and a property that is written by its path stands deeper
// in its entity than in the body that brought it.
void refuse_depth(std::string_view text) {
  size_t depth = 0;
  bool is_quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted) {
      if (c == '\\') ++i;
      is_quoted = c != '"';
    } else if (c == '"') {
      is_quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > base::kMaxJsonDepth) {
        throw http::Error(400, "",
                          "The entity would be nested more than " +
                              std::to_string(base::kMaxJsonDepth) + " levels deep.");
      }
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

}  // namespace

std::string Entity::key() const {
  return key_of_address(address);
}

bool is_home(std::string_view list, std::string_view entity) {
  return entity.starts_with(list) &&
         (entity.size() == list.size() || entity.rfind('/') == list.size());
}

std::string key_of_address(std::string_view address) {
  return base::percent_decode(address.substr(address.rfind('/') + 1)).value_or("");
}

std::string address_of_set(std::string_view set_name, const model::StructuredType& type) {
  return std::string(type.derives_from("microsoft.graph.directoryObject") ? kDirectoryPool
                                                                          : set_name);
}

std::string child_address(std::string_view parent, std::string_view name) {
  std::string address;
  address.reserve(parent.size() + 1 + name.size());
  address.append(parent).append(1, '/').append(name);
  return address;
}

std::string entity_address(std::string_view collection, std::string_view key) {
  std::string address;
  address.reserve(collection.size() + 1 + key.size());
  address.append(collection).append(1, '/');
  if (model::is_guid(key)) return address += base::lower_case(key);
  if (key.find_first_of("/%") == std::string_view::npos) return address += key;
  for (const char c : key) {
    if (c == '/') {
      address += "%2F";
    } else if (c == '%') {
      address += "%25";
    } else {
      address += c;
    }
  }
  return address;
}

bool is_hidden(const model::Models& models, const model::Model& here, std::string_view type_name,
               std::string_view member) {
  if (const auto* type = here.structured_type(type_name); type && type->property(member))
    return false;
  for (const auto& other : models.all()) {
    if (other.get() == &here) continue;
    if (const auto* type = other->structured_type(type_name); type && type->property(member)) {
      return true;
    }
  }
  return false;
}

EntityPtr make_entity(const model::Models& models, std::string address,
                      const model::StructuredType& type, const json::object& properties,
                      bool is_enveloped) {
  auto entity = std::make_shared<Entity>();
  entity->is_enveloped = is_enveloped;
  entity->address = std::move(address);
  entity->type = type.name;
  auto& text = entity->text;
  text = "{";
  const auto append = [&text](const json::key_value_pair& member) {
    if (text.size() > 1) text += ',';
    base::append_json_string(text, member.key());
    text += ':';
    base::append_json(text, member.value());
  };
  const std::string_view key = type.key.empty() ? std::string_view() : type.key[0];
  if (const auto first = properties.find(key); first != properties.end()) {
    append(*first);
  }
  for (const auto& member : properties) {
    if (member.key() != key) append(member);
  }
  text += '}';
  refuse_depth(text);
  for (size_t i = 0; i < models.all().size(); ++i) {
    if (has_hidden(models, *models.all()[i], type.name, properties)) {
      entity->hidden_in = static_cast<uint8_t>(entity->hidden_in | (1u << i));
    }
  }
  return entity;
}

}  // namespace graphmock::store
