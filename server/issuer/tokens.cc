#include "issuer/tokens.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "auth/gate.h"
#include "base/json.h"
#include "base/text.h"
#include "issuer/oauth_error.h"
#include "issuer/redeemed.h"

namespace graphmock::issuer {
namespace {

namespace json = base::json;

constexpr int64_t kRefreshSeconds = 90 * 24 * 3600;
constexpr std::string_view kDefault = ".default";
constexpr std::array<std::string_view, 4> kOpenId = {"openid", "profile", "email",
                                                     "offline_access"};

bool is_of_openid(std::string_view scope) {
  return std::find(kOpenId.begin(), kOpenId.end(), scope) != kOpenId.end();
}

// "https://graph.microsoft.com/User.Read" is of the one, a bare "User.Read" of Graph.
std::pair<std::string_view, std::string_view> split_scope(std::string_view scope) {
  const auto slash = scope.rfind('/');
  if (slash == std::string_view::npos) return {auth::kGraphResource, scope};
  auto resource = scope.substr(0, slash);
  if (resource.ends_with('/')) resource.remove_suffix(1);  // "https://resource//.default"
  return {resource, scope.substr(slash + 1)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

const char* audience_of(Ticket kind) {
  switch (kind) {
    case Ticket::Code:
      return "urn:graphmock:code";
    case Ticket::Refresh:
      return "urn:graphmock:refresh";
    case Ticket::Device:
      return "urn:graphmock:device";
  }
  return "";
}

json::object claims_for(const Call& call, std::string_view audience, const std::string& issuer,
                        int64_t lifetime) {
  const auto now = call.seconds();
  return {{"aud", audience}, {"iss", issuer}, {"iat", now}, {"nbf", now}, {"exp", now + lifetime}};
}

void add_user(const User& user, json::object& claims) {
  claims["oid"] = user.id;
  claims["sub"] = user.id;
  claims["name"] = user.name;
}

std::string sign(const Call& call, const json::object& claims,
                 std::string_view type = auth::kTokenType) {
  return call.tenant.world().gate->key().sign(claims, type);
}

// As the list of permissions writes them, whose case clients need not keep.
std::vector<std::string> as_listed(const Call& call, std::vector<std::string> names) {
  const auto listed = call.tenant.world().gate->permissions().names(true);
  for (auto& name : names) {
    const auto found = std::find_if(listed.begin(), listed.end(), [&](const std::string& one) {
      return base::equals_ignoring_case(one, name);
    });
    if (found != listed.end()) name = *found;
  }
  return names;
}

std::vector<std::string> permissions_of(const Call& call, const SignIn& sign_in) {
  if (sign_in.permissions) return *sign_in.permissions;
  const auto& scopes = sign_in.scopes;
  if (!sign_in.user) return granted_roles(call, sign_in.app, scopes.resource);
  return scopes.is_default ? granted_scopes(call, sign_in.app, *sign_in.user, scopes.resource)
                           : as_listed(call, scopes.names);
}

// Not of the tenant's own ids, which are the same again after a reset.
std::string random_id() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), bytes.size());
  return base::base64url_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

// As the service has them for Graph, of version 1.0.
std::string access_token(const Call& call, const SignIn& sign_in, int64_t lifetime) {
  auto claims = claims_for(call, sign_in.scopes.resource,
                           auth::issuer_of_access_tokens(call.tenant_name), lifetime);
  claims["ver"] = "1.0";
  claims["uti"] = random_id();  // no two tokens are the same
  claims["tid"] = call.tenant_name;
  claims["appid"] = sign_in.app.id;
  const auto permissions = permissions_of(call, sign_in);
  if (sign_in.user) {
    add_user(*sign_in.user, claims);
    claims["idtyp"] = "user";
    claims["upn"] = sign_in.user->principal_name;
    claims["scp"] = joined(permissions);
  } else {
    claims["oid"] = sign_in.app.object_id;
    claims["sub"] = sign_in.app.object_id;
    claims["idtyp"] = "app";
    claims["roles"] = json::array(permissions.begin(), permissions.end());
  }
  return sign(call, claims);
}

std::string client_info(const Call& call, const User& user) {
  return base::base64url_encode(
      base::to_json(json::object{{"uid", user.id}, {"utid", call.tenant_name}}));
}

bool Scopes::are_of_resource() const {
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return !is_of_openid(name); });
}

