#include "graph/stamp.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "graph/error_payload.h"
#include "graph/type_facts.h"
#include "store/version.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

bool has_date(const model::StructuredType& type, std::string_view name) {
  const auto* property = type.property(name);
  return property && !property->type.is_collection &&
         property->type.is(model::Primitive::DateTimeOffset);
}

constexpr std::string_view kTags[] = {"changeKey", "eTag", "cTag"};

// An eTag of anything but mail and files is a property like any other.
bool is_tag(const model::StructuredType& type, std::string_view name) {
  const auto family = family_of(&type);
  const bool has_own_tags = family == ErrorFamily::Outlook || family == ErrorFamily::Drive;
  return type.property(name) && (name != "eTag" || has_own_tags);
}

}  // namespace

void stamp_created(boost::json::object& entity, const model::StructuredType& type,
                   base::Instant now) {
  for (const std::string_view name : {"createdDateTime", "lastModifiedDateTime"}) {
    if (has_date(type, name)) entity.emplace(name, base::to_iso8601(now));
  }
}

void stamp_tags(json::object& entity, const model::StructuredType& type,
                const store::Store::Write& write) {
  bool has_tags = false;
  for (const auto name : kTags) has_tags = has_tags || is_tag(type, name);
  if (!has_tags) return;
  // Of the entity without its own tags, which say nothing of it.
  auto content = entity;
  for (const auto name : kTags) content.erase(name);
  const auto tag =
      store::version_tag(store::content_hash(type.name, base::to_json(content)), write.version());
  for (const auto name : kTags) {
    if (!is_tag(type, name)) continue;
    // A changeKey stands bare, the others are written as tags.
    entity[name] = name == "changeKey" ? tag : "\"" + tag + "\"";
  }
}

void fill_defaults(json::object& value, const model::StructuredType& type) {
  for (const auto& row : value_defaults()) {
    if (!type.derives_from(row.type) || !type.property(row.property)) continue;
    if (!value.contains(row.property)) value[row.property] = base::parse_json(row.json);
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

void stamp_changed(boost::json::object& entity, const model::StructuredType& type,
                   const store::Store::Write& write, base::Instant now) {
  if (has_date(type, "lastModifiedDateTime")) {
    entity["lastModifiedDateTime"] = base::to_iso8601(now);
  }
  stamp_tags(entity, type, write);
}

}  // namespace graphmock::graph
