#include "graph/body.h"

#include "base/json.h"
#include "base/text.h"
#include "http/error.h"

namespace graphmock::graph {

bool is_json(std::string_view content_type) {
  const auto type = base::trim(content_type.substr(0, content_type.find(';')));
  return base::equals_ignoring_case(type, "application/json");
}

boost::json::object read_body(const http::Request& request) {
  const auto content_type = request.headers.find("Content-Type");
  if (base::trim(request.body).empty()) {
    throw http::Error(400, "", "The request has no body. Expected a JSON object.");
  }
  if (!content_type || !is_json(*content_type)) {
    throw http::Error(415, "",
                      content_type ? "The content type '" + std::string(*content_type) +
                                         "' is not supported. Expected 'application/json'."
                                   : "The request lacks the header Content-Type. Expected "
                                     "'application/json'.");
  }
  auto body = parse_body(request.body, base::JsonSyntax::Strict);
  if (!body.is_object()) {
    throw http::Error(400, "",
                      "The request's body is a JSON " + std::string(base::kind_name(body)) +
                          ". Expected a JSON object.");
  }
  return std::move(body.get_object());
}

boost::json::value parse_body(std::string_view text, base::JsonSyntax syntax) {
  try {
    return base::parse_json(text, syntax);
  } catch (const base::JsonError& error) {
    throw http::Error(400, "",
                      "The request's body is not valid JSON: " + std::string(error.what()) +
                          " at line " + std::to_string(error.line) + ", column " +
                          std::to_string(error.column) + ".");
  }
}

void throw_problems(const std::vector<model::Problem>& problems) {
  constexpr size_t kMostDetails = 20;
  http::Error error(400, "", problems.front().message);
  for (const auto& problem : problems) {
    if (error.details.size() == kMostDetails) break;
    const auto target = problem.pointer.empty() ? std::string() : problem.pointer.substr(1);
    error.details.push_back({"InvalidValue", target, problem.message});
  }
  throw error;
}

}  // namespace graphmock::graph
