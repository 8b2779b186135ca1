#include "store/plain_reader.h"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

bool takes_plain_entities(const Importer::Place& place) {
  const auto& type = *place.declared.front().type;
  return place.home.list.empty() && place.address.empty() && place.key.empty() &&
         !place.is_single && !type.is_abstract && !type.key.empty() &&
         std::all_of(place.declared.begin(), place.declared.end(),
                     [&](const Declared& declared) { return declared.type->name == type.name; });
}

bool is_kept_as_it_comes(const model::TypeRef& type) {
  return !type.structured && !type.enumeration && type.primitive != model::Primitive::Untyped &&
         type.primitive != model::Primitive::Geography;
}

bool is_alike(const model::Property& a, const model::Property& b) {
  return a.is_nullable == b.is_nullable && a.type.is_collection == b.type.is_collection &&
         a.type.primitive == b.type.primitive;
}

// Of a type that is kept as it comes. What would have to be converted is not right.
bool is_flat_value(const model::Property& property, const json::value& value) {
  if (value.is_null()) return property.is_nullable;
  const auto primitive = property.type.primitive;
  if (!property.type.is_collection) return model::is_of(primitive, value);
  const auto* array = value.if_array();
  return array && std::all_of(array->begin(), array->end(), [&](const json::value& item) {
           return item.is_null() ? property.is_nullable : model::is_of(primitive, item);
         });
}

// Without white space and escapes.
size_t written_size(const json::value& value) {
  if (base::is_number(value)) return base::number_text(value).size();
  if (const auto* text = value.if_string()) return text->size() + 2;
  if (const auto* boolean = value.if_bool()) return *boolean ? 4 : 5;
  const auto* array = value.if_array();
  if (!array) return 4;  // null: a flat value is no object
  size_t size = std::max<size_t>(2, array->size() + 1);
  for (const auto& item : *array) size += written_size(item);
  return size;
}

// Whether the text of an object with flat values is what would be written of it: it holds no
// escape, and is too short for white space.
bool is_written(const json::object& object, std::string_view text) {
  if (text.find('\\') != std::string_view::npos) return false;
  size_t size = object.size() + 1;
  for (const auto& member : object) {
    size += member.key().size() + 3 + written_size(member.value());
  }
  return size == text.size();
}

}  // namespace

PlainReader::PlainReader(const model::Models& models, const Importer::Place& place,
                         model::EnumRule enums)
    : models_(models),
      declared_(place.declared),
      list_(place.list),
      enums_(enums),
      type_(*place.declared.front().type),
      takes_plain_(takes_plain_entities(place)) {}

EntityPtr PlainReader::read(std::string_view text) {
  if (!takes_plain_) return nullptr;
  std::array<unsigned char, 8192> buffer;
  json::monotonic_resource memory(buffer.data(), buffer.size());
  try {
    auto value = base::parse_json(text, base::JsonSyntax::Strict, &memory);
    auto* object = value.if_object();
    return object ? read(*object, base::trim(text)) : nullptr;
  } catch (const base::JsonError&) {
    return nullptr;
  } catch (const http::Error&) {
    return nullptr;
  }
}

EntityPtr PlainReader::read(json::object& object, std::string_view text) {
  uint8_t hidden_in = 0;
  bool is_flat = true;
  size_t place = 0;
  for (auto& one : object) {
    const auto* known = member(place++, one.key());
    if (!known || !is_right(*known, one.value())) return nullptr;
    hidden_in |= known->hidden_in;
    if (known->is_flat) continue;
    is_flat = false;
    one.value() = model::kept_value(one.value(), known->declared.front().second);
  }
  const auto* key = object.if_contains(type_.key[0]);
  const auto key_value = key ? key_text(*key) : std::string();
  if (key_value.empty()) return nullptr;
  auto address = entity_address(list_, key_value);
  if (is_flat && object.begin()->key() == type_.key[0] && is_written(object, text)) {
    return make_written_entity(std::move(address), type_, text, hidden_in);
  }
  return make_entity(models_, std::move(address), type_, object);
}

const PlainReader::Member* PlainReader::member(size_t place, std::string_view name) {
  if (place < last_.size() && last_[place]->name == name) return last_[place];
  const auto* found = look_up(name);
  if (!found) return nullptr;
  last_.resize(std::max(last_.size(), place + 1), found);
  return last_[place] = found;
}

// Only those that a version declares are kept in mind: of others there may be any number.
const PlainReader::Member* PlainReader::look_up(std::string_view name) {
  if (const auto known = members_.find(name); known != members_.end()) return &known->second;
  if (name == folder_property(type_)) return nullptr;  // it is listed in the folder as well
  Member member;
  for (const auto& [model, type] : declared_) {
    if (const auto* property = type->property(name)) member.declared.emplace_back(model, property);
  }
  if (member.declared.empty()) return nullptr;
  const auto& first = *member.declared.front().second;
  member.name = first.name;
  member.is_flat =
      std::all_of(member.declared.begin(), member.declared.end(), [&](const auto& declared) {
        return is_kept_as_it_comes(declared.second->type) && is_alike(*declared.second, first);
      });
  for (size_t i = 0; i < models_.all().size(); ++i) {
    const auto* type = models_.all()[i]->structured_type(type_.name);
    if (!type || !type->property(name)) member.hidden_in |= static_cast<uint8_t>(1u << i);
  }
  return &members_.emplace(first.name, std::move(member)).first->second;
}

bool PlainReader::is_right(const Member& member, const json::value& value) {
  if (member.is_flat) return is_flat_value(*member.declared.front().second, value);
  for (const auto& [model, property] : member.declared) {
    model::check_value(*model, *property, value, "", enums_, problems_);
  }
  const bool is_right = problems_.empty();
  problems_.clear();
  return is_right;
}

}  // namespace graphmock::store
