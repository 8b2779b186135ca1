#include "graph/shape.h"

#include "base/json.h"
#include "base/text.h"
#include "graph/etag.h"
#include "graph/projection.h"
#include "graph/type_facts.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What may stand in a segment of a URL as it is, beside the unreserved (RFC 3986: pchar).
constexpr std::string_view kSegmentCharacters = "!$&'()*+,;=:@";

void append_member(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
  base::append_json_string(out, value);
}

// Behind control information, so that `out` ends in '{' or in a member.
void append_text(std::string& out, std::string_view text) {
  if (text.size() > 2) {
    if (out.back() != '{') out += ',';
    out.append(text.substr(1));
  } else {
    out += '}';
  }
}

void append_context_step(std::string& fragment, const odata::Step& step) {
  if (step.kind == odata::StepKind::Path) {
    // A path from a key is a part of it: "sites('contoso.com:/sites/hr')". One from "root" leads
    // to another of its kind.
    if (fragment.ends_with("')")) {
      fragment.insert(fragment.size() - 2, ":%2F" + base::percent_encode(step.key, {}));
    }
    return;
  }
  if (step.kind != odata::StepKind::Key) {
    if (!fragment.empty()) fragment += '/';
    fragment += step.name;
    return;
  }
  std::string key;
  for (const char c : step.key) key += c == '\'' ? std::string("''") : std::string(1, c);
  fragment += "('" + base::percent_encode(key, kSegmentCharacters) + "')";
}

// How many steps name what the entity is one of: "/$entity" stands for its key or path, and its
// stream is no step to it.
size_t steps_to_entity(const odata::Target& target) {
  size_t count = target.entity_steps();
  while (count > 1 && target.steps[count - 1].kind == odata::StepKind::Path) --count;
  return count - (target.steps[count - 1].kind == odata::StepKind::Key ? 1 : 0);
}

// The set that a singleton among the directory objects is seen in: /me is one of /users.
const model::EntitySet* set_behind(const Call& call, const store::Location& location) {
  const auto& first = call.target->steps.front();
  if (first.kind != odata::StepKind::Singleton) return nullptr;
  if (!location.address.starts_with(store::kDirectoryPool)) return nullptr;
  return call.model->entity_set_of(*first.type);
}

std::string pool_key(const store::Location& location) {
  const size_t begin = store::kDirectoryPool.size() + 1;
  const auto key = location.address.substr(begin, location.address.find('/', begin) - begin);
  return base::percent_encode(key, kSegmentCharacters);
}

// What is written before and after the text of every entity of one type.
class Writer {
 public:
  Writer(const Context& context, const Call& call, const Format& format)
      : context_(context), model_(*call.model), format_(format), service_root_(call.service_root) {}

  // Behind control information, so that `out` ends in '{' or in a member. `declared` is the type
  // that the place of the entity has; null where its own has to be said.
  void entity(std::string& out, const Node& node, const model::StructuredType* declared,
              const Selection* selection = nullptr) {
    if (!node.entity) return append_text(out, node.computed);
    const auto& entity = *node.entity;
    if (!declared || entity.type != declared->name) {
      append_member(out, "@odata.type", "#" + std::string(entity.type));
    }
    if (has_etag(entity.type)) append_member(out, "@odata.etag", etag_of(entity));
    if (entity.is_enveloped) {
      if (out.back() != '{') out += ',';
      out += "\"value\":{";
    }
    text(out, entity, selection);
    if (!node.computed.empty()) {
      out.pop_back();
      append_text(out, node.computed);
    }
    if (!node.branches.empty()) {
      out.pop_back();
      for (const auto& one : node.branches) branch(out, one);
      out += '}';
    }
    if (entity.is_enveloped) out += '}';
  }

 private:
  bool has_etag(std::string_view type_name) {
    if (type_name.data() == last_type_.data()) return last_has_etag_;
    const auto* type = model_.structured_type(type_name);
    last_type_ = type_name;
    last_has_etag_ = type && facts_of(*type).has_etag;
    return last_has_etag_;
  }

  void text(std::string& out, const store::Entity& entity, const Selection* selection) const {
    const bool is_whole = (entity.hidden_in >> context_.models.index_of(model_) & 1) == 0;
    if (is_whole && !format_.numbers_as_strings && !selection) {
      return append_text(out, entity.text);
    }
    auto value = base::parse_json(entity.text);
    if (selection) {
      if (const auto* type = model_.structured_type(entity.type)) {
        selection->apply(value.get_object(), *type);
      }
    }
    Projection(context_.models, model_, format_).object(value.get_object(), entity.type);
    append_text(out, base::to_json(value));
  }

  void branch(std::string& out, const Branch& branch) {
    const std::string name(branch.navigation->name);
    if (branch.count) {
      if (out.back() != '{') out += ',';
      base::append_json_string(out, name + "@odata.count");
      out += ':' + std::to_string(*branch.count);
    }
    if (branch.is_count) return;
    if (out.back() != '{') out += ',';
    base::append_json_string(out, name);
    out += ':';
    if (!branch.navigation->is_collection) {
      if (branch.nodes.empty()) {
        out += "null";
        return;
      }
      return inner(out, branch.nodes[0], branch);
    }
    out += '[';
    for (size_t i = 0; i < branch.nodes.size(); ++i) {
      if (i > 0) out += ',';
      inner(out, branch.nodes[i], branch);
    }
    out += ']';
  }

  void inner(std::string& out, const Node& node, const Branch& branch) {
    out += '{';
    if (branch.is_reference) {
      append_member(out, "@odata.id", service_root_ + "/" + node.entity->address);
      out += '}';
      return;
    }
    entity(out, node, branch.navigation->type, branch.selection.get());
  }

