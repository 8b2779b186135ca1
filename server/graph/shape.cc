#include "graph/shape.h"

#include "base/json.h"
#include "graph/etag.h"
#include "graph/writer.h"
#include "http/body_memory.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// About what control information takes: room for it is made at once.
constexpr size_t kControlInformationBytes = 256;

std::string begin_body(const Format& format, std::string_view context) {
  auto out = http::take_body_memory();
  out += '{';
  if (format.metadata != MetadataLevel::None) append_member(out, "@odata.context", context);
  return out;
}

http::Response json_answer(int status, std::string body, const Format& format) {
  http::Response response;
  response.status = status;
  response.set_header("Content-Type", format.content_type());
  response.set_header("OData-Version", "4.0");
  response.body = std::move(body);
  return response;
}

http::Response json_answer(int status, std::string body, const Format& format,
                           const Writer& writer) {
  auto response = json_answer(status, std::move(body), format);
  if (auto applied = writer.applied_preferences(); !applied.empty()) {
    response.set_header("Preference-Applied", std::move(applied));
  }
  return response;
}

// What stands beside the entities.
void append_around(std::string& out, const Page& page) {
  if (page.count) {
    append_name(out, "@odata.count");
    out += std::to_string(*page.count);
  }
  if (!page.next_link.empty()) append_member(out, "@odata.nextLink", page.next_link);
}

void append_id(std::string& out, const Call& call, const store::Entity& entity) {
  append_member(out, "@odata.id", call.service_root + "/" + entity.address);
}

}  // namespace

http::Response entity_answer(int status, const Call& call, const Context& context,
                             const store::Location& location, const Node& node,
                             const Selection* selection) {
  const auto format = format_of(call);
  auto out = begin_body(format, context_url(call, location, selection));
  out.reserve(out.size() + node.entity->text.size() + kControlInformationBytes);
  Writer writer(call, context, format, location);
  writer.entity(out, node, selection);
  auto response = json_answer(status, std::move(out), format, writer);
  response.set_header("ETag", etag_of(*node.entity));
  return response;
}

http::Response collection_answer(const Call& call, const Context& context,
                                 const store::Location& location, const Page& page,
                                 const Selection* selection) {
  const auto format = format_of(call);
  Writer writer(call, context, format, location);
  auto out = begin_body(format, context_url(call, location, selection, page.properties));
  append_around(out, page);
  append_name(out, "value");
  out += '[';
  for (size_t i = 0; i < page.nodes.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    writer.entity(out, page.nodes[i], selection);
  }
  out += "]}";
  return json_answer(200, std::move(out), format, writer);
}

http::Response value_answer(const Call& call, const Context& context, const model::TypeRef& type,
                            json::value value) {
  const auto format = format_of(call);
  Projection(context.models, *call.model, format).property_value(value, type);
  auto out = begin_body(format, context_url(call));
  if (value.is_object()) {
    append_members(out, base::to_json(value));
  } else {
    append_name(out, "value");
    base::append_json(out, value);
    out += '}';
  }
  return json_answer(200, std::move(out), format);
}

http::Response object_answer(int status, const Call& call, json::object object) {
  const auto format = format_of(call);
  auto out = begin_body(format, context_url(call));
  append_members(out, base::to_json(object));
  return json_answer(status, std::move(out), format);
}

http::Response reference_answer(const Call& call, const store::Entity& entity) {
  const auto format = format_of(call);
  auto out = begin_body(format, call.service_root + "/$metadata#$ref");
  append_id(out, call, entity);
  return json_answer(200, out + "}", format);
}

http::Response references_answer(const Call& call, const Page& page) {
  const auto format = format_of(call);
  auto out = begin_body(format, call.service_root + "/$metadata#Collection($ref)");
  append_around(out, page);
  append_name(out, "value");
  out += '[';
  for (size_t i = 0; i < page.nodes.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    append_id(out, call, *page.nodes[i].entity);
    out += '}';
  }
  return json_answer(200, out + "]}", format);
}

}  // namespace graphmock::graph
