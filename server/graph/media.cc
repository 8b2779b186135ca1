#include "graph/media.h"

#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "facts/type_facts.h"
#include "graph/etag.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"
#include "store/stream.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using odata::StepKind;

constexpr std::string_view kDriveItem = "microsoft.graph.driveItem";

std::string stream_address(const store::Location& owner, std::string_view name) {
  return store::child_address(owner.address, name);
}

struct Range {
  size_t first;
  size_t count;
};

std::optional<size_t> number_in(std::string_view text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "bytes=0-99", "bytes=100-" or "bytes=-100"; nothing for a header that is to be ignored: of
// another unit, or of several ranges (RFC 9110, 14.2).
std::optional<Range> range_in(std::string_view header, size_t size) {
  if (!base::starts_with_ignoring_case(header, "bytes=")) return std::nullopt;
  header.remove_prefix(6);
  const auto dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) {
    return std::nullopt;
  }
  const auto first_text = base::trim(header.substr(0, dash));
  const auto first = number_in(first_text);
  const auto last = number_in(base::trim(header.substr(dash + 1)));
  if ((!first && !first_text.empty()) || (!first && !last)) return std::nullopt;
  if (!first) return Range{size - std::min(*last, size), std::min(*last, size)};
  if (last && *last < *first) return std::nullopt;
  if (*first >= size) {
    http::Error error(416, "",
                      "The range begins behind the end of the content, which has " +
                          std::to_string(size) + " bytes.");
    error.headers.add("Content-Range", "bytes */" + std::to_string(size));
    throw error;
  }
  const size_t end = last ? std::min(*last, size - 1) : size - 1;
  return Range{*first, end - *first + 1};
}

http::Response send(const Call& call, const store::Entity& stream) {
  const auto [media_type, bytes] = store::stream_in(stream);
  http::Response response;
  response.set_header("Content-Type", std::string(media_type));
  response.set_header("Accept-Ranges", "bytes");
  response.set_header("ETag", etag_of(stream));
  const auto range = range_in(call.request.headers.find("Range").value_or(""), bytes.size());
  if (!range) {
    response.body = bytes;
    return response;
  }
  response.status = 206;
  response.body = bytes.substr(range->first, range->count);
  response.set_header("Content-Range",
                      "bytes " + std::to_string(range->first) + "-" +
                          std::to_string(range->first + range->count - (range->count > 0)) + "/" +
                          std::to_string(bytes.size()));
  return response;
}

std::string_view media_type_of(const Call& call) {
  return call.request.headers.find("Content-Type").value_or("application/octet-stream");
}

// A drive item that is written to by its path comes into being, with the folders on the way.
store::EntityPtr make_item(Transaction& transaction, const odata::Target& item) {
  const auto& call = transaction.call();
  auto from = item.prefix(item.steps.size() - 1);
  auto parent = find(call, transaction.context(), transaction.view(), from).entity;
  if (!parent) throw_not_found(last_name(from));
  const auto& type = *item.last().type;
  const auto names = base::split(item.last().key, '/');
  for (size_t i = 0; i < names.size(); ++i) {
    auto child = store::find_by_path(transaction.view(), parent, names[i]);
    if (!child) {
      json::object body;
      body["name"] = names[i];
      if (i + 1 < names.size()) body["folder"] = json::object();
      const auto place = store::place_below(transaction.view(), parent->address, *call.model, type,
                                            *type.navigation("children"));
      child = transaction.create(place, body);
    }
    parent = child;
  }
  return parent;
}

// What a drive item says of its content.
void describe_item(json::object& item, const store::Entity& stream) {
  const auto [media_type, bytes] = store::stream_in(stream);
  item["size"] = bytes.size();
  json::object file;
  if (const auto* old = item.if_contains("file"); old && old->is_object()) file = old->get_object();
  file["mimeType"] = media_type;
  item["file"] = std::move(file);
}

http::Response put_stream(const Call& call, const Context& context, const odata::Target& owner,
                          std::string_view name) {
  Transaction transaction(call, context);
  make_owners(transaction, *call.target);
  auto location = transaction.locate(owner);
  auto entity = location.missing_key.empty() ? transaction.find(location.address) : nullptr;
  const bool is_by_path = owner.last().kind == StepKind::Path;
  const bool is_new = !entity && is_by_path && owner.last().type->derives_from(kDriveItem);
  if (is_new) {
    check_write_conditions(call.request, nullptr);
    check_creation(call.request);
    entity = make_item(transaction, owner);
    location = transaction.locate(owner);
  }
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  const auto address = stream_address(location, name);
  const auto old = transaction.find(address);
  if (!is_new) check_write_conditions(call.request, old ? old.get() : entity.get());
  const auto stream = transaction.put_stream(address, media_type_of(call), call.request.body);
  const auto& type = *location.type;
  if (!entity) entity = transaction.make(location.address, location.list, type, {});
  const int documented =
      facts::documented_status(facts::facts_of(type).property_statuses, name, call.request.method);
  if (type.derives_from(kDriveItem)) {
    auto item = base::parse_json(entity->text).get_object();
    describe_item(item, *stream);
    const auto changed = transaction.change(*entity, item);
    return commit_and_answer(transaction, [&] {
      return write_reply(is_new ? 201 : 200, call, context, location, {changed, {}});
    });
  }
  transaction.commit();
  return no_content(documented == 0 ? 204 : documented);
}

http::Response remove_stream(const Call& call, const Context& context, const odata::Target& owner,
                             std::string_view name) {
  Transaction transaction(call, context);
  const auto [location, entity] = find(call, context, transaction.view(), owner);
  const auto address = stream_address(location, name);
  const auto stream = transaction.find(address);
  if (!stream && !entity) throw_not_found(last_name(owner));
  check_write_conditions(call.request, stream.get());
  if (stream) transaction.remove(address);
  transaction.commit();
  return no_content();
}

}  // namespace

bool is_media(const odata::Target& target) {
  const auto& last = target.last();
  const size_t entities = target.entity_steps();
  if (entities + 1 == target.steps.size() && last.kind == StepKind::Value) return true;
  const auto& property = target.steps[std::min(entities, target.steps.size() - 1)];
  const bool is_stream = property.kind == StepKind::Property && !property.is_collection &&
                         property.property->type.is(model::Primitive::Stream);
  return is_stream && (&property == &last || last.kind == StepKind::Value);
}

http::Response answer_media(const Call& call, const Context& context) {
  const auto owner = call.target->prefix(call.target->entity_steps());
  const auto& step = call.target->steps[owner.steps.size()];
  const auto name = step.name;
  if (step.kind == StepKind::Value && !owner.last().type->has_stream) {
    throw http::Error(400, "",
                      "The type '" + std::string(owner.last().type->name) +
                          "' has no stream, so that there is no '$value' of it.");
  }
  const auto method = call.request.method;
  if (method == "PUT" || method == "PATCH") return put_stream(call, context, owner, name);
  if (method == "DELETE") return remove_stream(call, context, owner, name);
  if (method != "GET") method_not_allowed(call, "GET, PUT, PATCH, DELETE");
  store::EntityPtr stream;
  context.store.look([&](const store::LayerView& view) {
    const auto found = find(call, context, view, owner);
    stream = view.find(stream_address(found.location, name));
  });
  if (!stream) throw_not_found(last_name(owner) == name ? name : last_name(owner));
  return send(call, *stream);
}

}  // namespace graphmock::graph