  const Context& context_;
  const model::Model& model_;
  const Format& format_;
  const std::string& service_root_;
  // Neighbours are mostly of one type.
  std::string_view last_type_;
  bool last_has_etag_ = false;
};

const model::StructuredType* declared_at(const store::Location& location) {
  return location.is_added ? nullptr : location.type;
}

http::Response json_answer(int status, std::string body, const Format& format) {
  http::Response response;
  response.status = status;
  std::string type(kContentType);
  if (format.numbers_as_strings) {
    constexpr std::string_view kOff = "IEEE754Compatible=false";
    type.replace(type.find(kOff), kOff.size(), "IEEE754Compatible=true");
  }
  response.set_header("Content-Type", std::move(type));
  response.set_header("OData-Version", "4.0");
  response.body = std::move(body);
  return response;
}

}  // namespace

Format format_of(const http::Request& request) {
  Format format;
  const auto accept = request.headers.find("Accept");
  if (!accept) return format;
  for (const auto range : base::split(*accept, ',')) {
    for (const auto part : base::split(range, ';')) {
      const auto parameter = base::trim(part);
      if (base::equals_ignoring_case(parameter, "IEEE754Compatible=true")) {
        format.numbers_as_strings = true;
      }
      if (base::equals_ignoring_case(parameter, "odata.metadata=full") ||
          base::equals_ignoring_case(parameter, "odata.metadata=none")) {
        throw http::not_implemented("'" + std::string(parameter) + "'");
      }
    }
  }
  return format;
}

std::string context_url(const Call& call, const store::Location& location,
                        const Selection* selection) {
  const auto& steps = call.target->steps;
  const auto& last = steps.back();
  std::string fragment;
  if (last.kind == odata::StepKind::Operation) {
    fragment = last.operation->returns->name();
  } else {
    const size_t count = location.is_collection ? steps.size() : steps_to_entity(*call.target);
    const auto* set = set_behind(call, location);
    if (set) fragment = set->name;
    if (set && count > 1) fragment += "('" + pool_key(location) + "')";
    for (size_t i = set ? 1 : 0; i < count; ++i) append_context_step(fragment, steps[i]);
    // What a reference leads to is told by the set that it lives in.
    if (location.is_reference && location.type->derives_from("microsoft.graph.directoryObject")) {
      fragment = store::kDirectoryPool;
      if (location.type != location.declared) fragment += "/" + std::string(location.type->name);
    }
    if (selection) fragment += "(" + base::percent_encode(selection->to_string(), "*,/") + ")";
    const bool is_singleton = last.kind == odata::StepKind::Singleton && !set;
    if (!location.is_collection && !is_singleton) fragment += "/$entity";
  }
  return call.service_root + "/$metadata#" + fragment;
}

std::string address_url(const Call& call) {
  auto url = call.service_root;
  for (const auto& segment : call.url.segments) {
    url += '/';
    url += base::percent_encode(segment, kSegmentCharacters);
  }
  return url;
}

std::string entity_url(const Call& call, std::string_view key) {
  return address_url(call) + "/" + base::percent_encode(key, kSegmentCharacters);
}

std::string context_url(const Call& call) {
  std::string fragment;
  for (const auto& step : call.target->steps) append_context_step(fragment, step);
  if (call.target->is_operation() && call.target->last().operation->returns) {
    fragment = call.target->last().operation->returns->name();
  }
  return call.service_root + "/$metadata#" + fragment;
}

http::Response entity_answer(int status, const Call& call, const Context& context,
                             const store::Location& location, const Node& node,
                             const Selection* selection) {
  const auto format = format_of(call.request);
  std::string out = "{";
  append_member(out, "@odata.context", context_url(call, location, selection));
  Writer(context, call, format).entity(out, node, declared_at(location), selection);
  auto response = json_answer(status, std::move(out), format);
  response.set_header("ETag", etag_of(*node.entity));
  return response;
}

http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location, const std::vector<Node>& nodes,
                                 const Around& around) {
  const auto format = format_of(call.request);
  Writer writer(context, call, format);
  std::string out = "{";
  auto url = context_url(call, location, around.selection);
  if (!around.properties.empty()) url += "(" + around.properties + ")";
  append_member(out, "@odata.context", url);
  if (around.count) out += ",\"@odata.count\":" + std::to_string(*around.count);
  if (!around.next_link.empty()) append_member(out, "@odata.nextLink", around.next_link);
  out += ",\"value\":[";
  for (size_t i = 0; i < nodes.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    writer.entity(out, nodes[i], declared_at(location), around.selection);
  }
  out += "]}";
  return json_answer(200, std::move(out), format);
}

http::Response value_answer(const Call& call, const Context& context, const model::TypeRef& type,
                            json::value value) {
  const auto format = format_of(call.request);
  Projection(context.models, *call.model, format).property_value(value, type);
  std::string out = "{";
  append_member(out, "@odata.context", context_url(call));
  if (value.is_object()) {
    append_text(out, base::to_json(value));
  } else {
    out += ",\"value\":";
    base::append_json(out, value);
    out += '}';
  }
  return json_answer(200, std::move(out), format);
}

http::Response object_answer(int status, const Call& call, json::object object) {
  std::string out = "{";
  append_member(out, "@odata.context", context_url(call));
  append_text(out, base::to_json(object));
  return json_answer(status, std::move(out), format_of(call.request));
}

void append_fixture(std::string& out, const store::Entity& entity) {
  out += '{';
  append_member(out, "@odata.type", "#" + std::string(entity.type));
  if (entity.is_enveloped) out += ",\"value\":{";
  append_text(out, entity.text);
  if (entity.is_enveloped) out += '}';
}

}  // namespace graphmock::graph