std::string Scopes::text() const {
  return joined(asked);
}

Scopes read_scopes(std::string_view text) {
  Scopes scopes;
  for (const auto scope : base::split(text, ' ')) {
    if (scope.empty()) continue;
    if (scope == "openid") scopes.wants_id = true;
    if (scope == "offline_access") {
      scopes.wants_refresh = true;
      continue;
    }
    scopes.asked.emplace_back(scope);
    if (is_of_openid(scope)) {
      scopes.names.emplace_back(scope);
      continue;
    }
    const auto [resource, name] = split_scope(scope);
    if (!scopes.resource.empty() && !base::equals_ignoring_case(scopes.resource, resource)) {
      throw OAuthError("invalid_scope", 28000,
                       "The scopes are of more than one resource: '" + scopes.resource + "' and '" +
                           std::string(resource) + "'.");
    }
    scopes.resource = resource;
    if (name == kDefault) {
      scopes.is_default = true;
    } else {
      scopes.names.emplace_back(name);
    }
  }
  if (scopes.resource.empty()) scopes.resource = auth::kGraphResource;
  return scopes;
}

std::string id_token(const Call& call, const SignIn& sign_in) {
  auto claims = claims_for(call, sign_in.app.id, call.origin + "/" + call.tenant_name + "/v2.0",
                           kAccessSeconds);
  claims["ver"] = "2.0";
  claims["tid"] = call.tenant_name;
  add_user(*sign_in.user, claims);
  claims["preferred_username"] = sign_in.user->principal_name;
  if (!sign_in.nonce.empty()) claims["nonce"] = sign_in.nonce;
  return sign(call, claims);
}

json::object token_answer(const Call& call, const SignIn& sign_in) {
  json::object answer{{"token_type", "Bearer"},
                      {"expires_in", kAccessSeconds},
                      {"ext_expires_in", kAccessSeconds},
                      {"access_token", access_token(call, sign_in)}};
  if (!sign_in.user) return answer;
  answer["scope"] = sign_in.scopes.text();
  if (sign_in.scopes.wants_refresh) {
    answer["refresh_token"] = make_ticket(call, Ticket::Refresh, sign_in, kRefreshSeconds, {});
  }
  if (sign_in.scopes.wants_id) answer["id_token"] = id_token(call, sign_in);
  if (call.parameter("client_info") == "1") {
    answer["client_info"] = client_info(call, *sign_in.user);
  }
  return answer;
}

std::string make_ticket(const Call& call, Ticket kind, const SignIn& sign_in, int64_t lifetime,
                        json::object own) {
  auto claims = claims_for(call, audience_of(kind), call.tenant_name, lifetime);
  claims["jti"] = call.redeemed.next_number();
  claims["client_id"] = sign_in.app.id;
  claims["user"] = sign_in.user->id;
  claims["sessions"] = sessions_of(call, sign_in.user->id);
  claims["scope"] = sign_in.scopes.text() + (sign_in.scopes.wants_refresh ? " offline_access" : "");
  for (auto& [name, value] : own) claims[name] = std::move(value);
  return sign(call, claims, auth::kTicketType);
}

std::optional<ReadTicket> read_ticket(const Call& call, Ticket kind, const std::string& text) {
  auto claims = call.tenant.world().gate->key().verify(text, auth::kTicketType);
  if (!claims) return std::nullopt;
  const auto has = [&](std::string_view name, std::string_view value) {
    return base::text_of(claims->if_contains(name)) == value;
  };
  // A ticket is good in the tenant that gave it, and there alone.
  if (!has("aud", audience_of(kind)) || !has("iss", call.tenant_name)) return std::nullopt;
  const bool is_expired = claims->at("exp").as_int64() <= call.seconds();
  return ReadTicket{*std::move(claims), is_expired};
}

}  // namespace graphmock::issuer
