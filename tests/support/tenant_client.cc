#include "support/tenant_client.h"

#include "base/text.h"

namespace graphmock::support {

RawResponse TenantClient::send(const std::string& method, const std::string& target,
                               const std::string& body, const RequestHeaders& headers) {
  std::string request = method + " " + target +
                        " HTTP/1.1\r\nHost: localhost\r\nX-Mock-Tenant: " + tenant_ +
                        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  bool has_type = false;
  for (const auto& [name, value] : headers) {
    has_type = has_type || base::equals_ignoring_case(name, "Content-Type");
    request += name + ": " + value + "\r\n";
  }
  if (!has_type) request += "Content-Type: application/json\r\n";
  connection_.send(request + "\r\n" + body);
  return connection_.read_response(method);
}

}  // namespace graphmock::support
