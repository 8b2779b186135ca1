#include "graph/call.h"

#include "base/text.h"

namespace graphmock::graph {
namespace {

std::string version_list(const model::Models& models) {
  std::string names;
  for (const auto& model : models.all()) {
    names += (names.empty() ? "'" : " or '") + model->version() + "'";
  }
  return names;
}

}  // namespace

Call read_call(const http::Request& request, std::string_view target, const std::string& origin,
               const Context& context) {
  Call call{request, context.request_ids.next_guid(), "", context.clock.now(), "", nullptr, {}, {},
            {}};
  const auto client_id = request.headers.find("client-request-id");
  call.client_request_id =
      client_id && !client_id->empty() ? std::string(*client_id) : call.request_id;
  try {
    call.url = http::parse_target(target);
    auto& segments = call.url.segments;
    const std::string version = segments.empty() ? "" : segments.front();
    call.model = context.models.version(version);
    if (!call.model) {
      throw http::Error(
          400, "BadRequest",
          "Invalid version: '" + version + "'. Expected " + version_list(context.models) + ".");
    }
    call.service_root = origin + "/" + version;
    segments.erase(segments.begin());
    call.target = odata::resolve(*call.model, segments);
  } catch (const http::Error& error) {
    call.error = error;
  }
  return call;
}

bool prefers(const http::Request& request, std::string_view preference) {
  for (const auto& [name, value] : request.headers) {
    if (!base::equals_ignoring_case(name, "Prefer")) continue;
    for (const auto part : base::split(value, ',')) {
      if (base::equals_ignoring_case(base::trim(part), preference)) return true;
    }
  }
  return false;
}

}  // namespace graphmock::graph
