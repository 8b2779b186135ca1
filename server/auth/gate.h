// Who may ask for what, by the token of a request. Graph's handlers ask here first.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/access_token.h"
#include "auth/permissions.h"
#include "auth/signing_key.h"
#include "base/clock.h"
#include "http/message.h"

namespace graphmock::auth {

// Immutable, from any thread.
class Gate {
 public:
  // Any token will do, or none.
  Gate();
  Gate(bool is_token_required, std::shared_ptr<const SigningKey> key, Permissions permissions);

  bool is_token_required() const { return is_token_required_; }
  // Throws http::Error (401) unless the request has one token, an access token for Graph that the
  // key has signed, for that tenant, and good now. That whoever it stands for has been disabled
  // since, or is gone, or had his sessions revoked, ends no token: it lives as long as it says.
  void check_token(const http::Request& request, std::string_view tenant, base::Instant now) const;
  // Throws http::Error (403) unless the token opens what the list says of the request; null for
  // nothing, which is open to all.
  void check_permissions(const http::Request& request, const Listed* listed) const;

  const SigningKey& key() const { return *key_; }
  const Permissions& permissions() const { return permissions_; }

 private:
  const bool is_token_required_;
  const std::shared_ptr<const SigningKey> key_;
  const Permissions permissions_;
};

}  // namespace graphmock::auth
