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

// "typ" of what is signed (RFC 8725 3.11): tokens, which all say what Entra ID has there, and the
// tickets that this server gives to itself, which nobody is to take for one.
inline constexpr std::string_view kTokenType = "JWT";
inline constexpr std::string_view kTicketType = "ticket+jwt";

// From any thread. The key is made when it is used first, which takes a while.
class SigningKey {
 public:
  SigningKey();
  ~SigningKey();
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  // The token in its compact form.
  std::string sign(const boost::json::object& claims, std::string_view type = kTokenType) const;
  // Its claims; nothing for what is no token of that type that this key has signed, whatever it may
  // be.
  std::optional<boost::json::object> verify(std::string_view token,
                                            std::string_view type = kTokenType) const;
  // The last part of a token whose others, with a dot between, are the text.
  std::string signature_of(std::string_view text) const;
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
