// The token service, as MSAL and other clients of Entra ID want it. Who signs in are the users and
// applications of the tenant that the path names; tokens live by its clock.
#pragma once

#include <string_view>

#include "http/message.h"
#include "issuer/redeemed.h"
#include "tenant/tenants.h"

namespace graphmock::issuer {

// From any thread.
class Issuer {
 public:
  explicit Issuer(tenant::Tenants& tenants) : tenants_(tenants) {}

  // Throws http::Error for what is no request to it.
  http::Response serve(const http::Request& request, const tenant::Selection& selection);

 private:
  tenant::Tenants& tenants_;
  Redeemed redeemed_;
};

}  // namespace graphmock::issuer
