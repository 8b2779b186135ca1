#include "auth/access_token.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::auth {
namespace {

namespace json = base::json;

using Claims = json::object;

constexpr std::string_view kVersion = "1.0";
// Either way further than any clock goes, and near enough to be counted in milliseconds.
constexpr int64_t kMostSeconds = 1'000'000'000'000;

std::string failure(const std::string& what) {
  return "Access token validation failure. " + what;
}

std::string no_claim(std::string_view name, std::string_view expected) {
  return failure("The claim '" + std::string(name) + "' is missing or is no " +
                 std::string(expected) + ".");
}

bool is_text(const json::value* value) {
  return value && base::is_string(*value) && !base::text_of(value).empty();
}

std::string text(const Claims& claims, std::string_view name) {
  return base::text_of(claims.if_contains(name));
}

bool is_time(const json::value& value) {
  return value.is_int64() && value.get_int64() >= -kMostSeconds &&
         value.get_int64() <= kMostSeconds;
}

int64_t seconds_of(const Claims& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value ? value->as_int64() : -kMostSeconds;
}

bool are_texts(const json::value& list) {
  if (!list.is_array()) return false;
  const auto& values = list.get_array();
  return std::all_of(values.begin(), values.end(),
                     [](const json::value& value) { return base::is_string(value); });
}

// Each gives what is wrong with a claim, or nothing.

std::string audience_problem(const Claims& claims) {
  const auto audience = text(claims, "aud");
  if (is_graph(audience)) return "";
  return failure("Invalid audience. The token is for '" + audience + "', not for '" +
                 std::string(kGraphResource) + "'.");
}

std::string version_problem(const Claims& claims) {
  if (text(claims, "ver") == kVersion) return "";
  return failure("Invalid version. Access tokens for Graph are of version 1.0.");
}

std::string issuer_problem(const Claims& claims) {
  if (!is_text(claims.if_contains("tid"))) return no_claim("tid", "text");
  const auto expected = issuer_of_access_tokens(text(claims, "tid"));
  if (text(claims, "iss") == expected) return "";
  return failure("Invalid issuer. It is '" + text(claims, "iss") + "', not '" + expected + "'.");
}

std::string time_problem(const Claims& claims) {
  if (!claims.contains("exp")) {
    return "Lifetime validation failed, the token is missing an expiration time.";
  }
  for (const std::string_view name : {"exp", "nbf", "iat"}) {
    const auto* value = claims.if_contains(name);
    if (value && !is_time(*value)) return no_claim(name, "whole number of seconds since 1970");
  }
  return "";
}

std::string party_problem(const Claims& claims) {
  for (const std::string_view name : {"appid", "oid", "sub"}) {
    if (!is_text(claims.if_contains(name))) return no_claim(name, "text");
  }
  return "";
}

// A user's has "scp", and may say in "roles" what he is to the application; an application's own
// has "roles" alone. That it has neither tells an ID token.
std::string permission_problem(const Claims& claims) {
  const auto *scopes = claims.if_contains("scp"), *roles = claims.if_contains("roles");
  if (scopes && !base::is_string(*scopes)) return no_claim("scp", "text");
  if (roles && !are_texts(*roles)) return no_claim("roles", "list of texts");
  if (!scopes && !roles) return failure("The token has neither 'scp' nor 'roles'.");
  if (!claims.contains("idtyp")) return "";
  if (text(claims, "idtyp") == (scopes ? "user" : "app")) return "";
  return failure("The claim 'idtyp' is '" + text(claims, "idtyp") + "', and the token is that of " +
                 (scopes ? "a user, as it has 'scp'." : "an application, as it has no 'scp'."));
}

// Whoever has the token may not use it if it is another's to prove (RFC 7800).
std::string proof_problem(const Claims& claims) {
  if (!claims.contains("cnf")) return "";
  return failure("The token is bound to a key ('cnf'), and is no bearer token.");
}

constexpr std::array kProblems = {audience_problem, version_problem, issuer_problem,
                                  time_problem,     party_problem,   permission_problem,
                                  proof_problem};

// What a bearer token is written in (RFC 6750 2.1).
bool is_of_token(char c) {
  constexpr std::string_view kOthers = "-._~+/=";
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

// Nothing for three parts, which is a JWS. The words are those of the service's own library.
std::string form_problem(std::string_view token) {
  constexpr std::string_view kForms =
      "\nThe token needs to be in JWS or JWE Compact Serialization Format. (JWS): "
      "'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): "
      "'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext."
      "EncodedAuthenticationTag'.";
  const auto problem = [&](const char* what) { return what + std::string(kForms); };
  if (!std::all_of(token.begin(), token.end(), is_of_token)) {
    return "The Authorization header holds no bearer token, or more than that. Expected "
           "'Authorization: Bearer TOKEN'.";
  }
  switch (std::count(token.begin(), token.end(), '.')) {
    case 0:
      return problem("IDX14100: JWT is not well formed, there are no dots (.).");
    case 1:
      return problem("IDX14120: JWT is not well formed, there is only one dot (.).");
    case 2:
      return "";
    case 3:
      return problem("IDX14121: JWT is not a well formed JWE, there must be four dots (.).");
    case 4:
      return "IDX10609: Decryption failed. No Keys tried: the token is encrypted (JWE), and this "
             "server has no key for that.";
    default:
      return problem(
          "IDX14122: JWT is not a well formed JWE, there are more than four dots (.) a JWE can "
          "have "
          "at most 4 dots.");
  }
}

}  // namespace

bool is_graph(std::string_view audience) {
  // Of the national clouds, too.
  constexpr std::array<std::string_view, 5> kResources = {
      kGraphResource, kGraphApp, "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
      "https://microsoftgraph.chinacloudapi.cn"};
  if (audience.ends_with('/')) audience.remove_suffix(1);
  return std::any_of(kResources.begin(), kResources.end(), [&](std::string_view resource) {
    return base::equals_ignoring_case(audience, resource);
  });
}

std::string issuer_of_access_tokens(std::string_view tenant) {
  return "https://sts.windows.net/" + std::string(tenant) + "/";
}

AccessToken read_access_token(std::string_view token, const SigningKey& key) {
  AccessToken read;
  read.problem = form_problem(token);
  if (!read.problem.empty()) return read;
  const auto claims = key.verify(token);
  if (!claims) {
    read.problem = failure(
        "Signature is invalid: it is no signature of this server's. Tokens are to be had at its "
        "/{tenant}/oauth2/v2.0/token.");
    return read;
  }
  for (const auto& problem_of : kProblems) {
    read.problem = problem_of(*claims);
    if (!read.problem.empty()) return read;
  }
  read.tenant = text(*claims, "tid");
  read.not_before = seconds_of(*claims, "nbf");
  read.expires = seconds_of(*claims, "exp");
  return read;
}

}  // namespace graphmock::auth
