#include "issuer/discovery.h"

#include <boost/json.hpp>

#include "auth/gate.h"
#include "base/json.h"
#include "base/text.h"
#include "issuer/answer.h"

namespace graphmock::issuer {

namespace json = base::json;

namespace {

http::Response configuration(const Call& call, const std::string& issuer) {
  const auto endpoint = [&](std::string_view path) {
    auto address = call.authority;
    return address.append(path);
  };
  return public_answer(json::object{
      {"issuer", issuer},
      {"authorization_endpoint", endpoint("/oauth2/v2.0/authorize")},
      {"token_endpoint", endpoint("/oauth2/v2.0/token")},
      {"device_authorization_endpoint", endpoint("/oauth2/v2.0/devicecode")},
      {"end_session_endpoint", endpoint("/oauth2/v2.0/logout")},
      {"jwks_uri", endpoint("/discovery/v2.0/keys")},
      {"token_endpoint_auth_methods_supported",
       {"client_secret_post", "client_secret_basic", "private_key_jwt"}},
      {"response_modes_supported", {"query", "fragment", "form_post"}},
      {"response_types_supported", {"code", "id_token", "code id_token"}},
      {"subject_types_supported", {"pairwise"}},
      {"id_token_signing_alg_values_supported", {"RS256"}},
      {"scopes_supported", {"openid", "profile", "email", "offline_access"}},
      {"code_challenge_methods_supported", {"plain", "S256"}},
      {"request_uri_parameter_supported", false},
      {"http_logout_supported", false},
      {"frontchannel_logout_supported", false},
      {"claims_supported",
       {"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"}},
      {"tenant_region_scope", nullptr},
      {"cloud_instance_name", "microsoftonline.com"},
      {"cloud_graph_host_name", "graph.windows.net"},
      {"msgraph_host", "graph.microsoft.com"}});
}

}  // namespace

http::Response configuration(const Call& call) {
  return configuration(call, call.origin + "/" + call.tenant_name + "/v2.0");
}

http::Response configuration_of_version_1(const Call& call) {
  return configuration(call, auth::issuer_of_access_tokens(call.tenant_name));
}

http::Response keys(const Call& call) {
  auto key = call.tenant.world().gate->key().public_key();
  key["issuer"] = call.origin + "/" + call.tenant_name + "/v2.0";
  return public_answer(json::object{{"keys", {std::move(key)}}});
}

http::Response instance(const Call& call) {
  // "https://localhost:8443/contoso/oauth2/v2.0/authorize". MSAL keeps the tokens of all aliases in
  // one place, and asks at the preferred one.
  const std::string_view asked = call.parameter("authorization_endpoint");
  const auto scheme = asked.find("://");
  const auto parts = base::split(scheme == asked.npos ? "" : asked.substr(scheme + 3), '/');
  const std::string host(parts[0].empty() ? call.request.headers.find("Host").value_or("localhost")
                                          : parts[0]);
  const auto authority =
      parts.size() > 1 ? call.origin + "/" + std::string(parts[1]) : call.authority;
  return public_answer(json::object{
      {"tenant_discovery_endpoint", authority + "/v2.0/.well-known/openid-configuration"},
      {"api-version", "1.1"},
      {"metadata", json::array{json::object{{"preferred_network", host},
                                            {"preferred_cache", host},
                                            {"aliases", json::array{host}}}}}});
}

http::Response user_realm(const Call& call) {
  const auto& user = call.segments.back();
  const auto at = user.find('@');
  return public_answer(
      json::object{{"ver", "1.0"},
                   {"account_type", "Managed"},
                   {"domain_name", at == std::string::npos ? "" : user.substr(at + 1)},
                   {"cloud_instance_name", "microsoftonline.com"},
                   {"cloud_audience_urn", "urn:federation:MicrosoftOnline"}});
}

}  // namespace graphmock::issuer
