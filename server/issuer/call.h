// One request to the token service, taken apart. Every endpoint gets one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "http/message.h"
#include "tenant/tenant.h"

namespace graphmock::issuer {

class Redeemed;

struct Call {
  const http::Request& request;
  tenant::Tenant& tenant;
  std::string tenant_name;            // "tid" of the tokens
  std::string origin;                 // "https://localhost:8443", a tenant's prefix included
  std::string authority;              // the origin and the tenant as the path has it
  std::vector<std::string> segments;  // of the path behind that
  std::map<std::string, std::string, std::less<>> parameters;  // of the query, or of a form
  base::Instant now;
  Redeemed& redeemed;

  // Empty where it is not given.
  const std::string& parameter(std::string_view name) const;
  // Throws OAuthError where it is not given.
  const std::string& required(std::string_view name) const;
  int64_t seconds() const;  // since 1970
};

}  // namespace graphmock::issuer
