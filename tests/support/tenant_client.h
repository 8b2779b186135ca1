// A client that keeps its connection and asks all in one tenant, for tests of many at once.
#pragma once

#include <string>
#include <string_view>

#include "support/test_server.h"

namespace graphmock::support {

class TenantClient {
 public:
  TenantClient(int port, std::string tenant) : connection_(port), tenant_(std::move(tenant)) {}

  // With a Content-Type of application/json unless one is given. Throws as RawClient does.
  RawResponse send(const std::string& method, const std::string& target,
                   const std::string& body = "", const RequestHeaders& headers = {});

 private:
  RawClient connection_;
  const std::string tenant_;
};

}  // namespace graphmock::support
