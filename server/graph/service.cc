#include "graph/service.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "graph/access.h"
#include "graph/body.h"
#include "graph/create.h"
#include "graph/error_payload.h"
#include "graph/media.h"
#include "graph/operations.h"
#include "graph/outlook_preferences.h"
#include "graph/property.h"
#include "graph/query_check.h"
#include "graph/read.h"
#include "graph/reference.h"
#include "graph/remove.h"
#include "graph/shape.h"
#include "graph/update.h"
#include "odata/apply.h"

namespace graphmock::graph {
namespace {

// Options whose meaning is not implemented, wherever they stand.
void refuse_unimplemented(const Call& call) {
  const auto& query = call.query;
  if (query.deltatoken) throw http::not_implemented("the query option '$deltatoken'");
  if (query.id && call.target->last().kind != odata::StepKind::Ref) {
    throw http::Error(400, "",
                      "The query option '$id' names a reference that is to be removed: it stands "
                      "behind '/$ref' alone.");
  }
  if (query.index) throw http::not_implemented("the query option '$index'");
  if (query.schemaversion) throw http::not_implemented("the query option '$schemaversion'");
  if (query.format) format_of(call);
}

// Of properties and streams, which are answered whole, and of writes of references.
void refuse_options(const Call& call) {
  const auto& query = call.query;
  const bool has_any = query.filter || query.search || query.top || query.skip || query.skiptoken ||
                       query.count || query.apply || !query.select.empty() ||
                       !query.expand.empty() || !query.orderby.empty() || !query.compute.empty();
  if (!has_any) return;
  throw http::not_implemented("query options on '" + std::string(call.target->last().name) + "'");
}

void refuse_options_of_batch(const Call& call) {
  for (const auto& option : call.request.target.options()) {
    if (!option.name.starts_with('$')) continue;
    throw http::Error(400, "",
                      "The query option '" + option.name +
                          "' belongs to the URL of a request in the batch, not to the batch's.");
  }
}

bool has_operation(const odata::Target& target) {
  return std::any_of(target.steps.begin(), target.steps.end(), [](const odata::Step& step) {
    return step.kind == odata::StepKind::Operation;
  });
}

// What the answer to a write would be refused for is refused before anything is written.
void check_answer(const Call& call) {
  format_of(call);
  OutlookPreferences preferences(call.request);
  if (const auto* type = call.target->last().type) preferences.concern(*type);
}

http::Response answer_entities(const Call& call, const Context& context) {
  const auto& target = *call.target;
  const auto method = call.request.method;
  if (method == "GET") return read(call, target, context);
  refuse_read_options(call.query);
  if (const auto* type = target.last().type) {
    Selection::of(call.query, *call.model, *type);
    check_query(call.query, *call.model, *type);
  }
  if (target.last().is_collection) {
    if (method == "POST") return create(call, context);
    method_not_allowed(call, "GET, POST");
  }
  const bool is_singleton = target.last().kind == odata::StepKind::Singleton;
  if (method == "PATCH") return update(call, context);
  if (method == "PUT") return replace(call, context);
  if (method == "DELETE" && !is_singleton) return remove(call, context);
  if (method == "POST" && target.last().kind == odata::StepKind::Navigation) {
    return create_single(call, context);
  }
  method_not_allowed(call, is_singleton ? "GET, PATCH, PUT" : "GET, PATCH, PUT, DELETE");
}

http::Response answer(const Call& call, const Context& context) {
  check_token(call, context);
  if (call.error) throw *call.error;
  check_access(call, context);
  const auto& target = *call.target;
  refuse_unimplemented(call);
  if (call.request.method != "GET") check_answer(call);
  if (has_operation(target)) return answer_operation(call, context);
  if (target.is_entities()) return answer_entities(call, context);
  const bool is_count = target.last().kind == odata::StepKind::Count;
  const bool is_read_of_references =
      target.last().kind == odata::StepKind::Ref && call.request.method == "GET";
  if (!is_count && !is_read_of_references) refuse_options(call);
  if (target.last().kind == odata::StepKind::Ref) return answer_reference(call, context);
  if (is_media(target)) return answer_media(call, context);
  const bool is_of_property = target.steps[target.entity_steps()].property != nullptr;
  if (is_of_property) return answer_property(call, context);
  if (call.request.method != "GET") method_not_allowed(call, "GET");
  return count(call, context);
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

// The entity type that the address is about: a property, a '$' segment or an operation without
// entities speaks for what stands before it.
const model::StructuredType* entity_type_of(const odata::Target& target) {
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (step->type && step->type->is_entity) return step->type;
  }
  return nullptr;
}

}  // namespace

http::Response render_error(const Call& call, const http::Error& error) {
  const auto* type = call.target ? entity_type_of(*call.target) : nullptr;
  auto response = error_response(error, facts::family_of(type),
                                 {call.request_id, call.client_request_id, call.now});
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

http::Response handle_batch(const Call& call, const Context& context, const ServePart& serve) {
  try {
    check_token(call, context);
    if (call.request.method != "POST") method_not_allowed(call, "POST");
    refuse_options_of_batch(call);
    auto response = answer_batch(read_batch(read_body(call.request)),
                                 {call.request_id, call.client_request_id, call.now}, serve);
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
    const int status = script.status.value_or(script.error ? 500 : 200);
    // What is answered in the store's place is not open to more than that is.
    if (status < 400) {
      check_token(call, context);
      if (call.target) check_access(call, context);
    }
    if (script.error) {
      response = render_error(call, http::Error(status, script.error->code, script.error->message));
    } else if (!script.serve.empty()) {
      if (!call.model) throw *call.error;
      auto served = odata::resolve(*call.model, script.serve);
      Call answered = call;
      if (!answered.target) {  // a context and options the answer must have
        answered.target = served;
        answered.query = odata::parse_query(call.request.target.options());
        if (served.last().is_collection) odata::fold_filters(answered.query);
      } else if (call.error) {
        throw *call.error;  // of its options
      }
      response = read(answered, served, context);
      if (script.status) response.status = status;
    } else if (script.body || status < 400) {
      response.status = status;
      if (script.body) response.body = *script.body;
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
