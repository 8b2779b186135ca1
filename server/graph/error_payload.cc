#include "graph/error_payload.h"

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/shape.h"

namespace graphmock::graph {
namespace {

struct CodeRow {
  int status;
  std::array<std::string_view, 4> codes;  // in the order of facts::Family
};

constexpr std::array kCodes = {
    CodeRow{400, {"Request_BadRequest", "ErrorInvalidRequest", "invalidRequest", "BadRequest"}},
    CodeRow{403, {"Authorization_RequestDenied", "ErrorAccessDenied", "accessDenied", "Forbidden"}},
    CodeRow{404,
            {"Request_ResourceNotFound", "ErrorItemNotFound", "itemNotFound", "ResourceNotFound"}},
    CodeRow{409,
            {"Request_MultipleObjectsWithSameKeyValue", "ErrorIrresolvableConflict",
             "nameAlreadyExists", "Conflict"}},
    CodeRow{412,
            {"Request_PreconditionFailed", "ErrorIrresolvableConflict", "resourceModified",
             "PreconditionFailed"}},
    CodeRow{429,
            {"Request_ThrottledTemporarily", "ApplicationThrottled", "activityLimitReached",
             "TooManyRequests"}},
    CodeRow{
        507,
        {"InsufficientStorage", "ErrorQuotaExceeded", "quotaLimitReached", "InsufficientStorage"}},
};

// Statuses whose code is the same in every family.
constexpr std::array<std::pair<int, std::string_view>, 15> kCommonCodes = {{
    {401, "InvalidAuthenticationToken"},
    {405, "MethodNotAllowed"},
    {408, "RequestTimeout"},
    {413, "RequestEntityTooLarge"},
    {414, "RequestUriTooLong"},
    {415, "UnsupportedMediaType"},
    {423, "Locked"},
    {424, "FailedDependency"},
    {431, "RequestHeaderFieldsTooLarge"},
    {500, "InternalServerError"},
    {501, "NotImplemented"},
    {502, "BadGateway"},
    {503, "ServiceUnavailable"},
    {504, "GatewayTimeout"},
    {505, "HttpVersionNotSupported"},
}};

// Mailboxes have a budget of their own, and what exceeds it is throttled; of others the service is
// busy.
int status_of(const http::Error& error, facts::Family family) {
  return error.is_too_much_work && family == facts::Family::Outlook ? 429 : error.status;
}

}  // namespace

std::string_view code_for(facts::Family family, int status) {
  for (const auto& row : kCodes) {
    if (row.status == status) return row.codes[static_cast<size_t>(family)];
  }
  for (const auto& [common, code] : kCommonCodes) {
    if (common == status) return code;
  }
  return status < 500 ? code_for(family, 400) : std::string_view("ServiceUnavailable");
}

http::Response error_response(const http::Error& error, facts::Family family,
                              const ErrorIdentity& identity) {
  // It is told however much work the request was.
  const base::WorkBudget::Pause pause;
  http::Response response;
  response.status = status_of(error, family);
  response.headers = error.headers;
  response.set_header("Content-Type", std::string(kErrorContentType));
  auto& out = response.body;
  const auto member = [&out](std::string_view name, std::string_view value) {
    out += '"';
    out += name;
    out += "\":";
    base::append_json_string(out, value);
  };
  out = "{\"error\":{";
  member("code",
         error.code.empty() ? code_for(family, response.status) : std::string_view(error.code));
  out += ',';
  member("message", error.message);
  if (!error.details.empty()) {
    out += ",\"details\":[";
    for (size_t i = 0; i < error.details.size(); ++i) {
      const auto& detail = error.details[i];
      out += i == 0 ? "{" : ",{";
      member("code", detail.code);
      out += ',';
      if (!detail.target.empty()) {
        member("target", detail.target);
        out += ',';
      }
      member("message", detail.message);
      out += '}';
    }
    out += ']';
  }
  out += ",\"innerError\":{";
  member("date", base::to_iso8601_seconds(identity.now));
  out += ',';
  member("request-id", identity.request_id);
  out += ',';
  member("client-request-id", identity.client_request_id);
  out += "}}}";
  return response;
}

}  // namespace graphmock::graph
