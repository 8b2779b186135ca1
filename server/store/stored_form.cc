#include "store/stored_form.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "store/stream.h"

namespace graphmock::store {
namespace {

namespace json = base::json;

constexpr std::string_view kMediaType = "@odata.mediaContentType";
// In its place where the client has sent bytes that are no text.
constexpr std::string_view kMediaTypeBytes = "@mock.mediaContentTypeBytes";

void append_name(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  base::append_json_string(out, name);
  out += ':';
}

void append_type(std::string& out, const Entity& entity) {
  append_name(out, "@odata.type");
  base::append_json_string(out, "#" + std::string(entity.type));
}

// The members of an object's text behind those that are there, and its '}'.
void append_members(std::string& out, std::string_view text) {
  if (text.size() > 2 && out.back() != '{') out += ',';
  out += text.substr(1);
}

bool is_true(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace

void append_stored(std::string& out, const Entity& entity) {
  if (is_stream(entity)) return append_stream(out, entity);
  out += '{';
  append_type(out, entity);
  if (entity.is_enveloped) out += ",\"value\":{";
  append_members(out, entity.text);
  if (entity.is_enveloped) out += '}';
}

void append_as_is(std::string& out, const Entity& entity, std::string_view key) {
  out += '{';
  append_type(out, entity);
  append_name(out, kAsIs);
  out += "true";
  if (entity.is_enveloped) {
    append_name(out, kIsEnveloped);
    out += "true";
  }
  if (!key.empty()) {
    append_name(out, kKey);
    base::append_json_string(out, key);
  }
  append_members(out, entity.text);
}

bool is_as_is(const json::object& object) {
  return is_true(object, kAsIs);
}

NewEntity read_as_is(const model::Models& models, const Importer::Place& place,
                     const json::object& object, const Importer::Report& report) {
  std::string_view name = model::annotated_type(object);
  if (name.empty()) name = place.declared.front().type->name;
  const auto* type = models.structured_type(name);
  const bool is_right =
      type && type->is_entity &&
      std::any_of(place.declared.begin(), place.declared.end(),
                  [&](const Declared& declared) { return is_a(models, name, *declared.type); });
  if (!is_right) {
    report("/@odata.type", "The type '" + std::string(name) + "' of '@odata.type' is not '" +
                               std::string(place.declared.front().type->name) +
                               "' nor derived from it.");
    return nullptr;
  }
  json::object properties;
  for (const auto& member : object) {
    const std::string_view member_name = member.key();
    if (member_name.starts_with('@')) continue;
    if (member_name.ends_with("@odata.bind")) {
      report(base::pointer_child("", member_name),
             "An entity with '" + std::string(kAsIs) + "' has no '" + std::string(member_name) +
                 "': say what it refers to by '" + std::string(kLists) + "'.");
      return nullptr;
    }
    properties.emplace(member_name, member.value());
  }
  auto address = place.address.empty() ? place.list : place.address;
  if (!place.is_single && place.address.empty()) {
    auto key = base::text_of(object.if_contains(kKey));
    const auto* own = type->key.empty() ? nullptr : object.if_contains(type->key[0]);
    if (key.empty() && own) key = key_text(*own);
    if (key.empty()) {
      report("", "The entity lacks its key.");
      return nullptr;
    }
    address = entity_address(place.home_list(), key);
  }
  return make_entity(models, std::move(address), *type, properties, is_true(object, kIsEnveloped));
}

void append_stream(std::string& out, const Entity& stream) {
  const auto [media_type, bytes] = stream_in(stream);
  const bool is_text = base::is_valid_utf8(media_type);
  out += '{';
  append_name(out, is_text ? kMediaType : kMediaTypeBytes);
  base::append_json_string(out,
                           is_text ? std::string(media_type) : base::base64url_encode(media_type));
  append_name(out, "value");
  out.append(1, '"').append(base::base64url_encode(bytes)).append("\"}");
}

NewEntity read_stream(std::string address, const json::value& value,
                      const Importer::Report& report) {
  const auto* object = value.if_object();
  const auto* content = object ? object->if_contains("value") : nullptr;
  const auto bytes = content && base::is_string(*content)
                         ? base::base64url_decode(base::text_of(content))
                         : std::nullopt;
  if (!bytes) {
    report("", "A stream is {\"" + std::string(kMediaType) +
                   "\": \"image/png\", \"value\": \"BASE64URL\"}.");
    return nullptr;
  }
  auto media_type = object->contains(kMediaType) ? base::text_of(object->if_contains(kMediaType))
                                                 : "application/octet-stream";
  if (const auto* encoded = object->if_contains(kMediaTypeBytes)) {
    media_type = base::base64url_decode(base::text_of(encoded)).value_or("");
  }
  if (media_type.find('\n') != std::string::npos) {
    report("", "A media type has no line feeds.");
    return nullptr;
  }
  return make_stream(std::move(address), media_type, *bytes);
}

}  // namespace graphmock::store
