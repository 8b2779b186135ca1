// The key with which tokens are signed, RSA with SHA-256 (RS256 of RFC 7518), and JSON Web Tokens
// made and checked with it.
//
// OpenSSL does what is hard. The JWT libraries of the distributions do not fit: cjose ends the
// process at the first token whose Base64 is wrong, libjwt lets a token choose how it is checked.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace graphmock::auth {

// From any thread. The key is made when it is used first, which takes a while.
class SigningKey {
 public:
  SigningKey();
  ~SigningKey();
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  // The token in its compact form.
  std::string sign(const boost::json::object& claims) const;
  // Its claims; nothing for what is no token that this key has signed, whatever it may be.
  std::optional<boost::json::object> verify(std::string_view token) const;
  // What others need to check a token: a JSON Web Key (RFC 7517) without what is secret.
  boost::json::object public_key() const;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  struct Made {
    std::unique_ptr<evp_pkey_st, Free> key;
    std::string id;
  };

  const Made& made() const;

  mutable std::once_flag once_;
  mutable Made made_;
};

}  // namespace graphmock::auth
