#include "issuer/oauth_error.h"

#include <boost/json.hpp>

#include "base/json.h"

namespace graphmock::issuer {

namespace json = base::json;

http::Response error_answer(const Call& call, const OAuthError& error) {
  const auto trace_id = call.tenant.parts().request_ids->next_guid();
  const auto client_id = call.request.headers.find("client-request-id");
  const std::string correlation_id(client_id.value_or(trace_id));
  auto timestamp = base::to_iso8601_seconds(call.now) + "Z";
  timestamp[timestamp.find('T')] = ' ';
  const json::object body{
      {"error", error.code},
      {"error_description", error.description() + " Trace ID: " + trace_id +
                                " Correlation ID: " + correlation_id + " Timestamp: " + timestamp},
      {"error_codes", {error.number}},
      {"timestamp", timestamp},
      {"trace_id", trace_id},
      {"correlation_id", correlation_id},
      {"error_uri",  // where the service explains it
       "https://login.microsoftonline.com/error?code=" + std::to_string(error.number)}};
  http::Response response;
  response.status = error.code == "invalid_client" ? 401 : 400;
  response.body = base::to_json(body);
  response.set_header("Content-Type", "application/json; charset=utf-8");
  return response;
}

}  // namespace graphmock::issuer
