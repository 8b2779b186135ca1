#include "graph/service.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "graph/create.h"
#include "graph/error_payload.h"
#include "graph/read.h"
#include "graph/remove.h"
#include "graph/shape.h"
#include "graph/update.h"

namespace graphmock::graph {
namespace {

// Query options that OData gives a meaning (URL 5); the '$' may be left out.
constexpr std::array<std::string_view, 17> kSystemOptions = {
    "apply",  "compute", "count", "deltatoken", "expand",  "filter",
    "format", "id",      "index", "levels",     "orderby", "schemaversion",
    "search", "select",  "skip",  "skiptoken",  "top"};

void check_token(const Call& call, const Context& context) {
  if (!context.is_token_required) return;
  const auto header = call.request.headers.find("Authorization");
  if (header && base::starts_with_ignoring_case(*header, "Bearer ") &&
      !base::trim(header->substr(7)).empty()) {
    return;
  }
  http::Error error(
      401, "InvalidAuthenticationToken",
      header ? "The Authorization header holds no bearer token. Expected "
               "'Authorization: Bearer TOKEN'."
             : "Access token is empty. Expected the header 'Authorization: Bearer TOKEN'.");
  error.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"graphmock\"");
  throw error;
}

void check_query(const Call& call) {
  for (const auto& option : call.url.query) {
    const bool has_dollar = option.name.starts_with('$');
    const auto name = base::lower_case(has_dollar ? option.name.substr(1) : option.name);
    const bool is_system =
        std::find(kSystemOptions.begin(), kSystemOptions.end(), name) != kSystemOptions.end();
    if (is_system) throw http::not_implemented("the query option '$" + name + "'");
    if (has_dollar) {
      throw http::Error(400, "", "The query option '" + option.name + "' is not recognized.");
    }
  }
}

// A condition that is not looked at would let a lost update through.
void check_preconditions(const Call& call) {
  for (const std::string_view name : {"If-Match", "If-None-Match"}) {
    const auto value = call.request.headers.find(name);
    if (value && !(name == "If-Match" && base::trim(*value) == "*")) {
      throw http::not_implemented("the header '" + std::string(name) + "'");
    }
  }
}

[[noreturn]] void method_not_allowed(const Call& call, std::string allowed) {
  http::Error error(405, "",
                    "The method " + std::string(call.request.method) +
                        " is not allowed here. Allowed: " + allowed + ".");
  error.headers.emplace_back("Allow", std::move(allowed));
  throw error;
}

http::Response answer_operation(const Call& call) {
  const auto& operation = *call.target->last().operation;
  const std::string_view method = operation.is_function ? "GET" : "POST";
  if (call.request.method != method) method_not_allowed(call, std::string(method));
  throw http::not_implemented("the operation '" + std::string(operation.qualified_name) +
                              "' (a scenario or the fixture set's operations.json can answer it)");
}

http::Response answer(const Call& call, const Context& context) {
  check_token(call, context);
  if (call.error) throw *call.error;
  const auto& target = *call.target;
  check_query(call);
  check_preconditions(call);
  if (target.is_operation()) return answer_operation(call);
  if (!target.is_entities()) {
    throw http::not_implemented("the address of '" + std::string(target.last().name) + "'");
  }
  const auto method = call.request.method;
  if (method == "GET") return read(call, target, context);
  if (target.last().is_collection) {
    if (method == "POST") return create(call, context);
    method_not_allowed(call, "GET, POST");
  }
  if (method == "PATCH") return update(call, context);
  if (method == "DELETE") return remove(call, context);
  if (method == "PUT") throw http::not_implemented("PUT of an entity");
  method_not_allowed(call, "GET, PATCH, DELETE");
}

void identify(http::Response& response, const Call& call) {
  response.set_header("request-id", call.request_id);
  response.set_header("client-request-id", call.client_request_id);
  response.set_header("x-ms-ags-diagnostic",
                      R"({"ServerInfo":{"DataCenter":"graphmock","Slice":"E","Ring":"1",)"
                      R"("ScaleUnit":"000","RoleInstance":"graphmock"}})");
  response.set_header("Date", base::to_http_date(call.now));
  if (!response.header("Cache-Control")) response.set_header("Cache-Control", "no-cache");
}

}  // namespace

http::Response render_error(const Call& call, const http::Error& error) {
  const auto* type = call.target ? call.target->last().type : nullptr;
  auto response =
      error_response(error, family_of(type), {call.request_id, call.client_request_id, call.now});
  identify(response, call);
  return response;
}

http::Response handle(const Call& call, const Context& context) {
  try {
    auto response = answer(call, context);
    identify(response, call);
    return response;
  } catch (const http::Error& error) {
    return render_error(call, error);
  }
}

http::Response scripted(const Call& call, const scenario::ScriptedResponse& script,
                        const Context& context) {
  try {
    http::Response response;
    const int status = script.status.value_or(200);
    if (script.error) {
      response = render_error(call, http::Error(script.status.value_or(500), script.error->code,
                                                script.error->message));
    } else if (!script.serve.empty()) {
      if (!call.model) throw *call.error;
      check_token(call, context);
      response = read(call, odata::resolve(*call.model, script.serve), context);
      if (script.status) response.status = status;
    } else if (script.body || status < 400) {
      response.status = status;
      response.body = script.body.value_or("");
      if (script.is_json) response.set_header("Content-Type", std::string(kContentType));
    } else {
      // A status alone is the error that the service would give with it.
      response = render_error(
          call, http::Error(status, "", "The scenario answers " + std::to_string(status) + "."));
    }
    identify(response, call);
    for (const auto& [name, value] : script.headers) response.set_header(name, value);
    return response;
  } catch (const http::Error& error) {
    return render_error(call, error);
  }
}

}  // namespace graphmock::graph
