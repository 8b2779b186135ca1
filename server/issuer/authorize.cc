#include "issuer/authorize.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "issuer/oauth_error.h"
#include "issuer/tokens.h"

namespace graphmock::issuer {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// A header or a page will hold it as it is.
bool is_address(std::string_view uri) {
  const auto colon = uri.find(':');
  return colon != 0 && colon != std::string_view::npos &&
         std::all_of(uri.begin(), uri.end(), [](char c) { return c > ' ' && c < 0x7F; }) &&
         !base::starts_with_ignoring_case(uri, "javascript:") &&
         !base::starts_with_ignoring_case(uri, "vbscript:") &&
         !base::starts_with_ignoring_case(uri, "data:");
}

const std::string& address_of(const Call& call, std::string_view parameter) {
  const auto& uri = call.required(parameter);
  if (is_address(uri)) return uri;
  throw OAuthError("invalid_request", 900971,
                   "'" + std::string(parameter) + "' is no absolute URI: '" +
                       std::string(base::beginning_of(uri, 200)) + "'.");
}

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

// What a page that sends itself on may do, its one script included, by hash. It is no page of this
// server's origin, so that no form of it reaches the control plane. What it is sent to is not
// limited: browsers take that for all that the client's own server redirects to as well.
constexpr const char* kSecurityPolicy =
    "sandbox allow-forms allow-scripts; default-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; script-src 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='";

// What comes with a token is for nobody else: not for a cache, and not for those to whom the page
// leads, as the address from which they were reached.
void keep_to_ourselves(http::Response& response) {
  response.set_header("Cache-Control", "no-store, no-cache");
  response.set_header("Referrer-Policy", "no-referrer");
}

// A page that sends itself on (OAuth 2.0 Form Post Response Mode).
http::Response form_post(const std::string& uri, const Parameters& parameters) {
  std::string page =
      "<!DOCTYPE html><html><head><title>Signed in</title></head><body><form method=\"post\" "
      "action=\"" +
      escaped(uri) + "\">";
  for (const auto& [name, value] : parameters) {
    page +=
        "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\">";
  }
  http::Response response;
  response.body = page +
                  "<noscript><button>Go on</button></noscript></form>"
                  "<script>document.forms[0].submit()</script></body></html>";
  response.set_header("Content-Type", "text/html; charset=utf-8");
  response.set_header("Content-Security-Policy", kSecurityPolicy);
  response.set_header("X-Frame-Options", "DENY");
  keep_to_ourselves(response);
  return response;
}

http::Response redirect(const std::string& location) {
  http::Response response;
  response.status = 302;
  response.set_header("Location", location);
  keep_to_ourselves(response);
  return response;
}

std::string default_mode(const std::vector<std::string_view>& types) {
  return types.size() == 1 && types[0] == "code" ? "query" : "fragment";
}

http::Response send_back(const Call& call, std::string mode, Parameters parameters) {
  const auto& uri = address_of(call, "redirect_uri");
  if (const auto& state = call.parameter("state"); !state.empty()) {
    parameters.emplace_back("state", state);
  }
  if (mode == "form_post") return form_post(uri, parameters);
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += (text.empty() ? "" : "&") + name + "=" + base::percent_encode(value);
  }
  const auto hash = std::min(uri.find('#'), uri.size());
  if (mode == "fragment") return redirect(uri.substr(0, hash) + "#" + text);
  const bool has_query = uri.find('?') < hash;
  return redirect(uri.substr(0, hash) + (has_query ? "&" : "?") + text);
}

std::string code_for(const Call& call, const SignIn& sign_in) {
  const auto& method = call.parameter("code_challenge_method");
  const auto& challenge = call.parameter("code_challenge");
  if (!method.empty() && method != "S256" && method != "plain") {
    throw OAuthError("invalid_request", 501481,
                     "The code_challenge_method '" + method + "' is none of S256 and plain.");
  }
  if (challenge.empty() && !method.empty()) {
    throw OAuthError("invalid_request", 501491,
                     "There is a code_challenge_method, but no code_challenge.");
  }
  return make_ticket(call, Ticket::Code, sign_in, kCodeSeconds,
                     {{"redirect_uri", call.parameter("redirect_uri")},
                      {"challenge", challenge},
                      {"challenge_method", method},
                      {"nonce", sign_in.nonce}});
}

Parameters granted(const Call& call, const std::vector<std::string_view>& types) {
  const SignIn sign_in{find_app(call, call.required("client_id")),
                       find_user(call, call.parameter("login_hint")),
                       read_scopes(call.required("scope")),
                       call.parameter("nonce"),
                       {}};
  Parameters parameters;
  for (const auto type : types) {
    if (type == "code") {
      parameters.emplace_back("code", code_for(call, sign_in));
    } else if (type == "id_token") {
      parameters.emplace_back("id_token", id_token(call, sign_in));
    } else {
      throw OAuthError("unsupported_response_type", 700054,
                       "The response_type '" + std::string(type) +
                           "' is not supported. Expected code, id_token or both.");
    }
  }
  if (call.parameter("client_info") == "1") {
    parameters.emplace_back("client_info", client_info(call, *sign_in.user));
  }
  parameters.emplace_back("session_state", call.tenant.parts().request_ids->next_guid());
  return parameters;
}

}  // namespace

http::Response authorize(const Call& call) {
  address_of(call, "redirect_uri");
  std::vector<std::string_view> types;
  for (const auto type : base::split(call.required("response_type"), ' ')) {
    const bool is_new = std::find(types.begin(), types.end(), type) == types.end();
    if (!type.empty() && is_new) types.push_back(type);
  }
  if (types.empty()) {
    throw OAuthError("invalid_request", 900144, "The 'response_type' names no type of response.");
  }
  const auto& asked = call.parameter("response_mode");
  const auto mode = asked.empty() ? default_mode(types) : asked;
  if (mode != "query" && mode != "fragment" && mode != "form_post") {
    throw OAuthError("invalid_request", 900144,
                     "The response_mode '" + mode + "' is none of query, fragment and form_post.");
  }
  // What comes with a token must not stand in a query, which is written to logs.
  if (mode == "query" && default_mode(types) != "query") {
    throw OAuthError(
        "invalid_request", 70007,
        "'query' is not a supported value of 'response_mode' when requesting a token.");
  }
  try {
    return send_back(call, mode, granted(call, types));
  } catch (const OAuthError& error) {
    return send_back(call, mode,
                     {{"error", error.code}, {"error_description", error.description()}});
  }
}

http::Response logout(const Call& call) {
  if (!call.parameter("post_logout_redirect_uri").empty()) {
    return redirect(address_of(call, "post_logout_redirect_uri"));
  }
  http::Response response;
  response.body = "You are signed out.\n";
  response.set_header("Content-Type", "text/plain; charset=utf-8");
  return response;
}

}  // namespace graphmock::issuer
