#include "graph/writer.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/work_budget.h"
#include "facts/type_facts.h"
#include "graph/etag.h"
#include "graph/links.h"

namespace graphmock::graph {
namespace {

// Links are many times as long as what they belong to, and references may lead in circles.
constexpr size_t kMostBytesWithLinks = 64 << 20;

}  // namespace

// Names are those of models and control information: there is nothing in them to escape.
void append_name(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out.append(1, '"').append(name).append("\":");
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  append_name(out, name);
  base::append_json_string(out, value);
}

void append_members(std::string& out, std::string_view object_text) {
  if (object_text.size() > 2) {
    if (out.back() != '{') out += ',';
    out.append(object_text.substr(1));
  } else {
    out += '}';
  }
}

Writer::Writer(const Call& call, const Context& context, const Format& format,
               const store::Location& location)
    : call_(call),
      context_(context),
      format_(format),
      location_(location),
      projection_(context.models, *call.model, format),
      preferences_(call.request) {
  // They are applied to a collection that is empty, too.
  if (location.type) preferences_.concern(*location.type);
}

void Writer::entity(std::string& out, const Node& node, const Selection* selection) {
  if (!node.entity) return append_members(out, node.computed);
  const auto* declared = location_.is_added ? nullptr : location_.type;
  const bool is_full = format_.metadata == MetadataLevel::Full;
  write(out, node, declared, selection,
        is_full ? entity_paths(call_, location_, *node.entity) : EntityPaths());
}

void Writer::look_at(std::string_view type_name) {
  if (type_name.data() == kind_.name.data() && kind_.type) return;
  kind_ = {};
  kind_.name = type_name;
  kind_.type = call_.model->structured_type(type_name);
  if (!kind_.type) return;
  const auto& facts = facts::facts_of(*kind_.type);
  kind_.has_etag = facts.has_etag;
  // What a write has stored is answered whole.
  if (call_.request.method == "GET") kind_.defaults = facts.default_properties.get();
  kind_.has_preferences = preferences_.concern(*kind_.type);
}

void Writer::write(std::string& out, const Node& node, const model::StructuredType* declared,
                   const Selection* selection, const EntityPaths& paths) {
  const auto& entity = *node.entity;
  constexpr uint64_t kWork = 200;
  base::charge(kWork);
  base::charge_copy(entity.text.size());
  look_at(entity.type);
  control_information(out, entity, declared, paths);
  if (entity.is_enveloped) {
    if (out.back() != '{') out += ',';
    out += "\"value\":{";
  }
  text(out, entity, selection);
  if (!node.computed.empty()) {
    out.pop_back();
    append_members(out, node.computed);
  }
  const bool is_full = format_.metadata == MetadataLevel::Full;
  if (is_full || !node.branches.empty()) {
    out.pop_back();
    if (is_full) navigation_links(out, selection, paths.edit);
    for (const auto& one : node.branches) branch(out, one, paths.edit);
    out += '}';
  }
  if (entity.is_enveloped) out += '}';
}

// In the order that a reader of a stream relies on (JSON 4.5).
void Writer::control_information(std::string& out, const store::Entity& entity,
                                 const model::StructuredType* declared,
                                 const EntityPaths& paths) const {
  if (format_.metadata == MetadataLevel::None) return;
  const bool is_full = format_.metadata == MetadataLevel::Full;
  if (is_full || !declared || entity.type != declared->name) {
    append_member(out, "@odata.type", "#" + std::string(entity.type));
  }
  if (is_full) append_member(out, "@odata.id", paths.id);
  if (kind_.has_etag) append_member(out, "@odata.etag", etag_of(entity));
  if (is_full) append_member(out, "@odata.editLink", paths.edit);
}

void Writer::text(std::string& out, const store::Entity& entity, const Selection* selection) {
  const auto* defaults = selection ? nullptr : kind_.defaults;
  const bool is_whole = (entity.hidden_in >> context_.models.index_of(*call_.model) & 1) == 0 ||
                        (defaults && defaults->is_exhaustive());
  if (is_whole && !kind_.has_preferences && !projection_.has_effect()) {
    if (defaults) return defaults->append_shown(out, entity.text);
    if (!selection) return append_members(out, entity.text);
    if (selection->is_plain() && kind_.type) {
      return selection->append_shown(out, entity.text, *kind_.type);
    }
  }
  std::string shown = "{";
  if (defaults) defaults->append_shown(shown, entity.text);
  auto value = base::parse_json(defaults ? shown : entity.text);
  auto& properties = value.get_object();
  if (kind_.has_preferences) preferences_.apply(properties, *kind_.type);
  if (selection && kind_.type) {
    if (!selected_items_) selected_items_.emplace(call_, context_);
    selected_items_->set_owner({nullptr, kind_.type, &entity, entity.text});
    selection->apply(properties, *kind_.type, *selected_items_);
  }
  projection_.properties(properties, entity.type);
  append_members(out, base::to_json(value));
}

void Writer::navigation_links(std::string& out, const Selection* selection,
                              const std::string& path) const {
  if (out.size() > kMostBytesWithLinks) {
    throw http::Error(400, "",
                      "The answer with odata.metadata=full has more than " +
                          std::to_string(kMostBytesWithLinks) +
                          " bytes. Ask for fewer entities by $top or $filter, or for fewer "
                          "properties by $select.");
  }
  const auto url = call_.service_root + "/" + path + "/";
  for (const auto* type = kind_.type; type; type = type->base) {
    for (const auto& navigation : type->navigations) {
      if (selection && !selection->names(navigation.name)) continue;
      const std::string name(navigation.name);
      base::charge_copy(2 * url.size());
      append_member(out, name + "@odata.associationLink", url + name + "/$ref");
      append_member(out, name + "@odata.navigationLink", url + name);
    }
  }
}

void Writer::branch(std::string& out, const Branch& branch, const std::string& owner_path) {
  const std::string name(branch.navigation->name);
  if (branch.count) {
    append_name(out, name + "@odata.count");
    out += std::to_string(*branch.count);
  }
  if (branch.is_count) return;
  append_name(out, name);
  if (!branch.navigation->is_collection) {
    if (branch.nodes.empty()) {
      out += "null";
      return;
    }
    return related(out, branch.nodes[0], branch, owner_path);
  }
  out += '[';
  for (size_t i = 0; i < branch.nodes.size(); ++i) {
    if (i > 0) out += ',';
    related(out, branch.nodes[i], branch, owner_path);
  }
  out += ']';
}

void Writer::related(std::string& out, const Node& node, const Branch& branch,
                     const std::string& owner_path) {
  out += '{';
  if (branch.is_reference) {
    append_member(out, "@odata.id", call_.service_root + "/" + node.entity->address);
    out += '}';
    return;
  }
  const bool is_full = format_.metadata == MetadataLevel::Full;
  write(
      out, node, branch.navigation->type, branch.selection.get(),
      is_full ? related_paths(call_, owner_path, *branch.navigation, *node.entity) : EntityPaths());
}

}  // namespace graphmock::graph
