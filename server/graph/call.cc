#include "graph/call.h"

#include <algorithm>

#include "auth/token_claims.h"
#include "base/json.h"
#include "base/text.h"
#include "odata/apply.h"

namespace graphmock::graph {
namespace {

std::string version_list(const model::Models& models) {
  std::string names;
  for (const auto& model : models.all()) {
    names += (names.empty() ? "'" : " or '") + model->version() + "'";
  }
  return names;
}

// The first of that name counts (RFC 7240, 2).
std::optional<std::string_view> find_preference(const http::Request& request,
                                                std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (!base::equals_ignoring_case(header, "Prefer")) continue;
    for (const auto part : base::split(value, ',')) {
      const auto given = base::split_parameter(part.substr(0, part.find(';')));
      if (base::equals_ignoring_case(given.first, name)) return given.second;
    }
  }
  return std::nullopt;
}

// What a function may be given as query options are its parameters, not OData's options.
std::vector<std::string_view> parameter_names(const odata::Target& target) {
  std::vector<std::string_view> names;
  for (const auto& step : target.steps) {
    if (!step.operation) continue;
    for (const auto& parameter : step.operation->parameters) names.push_back(parameter.name);
  }
  return names;
}

}  // namespace

Call read_call(const http::Request& request, const Context& context) {
  const auto& target = request.target;
  Call call{.request = request,
            .request_id = context.request_ids.next_guid(),
            .client_request_id = "",
            .now = context.clock.now(),
            .service_root = "",
            .me = {},
            .app = {},
            .query = {},
            .target = {},
            .error = {}};
  const auto client_id = request.headers.find("client-request-id");
  call.client_request_id =
      client_id && !client_id->empty() ? std::string(*client_id) : call.request_id;
  const auto claims = auth::claims_of(request);
  call.me = claims->user;
  call.app = claims->app;
  try {
    if (target.error()) throw http::Error(*target.error());
    const auto& version = target.root();
    const auto& segments = target.segments();
    call.model = context.models.version(version);
    if (!call.model) {
      throw http::Error(
          400, "BadRequest",
          "Invalid version: '" + version + "'. Expected " + version_list(context.models) + ".");
    }
    call.service_root = http::root_of(request) + "/" + version;
    call.is_batch = segments.size() == 1 && base::equals_ignoring_case(segments[0], "$batch");
    if (call.is_batch) return call;
    std::vector<std::string_view> query_names;
    for (const auto& option : target.options()) query_names.push_back(option.name);
    call.target = odata::resolve(*call.model, segments, query_names);
    call.query = odata::parse_query(target.options(), parameter_names(*call.target));
    // What filters alone is $filter by another name.
    if (call.target->last().is_collection) odata::fold_filters(call.query);
  } catch (const http::Error& error) {
    call.error = error;
  }
  return call;
}

void method_not_allowed(const Call& call, std::string allowed) {
  http::Error error(405, "",
                    "The method " + std::string(call.request.method) +
                        " is not allowed here. Allowed: " + allowed + ".");
  error.headers.add("Allow", allowed);
  throw error;
}

std::string_view preference(const http::Request& request, std::string_view name) {
  return find_preference(request, name).value_or("");
}

bool prefers(const http::Request& request, std::string_view preference) {
  const auto wanted = base::split_parameter(preference);
  return find_preference(request, wanted.first) == wanted.second;
}

}  // namespace graphmock::graph
