#include "graph/selection.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/text.h"
#include "graph/error_payload.h"
#include "http/error.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// The names of a path in the model's case, casts left out; checked along the way.
std::vector<std::string> names_of(const std::vector<std::string>& path, const model::Model& model,
                                  const model::StructuredType& type) {
  std::vector<std::string> names;
  const auto* at = &type;
  for (const auto& segment : path) {
    if (!at) break;
    if (segment.find('.') != std::string::npos) {
      // A cast, or "namespace.*", which selects operations and so nothing that is shown.
      if (const auto* cast = model.structured_type_ignoring_case(segment)) at = cast;
      continue;
    }
    if (const auto* property = at->property_ignoring_case(segment)) {
      names.emplace_back(property->name);
      at = property->type.structured;
    } else if (const auto* navigation = at->navigation_ignoring_case(segment)) {
      names.emplace_back(navigation->name);
      at = nullptr;
    } else if (at->is_open) {
      names.push_back(segment);
      at = nullptr;
    } else {
      auto message = "Parsing OData Select and Expand failed: Could not find a property named '" +
                     segment + "' on type '" + std::string(at->name) + "'.";
      if (const auto near = base::nearest(segment, at->member_names())) {
        message += " Did you mean '" + std::string(*near) + "'?";
      }
      throw http::Error(400, "", std::move(message));
    }
  }
  return names;
}

}  // namespace

std::shared_ptr<const Selection> Selection::of(const odata::Query& query, const model::Model& model,
                                               const model::StructuredType& type) {
  if (query.select.empty()) return nullptr;
  auto selection = std::make_shared<Selection>();
  for (const auto& item : query.select) {
    if (item.path.size() == 1 && item.path[0] == "*") {
      selection->has_star_ = true;
      continue;
    }
    if (item.options) throw http::not_implemented("options within '$select'");
    const auto names = names_of(item.path, model, type);
    if (!names.empty()) add(selection->parts_, names, 0);
  }
  // Directory objects show what is asked for and no more; all others show their key with it.
  if (family_of(&type) != ErrorFamily::Directory) {
    for (const auto name : type.key) selection->shown_too_.emplace_back(name);
  }
  // Casts and "namespace.*" alone select nothing that is shown, and so nothing is left out.
  if (selection->parts_.empty() && !selection->has_star_) return nullptr;
  return selection;
}

void Selection::add(std::vector<Part>& parts, const std::vector<std::string>& path, size_t at) {
  for (auto& part : parts) {
    if (part.name != path[at]) continue;
    if (part.parts.empty()) return;  // all of it is selected already
    if (at + 1 < path.size()) {
      add(part.parts, path, at + 1);
    } else {
      part.parts.clear();
    }
    return;
  }
  parts.push_back({path[at], {}});
  if (at + 1 < path.size()) add(parts.back().parts, path, at + 1);
}

void Selection::apply(json::object& entity, const model::StructuredType& type) const {
  if (has_star_) return;
  auto parts = parts_;
  for (const auto& name : shown_too_) {
    if (entity.contains(name)) parts.push_back({name, {}});
  }
  apply(parts, entity, &type, true);
}

void Selection::apply(const std::vector<Part>& parts, json::object& object,
                      const model::StructuredType* type, bool fills_in) {
  const auto part_named = [&](std::string_view name) -> const Part* {
    for (const auto& part : parts) {
      if (part.name == name) return &part;
    }
    return nullptr;
  };
  for (auto member = object.begin(); member != object.end();) {
    const std::string_view name = member->key();
    const auto at = name.find('@');
    const auto* part = part_named(name.substr(0, at));
    if (!part && at != 0) {
      member = object.stable_erase(member);
      continue;
    }
    if (part && !part->parts.empty()) {
      const auto* property = type ? type->property(name) : nullptr;
      const auto* inner = property ? property->type.structured : nullptr;
      if (auto* nested = member->value().if_object()) apply(part->parts, *nested, inner, false);
      if (auto* array = member->value().if_array()) {
        for (auto& item : *array) {
          if (auto* nested = item.if_object()) apply(part->parts, *nested, inner, false);
        }
      }
    }
    ++member;
  }
  for (const auto& part : parts) {
    const auto* property = type ? type->property(part.name) : nullptr;
    if (!fills_in || !property || object.contains(part.name)) continue;
    object.emplace(part.name, property->type.is_collection ? json::value(json::array())
                                                           : json::value(nullptr));
  }
}

std::string Selection::to_string() const {
  std::string text = has_star_ ? "*" : "";
  for (const auto& part : parts_) text += (text.empty() ? "" : ",") + part.name;
  return text;
}

}  // namespace graphmock::graph
