#include "store/entity.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <cassert>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"
#include "model/conform.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

// Which versions have to leave something out, a bit each.
using Versions = unsigned;

// All versions are asked at once, as most declare the same.
class Hidden {
 public:
  explicit Hidden(const model::Models& models) : models_(models.all()) {
    assert(models_.size() <= kMostVersions);
  }

  // Of those asked, which see the object as of the type of that name.
  Versions of(Versions asked, std::string_view type_name, const json::object& object) const {
    if (const auto annotated = model::annotated_type(object); !annotated.empty()) {
      type_name = annotated;
    }
    std::array<const model::StructuredType*, kMostVersions> types{};
    for (size_t i = 0; i < models_.size(); ++i) types[i] = models_[i]->structured_type(type_name);
    Versions hidden = 0;
    for (const auto& member : object) {
      std::array<const model::Property*, kMostVersions> properties{};
      Versions declaring = 0;
      for (size_t i = 0; i < models_.size(); ++i) {
        properties[i] = types[i] ? types[i]->property(member.key()) : nullptr;
        if (properties[i]) declaring |= 1u << i;
      }
      if (declaring == 0) continue;
      hidden |= asked & ~declaring;
      if (member.value().is_structured()) {
        hidden |= inside(asked & declaring & ~hidden, properties, member.value());
      }
    }
    return hidden;
  }

 private:
  static constexpr size_t kMostVersions = 8;  // as many as Entity::hidden_in has bits
  using Properties = std::array<const model::Property*, kMostVersions>;

  // Those together that have one name for the type of the value.
  Versions inside(Versions asked, const Properties& properties, const json::value& value) const {
    Versions hidden = 0;
    for (size_t i = 0; i < models_.size(); ++i) {
      if ((asked >> i & 1) == 0) continue;
      const auto* type = properties[i]->type.structured;
      Versions alike = 0;
      for (size_t other = i; other < models_.size(); ++other) {
        if ((asked >> other & 1) == 0) continue;
        const auto* its = properties[other]->type.structured;
        if (its == type || (its && type && its->name == type->name)) alike |= 1u << other;
      }
      asked &= ~alike;
      if (!type) continue;
      if (const auto* object = value.if_object()) {
        hidden |= of(alike, type->name, *object);
        continue;
      }
      for (const auto& item : value.get_array()) {
        if (item.is_object()) hidden |= of(alike, type->name, item.get_object());
      }
    }
    return hidden;
  }

  const std::vector<std::unique_ptr<model::Model>>& models_;
};

constexpr size_t kMostBytesOfBuffer = 64 * 1024;

// How many levels of objects and arrays there are, the value's own among them.
size_t depth_of(const json::value& value) {
  if (!value.is_structured()) return 0;
  size_t inside = 0;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) inside = std::max(inside, depth_of(member.value()));
  } else {
    for (const auto& item : value.get_array()) inside = std::max(inside, depth_of(item));
  }
  return inside + 1;
}

// What is stored has to be parsed again, and a property that is written by its path stands deeper
// in its entity than in the body that brought it.
void refuse_depth(const json::object& properties) {
  for (const auto& member : properties) {
    if (depth_of(member.value()) < base::kMaxJsonDepth) continue;
    throw http::Error(400, "",
                      "The entity would be nested more than " +
                          std::to_string(base::kMaxJsonDepth) + " levels deep.");
  }
}

}  // namespace

std::string Entity::key() const {
  return key_of_address(address);
}

std::string_view home_of_address(std::string_view address) {
  const auto slash = address.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : address.substr(0, slash);
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

NewEntity make_entity(const model::Models& models, std::string address,
                      const model::StructuredType& type, const json::object& properties,
                      bool is_enveloped) {
  refuse_depth(properties);
  auto entity = std::make_shared<Entity>();
  entity->is_enveloped = is_enveloped;
  entity->address = std::move(address);
  entity->type = type.name;
  entity->declared = &type;
  // Written where there is room already, and kept without any to spare: there may be millions.
  thread_local std::string text;
  text = "{";
  const auto append = [](const json::key_value_pair& member) {
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
  entity->text.assign(text);
  if (text.capacity() > kMostBytesOfBuffer) std::string().swap(text);
  const Versions all = (1u << models.all().size()) - 1;
  entity->hidden_in = static_cast<uint8_t>(Hidden(models).of(all, type.name, properties));
  return entity;
}

NewEntity make_written_entity(std::string address, const model::StructuredType& type,
                              std::string_view text, uint8_t hidden_in) {
  auto entity = std::make_shared<Entity>();
  entity->address = std::move(address);
  entity->type = type.name;
  entity->declared = &type;
  entity->text.assign(text);
  entity->hidden_in = hidden_in;
  return entity;
}

}  // namespace graphmock::store
