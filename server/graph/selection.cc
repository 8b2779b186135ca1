#include "graph/selection.h"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/json_members.h"
#include "base/text.h"
#include "graph/computation.h"
#include "graph/error_payload.h"
#include "graph/selected_items.h"
#include "http/error.h"
#include "model/conform.h"
#include "odata/check.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

[[noreturn]] void refuse_name(const std::string& name, const model::StructuredType& type) {
  throw http::Error(
      400, "", "Parsing OData Select and Expand failed: " + model::no_such_property(name, type));
}

bool has_member(const model::StructuredType& type, const std::string& name) {
  return type.property_ignoring_case(name) || type.navigation_ignoring_case(name);
}

// The type that has the name: the one that the path is at, or else, among directory objects, one
// that derives from it, for the service asks for no cast there ("groups/ID/members?$select=mail").
const model::StructuredType* owner_of(const std::string& name, const model::StructuredType& at,
                                      const model::Model& model) {
  const model::StructuredType* owner = &at;
  const auto& declared = model_type(at);
  if (has_member(at, name) || facts::family_of(&at) != facts::Family::Directory) return owner;
  model.for_each_structured_type([&](const model::StructuredType& type) {
    const bool is_nearer = owner == &at || type.name < owner->name;
    if (is_nearer && type.derives_from(declared) && has_member(type, name)) owner = &type;
  });
  return owner;
}

void append_name(std::string& path, std::string_view name) {
  if (!path.empty()) path += '/';
  path += name;
}

// Whether the list, commas between its names, holds it.
bool lists_name(std::string_view list, std::string_view name) {
  const auto names = base::split(list, ',');
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The options that narrow a collection, beside the $select that may stand with them.
bool narrows(const odata::Query& options) {
  return options.filter || !options.orderby.empty() || options.top || options.skip || options.count;
}

void check_options(const odata::Query& options, const std::string& name, const model::TypeRef* type,
                   const model::Model& model, const model::StructuredType& it) {
  if (options.search) throw http::not_implemented("'$search' within '$select'");
  if (!options.compute.empty()) throw http::not_implemented("'$compute' within '$select'");
  if (!narrows(options)) return;
  if (!type || !type->is_collection) {
    throw http::Error(400, "",
                      "The options within '$select' narrow collections, and '" + name +
                          "' is none: it takes '$select' alone.");
  }
  if (!type->structured) {
    const bool looks_inside = options.filter || !options.orderby.empty();
    if (looks_inside) {
      throw http::not_implemented("'$filter' and '$orderby' of a collection of primitive values");
    }
    return;
  }
  const odata::CheckScope scope{&options.aliases, &it};
  if (options.filter) odata::check_filter(*options.filter, model, *type->structured, scope);
  odata::check_orderby(options.orderby, model, *type->structured, scope);
}

[[noreturn]] void refuse_behind(const std::string& before, const std::string& name) {
  throw http::Error(400, "",
                    "'" + before + "/" + name + "' cannot be selected: '" + before +
                        "' is no complex property. What a navigation property leads to is "
                        "selected from within '$expand'.");
}

// JSON writes it as it is, without escapes.
bool is_written_plainly(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  });
}

// "namespace.*" and operations are no types, and are not shown. An annotation is none of them.
bool is_operation(const std::string& name, const model::Model& model,
                  const model::StructuredType& type) {
  if (name.starts_with('@'))
    throw http::not_implemented("the annotation '" + name + "' in '$select'");
  return name.ends_with(".*") || model.bound_operation(name, type, false) ||
         model.bound_operation(name, type, true);
}

}  // namespace

std::shared_ptr<const Selection> Selection::of(const odata::Query& query, const model::Model& model,
                                               const model::StructuredType& type) {
  if (query.select.empty()) return nullptr;
  auto selection = std::make_shared<Selection>();
  for (const auto& item : query.select) selection->take(item, model, type, type, {});
  // Directory objects show what is asked for and no more; all others show their key with it.
  if (facts::family_of(&type) != facts::Family::Directory) {
    for (const auto name : type.key) selection->shown_too_.emplace_back(name);
  }
  selection->is_plain_ =
      !selection->has_star_ &&
      std::all_of(selection->parts_.begin(), selection->parts_.end(), [](const Part& part) {
        return part.is_whole && !part.of && !part.options && is_written_plainly(part.name);
      });
  // Casts and "namespace.*" alone select nothing that is shown, and so nothing is left out.
  if (selection->parts_.empty() && !selection->has_star_) return nullptr;
  return selection;
}

