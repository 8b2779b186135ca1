#include "graph/reply.h"

#include "graph/etag.h"
#include "graph/shape.h"

namespace graphmock::graph {

http::Response write_reply(int status, const Call& call, const Context& context,
                           const store::Location& location, const Node& node) {
  std::string applied;
  if (prefers(call.request, "return=representation")) {
    applied = "return=representation";
    if (status != 201) status = 200;
  } else if (prefers(call.request, "return=minimal")) {
    applied = "return=minimal";
    if (status == 200 || status == 201) status = 204;
  }
  http::Response response;
  if (status == 200 || status == 201) {
    const auto* type = call.model->structured_type(node.entity->type);
    const auto selection = Selection::of(call.query, *call.model, type ? *type : *location.type);
    response = entity_answer(status, call, context, location, node, selection.get());
  } else {
    response = no_content(status);
    response.set_header("ETag", etag_of(*node.entity));
  }
  if (!applied.empty()) {
    if (const auto others = response.header("Preference-Applied")) {
      applied += ", " + std::string(*others);
    }
    response.set_header("Preference-Applied", std::move(applied));
  }
  return response;
}

http::Response no_content(int status) {
  http::Response response;
  response.status = status;
  return response;
}

http::Response done_but_not_shown(const http::Error& error) {
  auto response = no_content();
  response.set_header("X-Mock-Warning",
                      "The change was made, its answer could not be: " + error.message);
  return response;
}

http::Response plain_text(std::string text) {
  http::Response response;
  response.set_header("Content-Type", "text/plain");
  response.body = std::move(text);
  return response;
}

}  // namespace graphmock::graph
