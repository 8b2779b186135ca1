#include "app/cors.h"

namespace graphmock::app {
namespace {

// As graph.microsoft.com answers them. Credentials are tokens there, so that "*" does.
constexpr const char* kAnyOrigin = "*";
constexpr const char* kMethods = "DELETE, GET, OPTIONS, POST, PUT, PATCH";
constexpr const char* kExposedHeaders =
    "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, "
    "ReadWriteConsistencyToken, Retry-After, SdkVersion, WWW-Authenticate, "
    "x-ms-client-gcc-tenant, X-Planner-Operationid, x-ms-permissions-recommendations";

}  // namespace

bool is_preflight(const http::Request& request) {
  return request.method == "OPTIONS" && request.headers.find("Origin") &&
         request.headers.find("Access-Control-Request-Method");
}

http::Response preflight_answer(const http::Request& request) {
  http::Response response;
  response.set_header("Access-Control-Allow-Origin", kAnyOrigin);
  response.set_header("Access-Control-Allow-Methods", kMethods);
  if (const auto headers = request.headers.find("Access-Control-Request-Headers")) {
    response.set_header("Access-Control-Allow-Headers", std::string(*headers));
  }
  return response;
}

void share_with_pages(const http::Request& request, http::Response& response) {
  // What a scenario says of it stays.
  if (!request.headers.find("Origin") || response.header("Access-Control-Allow-Origin")) return;
  response.set_header("Access-Control-Allow-Origin", kAnyOrigin);
  response.set_header("Access-Control-Expose-Headers", kExposedHeaders);
}

}  // namespace graphmock::app