// The names of a path in the model's case, checked along the way. A cast says of what type the
// owner of the next name has to be.
Selection::Path Selection::path_of(const std::vector<std::string>& names, const model::Model& model,
                                   const model::StructuredType& type) {
  Path path;
  const auto* at = &type;
  const model::StructuredType* cast = nullptr;
  bool is_told = false;  // what the name before is
  for (const auto& name : names) {
    if (!at) {
      // Behind a dynamic property there may be anything.
      if (is_told) refuse_behind(path.steps.back().name, name);
      break;
    }
    if (name.find('.') != std::string::npos) {
      if (const auto* named = model.structured_type_ignoring_case(name)) {
        if (!named->derives_from(*at) && !at->derives_from(*named)) {
          throw http::Error(400, "",
                            "'" + name + "' in '$select' is no type that '" +
                                std::string(at->name) + "' may be of.");
        }
        append_name(path.text, named->name);
        at = cast = named;
      } else if (!is_operation(name, model, *at)) {
        throw http::Error(400, "", "There is no type '" + name + "', which '$select' names.");
      }
      continue;
    }
    Step step{name, cast, nullptr};
    const auto* owner = owner_of(name, *at, model);
    at = nullptr;
    is_told = true;
    if (const auto* property = owner->property_ignoring_case(name)) {
      step.name = property->name;
      step.property = property;
      at = property->type.structured;
    } else if (const auto* navigation = owner->navigation_ignoring_case(name)) {
      step.name = navigation->name;
      // A result of $apply has parts of what its entities led to.
      is_told = model.structured_type(owner->name) == owner;
    } else if (!owner->is_open) {
      refuse_name(name, *owner);
    } else {
      is_told = false;
    }
    append_name(path.text, step.name);
    path.steps.push_back(std::move(step));
    cast = nullptr;
  }
  return path;
}

void Selection::take(const odata::SelectItem& item, const model::Model& model,
                     const model::StructuredType& type, const model::StructuredType& it,
                     const Path& before) {
  if (item.path.back() == "*") {
    if (before.steps.empty()) {
      has_star_ = true;
    } else {
      part_at(before).is_whole = true;
    }
    return say(before.steps.empty() ? "*" : before.text);
  }
  auto path = path_of(item.path, model, type);
  if (path.steps.empty()) return;
  const auto last = path.steps.back();
  if (!before.text.empty()) path.text = before.text + "/" + path.text;
  path.steps.insert(path.steps.begin(), before.steps.begin(), before.steps.end());
  auto& part = part_at(path);
  if (item.options) {
    const auto* value_type = last.property ? &last.property->type : nullptr;
    check_options(*item.options, last.name, value_type, model, it);
    if (narrows(*item.options)) part.options = item.options;
    if (!item.options->select.empty()) {
      if (!value_type || !value_type->structured) {
        throw http::Error(400, "",
                          "'" + last.name +
                              "' is no complex property: there is nothing that '$select' could "
                              "select within it.");
      }
      for (const auto& one : item.options->select)
        take(one, model, *value_type->structured, it, path);
      return;
    }
  }
  part.is_whole = true;
  say(path.text);
}

Selection::Part& Selection::part_at(const Path& path) {
  auto* parts = &parts_;
  Part* part = nullptr;
  for (const auto& step : path.steps) {
    const auto found = std::find_if(parts->begin(), parts->end(), [&](const Part& one) {
      return one.name == step.name && one.of == step.of;
    });
    part = found == parts->end()
               ? &parts->emplace_back(Part{step.name, step.of, false, {}, nullptr})
               : &*found;
    parts = &part->parts;
  }
  return *part;
}

void Selection::say(std::string_view text) {
  if (lists_name(text_, text)) return;
  if (!text_.empty()) text_ += ',';
  text_ += text;
}

bool Selection::names(std::string_view navigation) const {
  return has_star_ || std::any_of(parts_.begin(), parts_.end(),
                                  [&](const Part& part) { return part.name == navigation; });
}

