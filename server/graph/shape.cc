#include "graph/shape.h"

#include "base/json.h"
#include "base/text.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What may stand in a segment of a URL as it is, beside the unreserved (RFC 3986: pchar).
constexpr std::string_view kSegmentCharacters = "!$&'()*+,;=:@";

// Rewrites an entity's text for one version and format: members that the version does not show
// are dropped, large numbers made strings where asked for.
class Projection {
 public:
  Projection(const model::Models& models, const model::Model& here, const Format& format)
      : models_(models), here_(here), format_(format) {}

  void object(json::object& value, std::string_view type_name) const {
    const auto annotated = model::annotated_type(value);
    const std::string type_kept(
        annotated.empty() ? type_name
                          : annotated);  // the annotation may move while members are erased
    const auto* type = here_.structured_type(type_kept);
    for (auto member = value.begin(); member != value.end();) {
      const std::string_view name = member->key();
      if (store::is_hidden(models_, here_, type_kept, name)) {
        member = value.stable_erase(member);
        continue;
      }
      if (const auto* property = type ? type->property(name) : nullptr) {
        property_value(member->value(), property->type);
      }
      ++member;
    }
  }

 private:
  void property_value(json::value& value, const model::TypeRef& type) const {
    if (auto* array = value.if_array()) {
      for (auto& item : *array) property_value(item, type);
    } else if (auto* nested = value.if_object()) {
      if (type.structured) object(*nested, type.structured->name);
    } else if (format_.numbers_as_strings && base::is_number(value) && !type.structured &&
               (type.primitive == model::Primitive::Int64 ||
                type.primitive == model::Primitive::Decimal)) {
      value = json::string(base::number_text(value));
    }
  }

  const model::Models& models_;
  const model::Model& here_;
  const Format& format_;
};

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
  if (step.kind != odata::StepKind::Key) {
    if (!fragment.empty()) fragment += '/';
    fragment += step.name;
    return;
  }
  std::string key;
  for (const char c : step.key) key += c == '\'' ? std::string("''") : std::string(1, c);
  fragment += "('" + base::percent_encode(key, kSegmentCharacters) + "')";
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

// Where an answer's entities stand; the same for all of one answer.
struct Scene {
  const Context& context;
  const model::Model& model;
  const store::Location& location;
  Format format;
};

void append_entity(std::string& out, const store::Entity& entity, const Scene& scene) {
  if (scene.location.is_added || entity.type != scene.location.type->name) {
    append_member(out, "@odata.type", "#" + std::string(entity.type));
  }
  const bool is_whole = (entity.hidden_in >> scene.context.models.index_of(scene.model) & 1) == 0;
  if (is_whole && !scene.format.numbers_as_strings) return append_text(out, entity.text);
  auto value = base::parse_json(entity.text);
  Projection(scene.context.models, scene.model, scene.format)
      .object(value.get_object(), entity.type);
  append_text(out, base::to_json(value));
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

std::string context_url(const Call& call, const store::Location& location) {
  const auto& steps = call.target->steps;
  const auto& last = steps.back();
  std::string fragment;
  if (last.kind == odata::StepKind::Operation) {
    fragment = last.operation->returns->name();
  } else {
    // The key of the last step is left out: "/$entity" says that it is one of its collection.
    const size_t count = steps.size() - (last.kind == odata::StepKind::Key ? 1 : 0);
    const auto* set = set_behind(call, location);
    if (set) fragment = set->name;
    if (set && count > 1) fragment += "('" + pool_key(location) + "')";
    for (size_t i = set ? 1 : 0; i < count; ++i) append_context_step(fragment, steps[i]);
    // What a reference leads to is told by the set that it lives in.
    if (location.is_reference && location.type->derives_from("microsoft.graph.directoryObject")) {
      fragment = store::kDirectoryPool;
    }
    const bool is_singleton = last.kind == odata::StepKind::Singleton && !set;
    if (!location.is_collection && !is_singleton) fragment += "/$entity";
  }
  return call.service_root + "/$metadata#" + fragment;
}

std::string entity_url(const Call& call, std::string_view key) {
  auto url = call.service_root;
  for (const auto& segment : call.url.segments) {
    url += '/';
    url += base::percent_encode(segment, kSegmentCharacters);
  }
  return url + "/" + base::percent_encode(key, kSegmentCharacters);
}

http::Response entity_answer(int status, const Call& call, const Context& context,
                             const store::Location& location, const store::Entity& entity) {
  const Scene scene{context, *call.model, location, format_of(call.request)};
  std::string out = "{";
  append_member(out, "@odata.context", context_url(call, location));
  append_entity(out, entity, scene);
  return json_answer(status, std::move(out), scene.format);
}

http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location,
                                 const std::vector<store::EntityPtr>& entities) {
  const Scene scene{context, *call.model, location, format_of(call.request)};
  std::string out = "{";
  append_member(out, "@odata.context", context_url(call, location));
  out += ",\"value\":[";
  for (size_t i = 0; i < entities.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    append_entity(out, *entities[i], scene);
  }
  out += "]}";
  return json_answer(200, std::move(out), scene.format);
}

void append_fixture(std::string& out, const store::Entity& entity) {
  out += '{';
  append_member(out, "@odata.type", "#" + std::string(entity.type));
  append_text(out, entity.text);
}

}  // namespace graphmock::graph
