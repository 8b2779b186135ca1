#include "graph/value_json.h"

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using odata::LiteralKind;

// "Int64" of "Edm.Int64", in a collection or not.
std::string without_namespace(std::string name) {
  constexpr std::string_view kEdm = "Edm.";
  const auto at = name.find(kEdm);
  if (at != std::string::npos) name.erase(at, kEdm.size());
  return name;
}

std::string name_of_kind(LiteralKind kind) {
  switch (kind) {
    case LiteralKind::Integer:
      return "Int64";
    case LiteralKind::Decimal:
      return "Decimal";
    case LiteralKind::Double:
      return "Double";
    case LiteralKind::Guid:
      return "Guid";
    case LiteralKind::Date:
      return "Date";
    case LiteralKind::DateTimeOffset:
      return "DateTimeOffset";
    case LiteralKind::TimeOfDay:
      return "TimeOfDay";
    case LiteralKind::Duration:
      return "Duration";
    case LiteralKind::Binary:
      return "Binary";
    case LiteralKind::Boolean:
      return "Boolean";
    case LiteralKind::String:
      return "String";
    default:
      return {};
  }
}

std::string type_name(const odata::Value& value) {
  if (const auto* list = value.list()) {
    for (const auto& one : *list) {
      const auto name = type_name(one);
      if (!name.empty()) return "Collection(" + name + ")";
    }
    return {};
  }
  if (const auto* item = value.get<odata::Item>()) {
    return std::string(item->type ? item->type->name : "");
  }
  if (const auto* member = value.get<odata::EnumValue>()) {
    return std::string(member->type ? member->type->name : "");
  }
  return value.is_null() ? "" : name_of_kind(literal_of(value).kind);
}

// Whether JSON tells the type.
bool is_plain(std::string_view name, const json::value& value) {
  if (name == "Boolean" || name == "String") return true;
  return name == "Double" && base::is_number(value);
}

bool is_large(const odata::Value& value, const model::TypeRef& type) {
  if (type.is(model::Primitive::Int64) || type.is(model::Primitive::Decimal)) return true;
  if (!type.is(model::Primitive::Untyped) || value.is_null() || value.list()) return false;
  if (value.get<odata::Item>() || value.get<odata::EnumValue>()) return false;
  const auto kind = literal_of(value).kind;
  return kind == LiteralKind::Integer || kind == LiteralKind::Decimal;
}

}  // namespace

json::object object_of(const odata::Item& item) {
  if (item.object) return *item.object;
  if (!item.text.empty() && !item.computed) return base::parse_json(item.text).get_object();
  json::object object;
  if (!item.computed) return object;
  for (const auto& property : *item.computed) object[property.name] = json_of(property.value);
  return object;
}

json::value json_of(const odata::Value& value) {
  if (value.is_null()) return nullptr;
  if (const auto* list = value.list()) {
    json::array array;
    for (const auto& one : *list) array.push_back(json_of(one));
    return array;
  }
  if (const auto* item = value.get<odata::Item>()) return object_of(*item);
  if (const auto* member = value.get<odata::EnumValue>()) return json::string(member->text);
  if (const auto* written = value.object_literal()) {
    json::object object;
    for (const auto& [name, one] : written->members) object[name] = json_of(one);
    return object;
  }
  const auto literal = literal_of(value);
  switch (literal.kind) {
    case LiteralKind::Boolean:
      return literal.text == "true";
    case LiteralKind::Integer:
    case LiteralKind::Decimal:
      return base::make_number(literal.text);
    case LiteralKind::Double:
      if (literal.text == "inf") return "INF";
      if (literal.text == "-inf") return "-INF";
      if (literal.text == "nan" || literal.text == "-nan") return "NaN";
      return base::make_number(literal.text);
    case LiteralKind::Geography:
      throw http::not_implemented("a geographical shape as a computed property");
    default:
      return json::string(literal.text);
  }
}

json::value PropertyWriter::shown(const odata::Value& value, const model::TypeRef& type) const {
  if (const auto* list = value.list()) {
    auto item_type = type;
    item_type.is_collection = false;
    json::array array;
    for (const auto& one : *list) array.push_back(shown(one, item_type));
    return array;
  }
  const auto* item = value.get<odata::Item>();
  if (item && item->computed) return object(*item->computed);
  auto text = json_of(value);
  if (item) {
    model::TypeRef own;
    own.structured = item->type;
    projection_.property_value(text, own);
  } else if (format_.numbers_as_strings && base::is_number(text) && is_large(value, type)) {
    return json::string(base::number_text(text));
  }
  return text;
}

json::object PropertyWriter::object(const std::vector<odata::ComputedProperty>& properties) const {
  json::object object;
  for (const auto& property : properties) {
    auto value = shown(property.value, property.type);
    const bool has_type = !property.type.is(model::Primitive::Untyped);
    const bool is_left_out =
        property.value.is_null() || property.is_declared || format_.metadata == MetadataLevel::None;
    const auto name = is_left_out ? ""
                      : has_type  ? without_namespace(property.type.name())
                                  : type_name(property.value);
    const bool is_object = value.is_object();
    if (is_object && !name.empty()) {
      if (!value.get_object().contains("@odata.type")) {
        json::object typed{{"@odata.type", "#" + name}};
        for (auto& member : value.get_object()) typed.emplace(member.key(), member.value());
        value = std::move(typed);
      }
    } else if (!name.empty() && !is_plain(name, value)) {
      object[std::string(property.name) + "@odata.type"] = "#" + name;
    }
    object[property.name] = std::move(value);
  }
  return object;
}

namespace {

using Path = std::vector<std::string_view>;

void keep(json::object& object, const std::vector<Path>& paths) {
  for (auto member = object.begin(); member != object.end();) {
    const std::string_view whole = member->key();
    const auto name = whole.substr(0, whole.find('@'));
    bool is_whole = false;
    std::vector<Path> below;
    for (const auto& path : paths) {
      if (!base::equals_ignoring_case(path[0], name)) continue;
      is_whole = is_whole || path.size() == 1;
      below.emplace_back(path.begin() + 1, path.end());
    }
    if (below.empty() && !name.empty()) {
      member = object.stable_erase(member);
      continue;
    }
    auto& value = member->value();
    if (!is_whole && value.is_object()) keep(value.get_object(), below);
    if (!is_whole && value.is_array()) {
      for (auto& one : value.get_array()) {
        if (one.is_object()) keep(one.get_object(), below);
      }
    }
    ++member;
  }
}

}  // namespace

void keep_selected(json::object& properties, const std::vector<odata::SelectItem>& select) {
  std::vector<Path> paths;
  for (const auto& item : select) {
    if (item.path.size() == 1 && item.path[0] == "*") return;
    Path path;
    for (const auto& segment : item.path) {
      if (segment.find('.') == std::string::npos) path.push_back(segment);
    }
    if (!path.empty()) paths.push_back(std::move(path));
  }
  if (!paths.empty()) keep(properties, paths);
}

}  // namespace graphmock::graph