void Selection::apply(json::object& entity, const model::StructuredType& type,
                      SelectedItems& items) const {
  if (has_star_) return;
  auto parts = parts_;
  for (const auto& name : shown_too_) {
    if (entity.contains(name)) parts.push_back({name, nullptr, true, {}, nullptr});
  }
  entity = shown(parts, std::move(entity), &type, items);
  for (const auto& part : parts_) {
    const auto* property = type.property(part.name);
    if (!property || !applies(part, &type) || entity.contains(part.name)) continue;
    entity.emplace(part.name, property->type.is_collection ? json::value(json::array())
                                                           : json::value(nullptr));
  }
}

void Selection::append_shown(std::string& out, std::string_view entity_text,
                             const model::StructuredType& type) const {
  const auto begin_member = [&out] {
    if (out.back() != '{') out += ',';
  };
  uint64_t found = 0;  // bit i: the i-th part; those beyond are looked for again
  for (auto rest = entity_text.substr(1); base::has_member(rest);) {
    const auto member = base::next_member(rest);
    const auto at = member.name.find('@');
    const auto name = member.name.substr(0, at);
    const auto part = std::find_if(parts_.begin(), parts_.end(),
                                   [&](const Part& one) { return one.name == name; });
    const auto index = static_cast<size_t>(part - parts_.begin());
    const bool is_shown = part != parts_.end() || at == 0 ||
                          std::find(shown_too_.begin(), shown_too_.end(), name) != shown_too_.end();
    if (!is_shown) continue;
    if (at == std::string_view::npos && index < 64) found |= uint64_t{1} << index;
    begin_member();
    out += member.text;
  }
  for (size_t i = 0; i < parts_.size(); ++i) {
    const auto& name = parts_[i].name;
    const bool is_there =
        i < 64 ? (found >> i & 1) != 0 : base::member_text(entity_text, name).has_value();
    const auto* property = is_there ? nullptr : type.property(name);
    if (!property) continue;
    begin_member();
    out.append(1, '"').append(name).append(property->type.is_collection ? "\":[]" : "\":null");
  }
  out += '}';
}

bool Selection::applies(const Part& part, const model::StructuredType* type) {
  return !part.of || (type && type->derives_from(*part.of));
}

json::object Selection::shown(const std::vector<Part>& parts, json::object object,
                              const model::StructuredType* type, SelectedItems& items) {
  json::object result;
  for (auto& member : object) {
    const std::string_view name = member.key();
    const auto at = name.find('@');
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& one) {
      return one.name == name.substr(0, at) && applies(one, type);
    });
    if (part == parts.end() && at != 0) continue;
    auto& value = member.value();
    const auto* property = type && at == std::string_view::npos ? type->property(name) : nullptr;
    if (property && part->options && value.is_array()) {
      const auto count = items.narrow(value.get_array(), property->type, *part->options);
      if (count) result[std::string(name) + "@odata.count"] = *count;
    }
    if (property && !part->is_whole) show_inside(*part, value, property->type.structured, items);
    result.emplace(name, std::move(value));
  }
  return result;
}

void Selection::show_inside(const Part& part, json::value& value,
                            const model::StructuredType* declared, SelectedItems& items) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) show_inside(part, item, declared, items);
  } else if (auto* object = value.if_object()) {
    const auto named = model::annotated_type(*object);
    const auto* type = named.empty() ? nullptr : items.model().structured_type(named);
    *object = shown(part.parts, std::move(*object), type ? type : declared, items);
  }
}

std::shared_ptr<const Selection> selection_of(const odata::Query& query, const model::Model& model,
                                              const model::StructuredType& type) {
  return Selection::of(query, model, Computation(query.compute, model, type).type());
}

std::string select_list(const odata::Query& query, const Selection* selection,
                        const model::Model& model, const model::StructuredType& type) {
  std::string list = selection ? selection->to_string() : "";
  for (const auto& item : query.expand) {
    const auto* owner = &type;
    for (size_t i = 0; i + 1 < item.path.size() && owner; ++i) {
      owner = model.structured_type_ignoring_case(item.path[i]);
    }
    const auto* navigation = owner ? owner->navigation_ignoring_case(item.path.back()) : nullptr;
    if (!navigation || item.is_reference || item.is_count) continue;
    if (!list.empty()) list += ',';
    if (owner != &type) list.append(owner->name).append(1, '/');
    list.append(navigation->name).append(1, '(');
    if (item.options) {
      const auto inner = selection_of(*item.options, model, *navigation->type);
      list += select_list(*item.options, inner.get(), model, *navigation->type);
    }
    list += ')';
  }
  return list;
}

}  // namespace graphmock::graph
