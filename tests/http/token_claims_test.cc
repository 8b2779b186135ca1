// What is made of each header and each claim of an access token with --auth required: those of JWS
// (RFC 7515), JWT (RFC 7519), RFC 9068, and of Entra ID's access tokens of version 1.0 and 2.0. The
// table below says for each what was decided and why, with tokens that show it. All of them are
// signed with the server's own key, so that nothing but what the row changes can be the reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "auth/gate.h"
#include "base/json.h"
#include "base/text.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

namespace json = base::json;

using support::at;
using support::RawResponse;
using support::TestServer;
using testing::HasSubstr;

constexpr std::string_view kModel = R"(
  <EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
    <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityContainer Name="service">
    <EntitySet Name="things" EntityType="graph.thing"/>
  </EntityContainer>)";

// A token of an application, and what makes it a user's. The clock stands at "iat".
constexpr std::string_view kApps = R"({
  "aud": "https://graph.microsoft.com", "iss": "https://sts.windows.net/default/",
  "iat": 1769860800, "nbf": 1769860800, "exp": 1769864399, "ver": "1.0", "uti": "one",
  "tid": "default", "appid": "app", "oid": "principal", "sub": "principal", "idtyp": "app",
  "roles": ["User.Read.All"]})";
constexpr std::string_view kToUsers = R"({
  "oid": "user", "sub": "user", "idtyp": "user", "scp": "User.Read", "roles": null,
  "name": "Nora", "upn": "nora@contoso.com"})";

constexpr std::string_view kTaken;  // the answer is 200
constexpr std::string_view kSignature = "Access token validation failure. Signature is invalid";

enum class Of { Header, Apps, Users };  // of a token

// `change` is a merge patch (RFC 7396): null takes a member off.
struct Row {
  Of of;
  std::string_view name;
  std::string_view defined_by;
  std::string_view decision;
  struct Try {
    std::string_view change;
    std::string_view answer;  // a part of the message; kTaken
  };
  std::vector<Try> tries;
};

const std::vector<Row>& header_rows() {
  static const std::vector<Row> rows = {
      {Of::Header,
       "typ",
       "RFC 7519 5.1, RFC 9068 2.1, Entra",
       "has to be 'JWT', as Entra has it in all tokens. 'at+jwt' is what this server never writes, "
       "and what other types are signed (refresh tokens, codes) is no access token",
       {{R"({"typ": null})", kSignature},
        {R"({"typ": "at+jwt"})", kSignature},
        {R"({"typ": "ticket+jwt"})", kSignature},
        {R"({"typ": "jwt"})", kSignature},
        {R"({"typ": 1})", kSignature}}},
      {Of::Header,
       "alg",
       "RFC 7515 4.1.1, RFC 8725 3.1",
       "has to be RS256, to the letter: a token does not choose how it is checked",
       {{R"({"alg": "none"})", kSignature},
        {R"({"alg": "None"})", kSignature},
        {R"({"alg": ""})", kSignature},
        {R"({"alg": null})", kSignature},
        {R"({"alg": "rs256"})", kSignature},
        {R"({"alg": "HS256"})", kSignature},
        {R"({"alg": "RS384"})", kSignature},
        {R"({"alg": "PS256"})", kSignature},
        {R"({"alg": "ES256"})", kSignature},
        {R"({"alg": "RSA-OAEP"})", kSignature},
        {R"({"alg": ["RS256"]})", kSignature}}},
      {Of::Header,
       "kid",
       "RFC 7515 4.1.4, Entra",
       "has to name the server's key",
       {{R"({"kid": null})", kSignature},
        {R"({"kid": "other"})", kSignature},
        {R"({"kid": "../../dev/null"})", kSignature},
        {R"({"kid": 1})", kSignature}}},
      {Of::Header,
       "x5t",
       "RFC 7515 4.1.7, Entra 1.0",
       "is 'kid' by an older name: where it is given it has to name the same key",
       {{R"({"x5t": "other"})", kSignature}, {R"({"x5t": 1})", kSignature}}},
      {Of::Header,
       "crit",
       "RFC 7515 4.1.11",
       "refused whatever it lists: nothing that may be critical is understood here",
       {{R"({"crit": ["exp"], "exp": 1})", kSignature},
        {R"({"crit": ["b64"], "b64": false})", kSignature},
        {R"({"crit": []})", kSignature}}},
      {Of::Header,
       "b64",
       "RFC 7797",
       "refused: with it the payload would be another for whoever knows it",
       {{R"({"b64": false})", kSignature}, {R"({"b64": true})", kSignature}}},
      {Of::Header,
       "jwk, jku, x5c, x5u, x5t#S256",
       "RFC 7515 4.1.2 to 4.1.8",
       "not looked at and never followed: the key is the server's own, whatever a token brings",
       {{R"({"jwk": {"kty": "RSA", "n": "AQ", "e": "AQAB"}})", kTaken},
        {R"({"jku": "http://127.0.0.1:1/keys"})", kTaken},
        {R"({"x5c": ["AA"]})", kTaken},
        {R"({"x5u": "http://127.0.0.1:1/certificate"})", kTaken},
        {R"({"x5t#S256": "x"})", kTaken}}},
      {Of::Header,
       "cty, zip, nonce",
       "RFC 7519 5.2, RFC 7516 4.1.3, Entra",
       "not looked at: a payload that is no set of claims is refused as such, only a JWE is "
       "compressed, and the nonce that Entra hashes in tokens for Graph is not in these",
       {{R"({"cty": "JWT"})", kTaken},
        {R"({"zip": "DEF"})", kTaken},
        {R"({"nonce": "x"})", kTaken}}},
  };
  return rows;
}

const std::vector<Row>& claim_rows() {
  constexpr std::string_view kAudience = "Access token validation failure. Invalid audience.";
  constexpr std::string_view kIssuer = "Access token validation failure. Invalid issuer.";
  constexpr std::string_view kVersion = "Access token validation failure. Invalid version.";
  constexpr std::string_view kExpired = "Lifetime validation failed, the token is expired.";
  constexpr std::string_view kNotYet = "Access token has expired or is not yet valid.";
  constexpr std::string_view kNoExp = "The claim 'exp' is missing or is no whole number";
  static const std::vector<Row> rows = {
      {Of::Apps,
       "aud",
       "RFC 9068 4, Entra",
       "has to be Graph: its URI in any cloud, with a slash or without, or its id. One text, as "
       "Entra writes it: a list, which RFC 7519 knows, would be good at others as well",
       {{R"({"aud": "https://GRAPH.microsoft.com/"})", kTaken},
        {R"({"aud": "00000003-0000-0000-c000-000000000000"})", kTaken},
        {R"({"aud": "https://graph.microsoft.us"})", kTaken},
        {R"({"aud": null})", kAudience},
        {R"({"aud": ""})", kAudience},
        {R"({"aud": "app"})", kAudience},
        {R"({"aud": "https://graph.microsoft.com.evil.test"})", kAudience},
        {R"({"aud": "https://graph.microsoft.com//"})", kAudience},
        {R"({"aud": "http://graph.microsoft.com"})", kAudience},
        {R"({"aud": "https://graph.windows.net"})", kAudience},
        {R"({"aud": ["https://graph.microsoft.com"]})", kAudience},
        {R"({"aud": 3})", kAudience}}},
      {Of::Apps,
       "ver",
       "Entra 1.0, 2.0",
       "has to be '1.0': Graph's tokens are of that version whoever asks for one, and what is of "
       "version 2.0 here is an ID token",
       {{R"({"ver": null})", kVersion},
        {R"({"ver": "2.0"})", kVersion},
        {R"({"ver": 1.0})", kVersion},
        {R"({"ver": "2.0", "azp": "app", "appid": null,
             "iss": "https://login.microsoftonline.com/default/v2.0"})",
         kVersion}}},
      {Of::Apps,
       "tid",
       "Entra",
       "has to be the tenant that is asked, by header, prefix or itself",
       {{R"({"tid": null})", "The claim 'tid'"},
        {R"({"tid": ""})", "The claim 'tid'"},
        {R"({"tid": 1})", "The claim 'tid'"},
        {R"({"tid": ["default"]})", "The claim 'tid'"},
        {R"({"tid": "other", "iss": "https://sts.windows.net/other/"})",
         "Invalid tenant. The token is of the tenant 'other', and 'default' is asked."},
        {R"({"tid": "Default", "iss": "https://sts.windows.net/Default/"})", "Invalid tenant."}}},
      {Of::Apps,
       "iss",
       "RFC 9068 4, Entra",
       "has to be the issuer of access tokens of that 'tid', https://sts.windows.net/{tid}/",
       {{R"({"iss": null})", kIssuer},
        {R"({"iss": "https://sts.windows.net/other/"})", kIssuer},
        {R"({"iss": "https://sts.windows.net/default"})", kIssuer},
        {R"({"iss": "https://sts.windows.net/{tid}/"})", kIssuer},
        {R"({"iss": "https://login.microsoftonline.com/default/v2.0"})", kIssuer},
        {R"({"iss": ["https://sts.windows.net/default/"]})", kIssuer},
        {R"({"tid": "other"})", kIssuer}}},
      {Of::Apps,
       "exp",
       "RFC 9068 4, Entra",
       "has to be there and later than now by the tenant's clock, to the second: it is the clock "
       "that the token was made by, so that no two can differ. A whole number, as Entra writes it",
       {{R"({"exp": 1769860801})", kTaken},
        {R"({"exp": 1769860800})", kExpired},
        {R"({"exp": 0})", kExpired},
        {R"({"exp": -1})", kExpired},
        {R"({"exp": -1000000000000})", kExpired},
        {R"({"exp": null})", "the token is missing an expiration time"},
        {R"({"exp": "1769864399"})", kNoExp},
        {R"({"exp": 1769864399.5})", kNoExp},
        {R"({"exp": true})", kNoExp},
        {R"({"exp": [1769864399]})", kNoExp},
        {R"({"exp": 9223372036854775807})", kNoExp},
        {R"({"exp": -9223372036854775808})", kNoExp},
        {R"({"exp": 18446744073709551615})", kNoExp},
        {R"({"exp": 1e400})", kNoExp}}},
      {Of::Apps,
       "nbf",
       "RFC 7519 4.1.5, Entra",
       "where it is given it has to be a whole number, and not later than now",
       {{R"({"nbf": null})", kTaken},
        {R"({"nbf": -1})", kTaken},
        {R"({"nbf": 1769860801})", kNotYet},
        {R"({"nbf": 1000000000000})", kNotYet},
        {R"({"nbf": "1769860800"})", "The claim 'nbf'"},
        {R"({"nbf": 0.5})", "The claim 'nbf'"},
        {R"({"nbf": 9223372036854775807})", "The claim 'nbf'"}}},
      {Of::Apps,
       "iat",
       "RFC 7519 4.1.6, Entra",
       "has to be a whole number where it is given. When it was is not asked: 'nbf' and 'exp' say "
       "from when and until when it is good",
       {{R"({"iat": null})", kTaken},
        {R"({"iat": 1769960800})", kTaken},
        {R"({"iat": "now"})", "The claim 'iat'"}}},
      {Of::Apps,
       "appid",
       "Entra 1.0",
       "has to be there: rules and reports go by it. Whether the application has been disabled or "
       "deleted since is not asked: a token lives as long as it says, as with the service where a "
       "client has not said that it can take a claims challenge",
       {{R"({"appid": null})", "The claim 'appid'"},
        {R"({"appid": ""})", "The claim 'appid'"},
        {R"({"appid": null, "azp": "app"})", "The claim 'appid'"},
        {R"({"appid": {"id": "app"}})", "The claim 'appid'"}}},
      {Of::Users,
       "oid",
       "Entra",
       "has to be there: /me is the user that it names. Whether he has been disabled or deleted, "
       "or "
       "had his sessions revoked, is not asked, as with 'appid'; it ends his refresh tokens",
       {{R"({"oid": null})", "The claim 'oid'"}, {R"({"oid": 7})", "The claim 'oid'"}}},
      {Of::Users,
       "sub",
       "RFC 9068 2.2, Entra",
       "has to be there; nothing goes by it",
       {{R"({"sub": "another for each application"})", kTaken},
        {R"({"sub": null})", "The claim 'sub'"}}},
      {Of::Users,
       "idtyp",
       "Entra",
       "where it is given it has to be what the permissions say: 'user' with 'scp', 'app' without",
       {{R"({"idtyp": null})", kTaken},
        {R"({"idtyp": "app"})", "The claim 'idtyp' is 'app'"},
        {R"({"idtyp": "User"})", "The claim 'idtyp'"},
        {R"({"idtyp": "device"})", "The claim 'idtyp'"},
        {R"({"idtyp": 1})", "The claim 'idtyp'"},
        {R"({"scp": null, "roles": []})", "The claim 'idtyp' is 'user'"}}},
      {Of::Users,
       "scp",
       "RFC 9068 2.2.3 ('scope'), Entra",
       "a text of names; it makes the token a user's. An ID token has neither it nor 'roles'",
       {{R"({"scp": ""})", kTaken},
        {R"({"scp": ["User.Read"]})", "The claim 'scp'"},
        {R"({"scp": 1})", "The claim 'scp'"},
        {R"({"scp": null})", "neither 'scp' nor 'roles'"},
        {R"({"scp": null, "idtyp": null})", "neither 'scp' nor 'roles'"},
        {R"({"scp": null, "scope": "User.Read"})", "neither 'scp' nor 'roles'"}}},
      {Of::Apps,
       "roles",
       "RFC 9068 2.2.3.1, Entra",
       "a list of names; what an application may do. Beside 'scp' it says what the user is to the "
       "application, and opens nothing",
       {{R"({"roles": []})", kTaken},
        {R"({"idtyp": null})", kTaken},
        {R"({"scp": "User.Read", "idtyp": "user"})", kTaken},
        {R"({"roles": "User.Read.All"})", "The claim 'roles'"},
        {R"({"roles": ["User.Read.All", 1]})", "The claim 'roles'"},
        {R"({"roles": {"0": "User.Read.All"}})", "The claim 'roles'"},
        {R"({"roles": null})", "neither 'scp' nor 'roles'"}}},
      {Of::Apps,
       "cnf",
       "RFC 7800, RFC 9449 7.1, Entra (PoP)",
       "refused: such a token takes a proof that comes with no bearer token",
       {{R"({"cnf": {"kid": "x"}})", "bound to a key"}, {R"({"cnf": 1})", "bound to a key"}}},
      {Of::Apps,
       "uti, jti",
       "RFC 9068 2.2, Entra",
       "not looked at: a bearer token may be shown as often as its holder likes",
       {{R"({"uti": null})", kTaken}, {R"({"uti": 1, "jti": 1})", kTaken}}},
      {Of::Apps,
       "azp, azpacr, client_id, appidacr, app_displayname",
       "RFC 9068 2.2, Entra",
       "not looked at: 'appid' says which client it is, and secrets are taken on trust anyway",
       {{R"({"azp": "other", "azpacr": "1", "client_id": "other", "appidacr": 2,
             "app_displayname": []})",
         kTaken}}},
      {Of::Users,
       "acr, acrs, amr, auth_time, idp, in_corp, ipaddr, pwd_exp, pwd_url, signin_state",
       "RFC 9068 2.2.1, Entra",
       "not looked at: how a user has signed in is conditional access's, which is not done here",
       {{R"({"acr": 1, "acrs": "x", "amr": {}, "auth_time": "x", "idp": 1, "in_corp": "x",
             "ipaddr": 1, "pwd_exp": "x", "pwd_url": 1, "signin_state": 1})",
         kTaken}}},
      {Of::Users,
       "groups, hasgroups, wids, entitlements, _claim_names, _claim_sources",
       "RFC 9068 2.2.3.1, Entra",
       "not looked at: what a user may do is what the token's permissions open, whoever he is; no "
       "address in a claim is followed",
       {{R"({"groups": 1, "hasgroups": 1, "wids": "x", "entitlements": 1,
             "_claim_names": {"groups": "src1"},
             "_claim_sources": {"src1": {"endpoint": "http://127.0.0.1:1/"}}})",
         kTaken}}},
      {Of::Users,
       "name, upn, unique_name, preferred_username, given_name, family_name, nickname, email",
       "Entra",
       "not looked at: for people to read",
       {{R"({"name": 1, "upn": [], "unique_name": 1, "preferred_username": 1, "given_name": 1,
             "family_name": 1, "nickname": 1, "email": 1})",
         kTaken}}},
      {Of::Users,
       "aio, rh, sid, onprem_sid, deviceid, nonce, xms_cc, xms_ssm, xms_st, xms_tcdt, ...",
       "Entra",
       "not looked at, nor anything else: claims that are not known are to be ignored (RFC 7519 "
       "4). "
       "'xms_cc' is a client's that could take a claims challenge; none is made here",
       {{R"({"aio": 1, "rh": 1, "sid": 1, "onprem_sid": 1, "deviceid": 1, "nonce": 1,
             "xms_cc": ["cp1"], "xms_ssm": 1, "xms_st": {"sub": "x"}, "xms_tcdt": 1,
             "http://schemas.test/x": {"a": [1, {"b": null}]}})",
         kTaken}}},
  };
  return rows;
}

std::string part(const json::value& value) {
  return base::base64url_encode(base::to_json(value));
}

class TokenClaims : public testing::Test {
 protected:
  TokenClaims() : server_(world(key_)) {}

  static std::unique_ptr<tenant::World> world(std::shared_ptr<const auth::SigningKey> key) {
    auto world = support::small_world(kModel);
    world->gate = std::make_shared<auth::Gate>(true, std::move(key), auth::Permissions());
    return world;
  }
  static void merge(std::string_view patch, json::object& target) {
    const auto changes = base::parse_json(patch);
    for (const auto& [name, value] : changes.as_object()) {
      if (value.is_null()) {
        target.erase(name);
      } else {
        target[name] = value;
      }
    }
  }
  static json::object claims(Of of) {
    auto claims = base::parse_json(kApps).as_object();
    if (of == Of::Users) merge(kToUsers, claims);
    return claims;
  }
  json::object header() const {
    return {{"typ", "JWT"}, {"alg", "RS256"}, {"kid", key_->public_key().at("kid")}};
  }
  std::string sign(const std::string& head_and_claims) const {
    return head_and_claims + "." + key_->signature_of(head_and_claims);
  }
  std::string token(Of of, std::string_view change) const {
    auto head = header(), set = claims(of);
    merge(change, of == Of::Header ? head : set);
    return sign(part(head) + "." + part(set));
  }
  RawResponse ask(const std::string& token) const {
    return server_.send("GET", "/v1.0/things", "",
                        {{"Authorization", "Bearer " + token}, {"X-Mock-Tenant", "default"}});
  }
  static void expect(const RawResponse& answer, std::string_view message) {
    if (message == kTaken) {
      EXPECT_EQ(answer.status, 200) << answer.body;
      return;
    }
    EXPECT_EQ(answer.status, 401) << answer.body;
    EXPECT_EQ(at(answer, "/error/code"), R"("InvalidAuthenticationToken")");
    EXPECT_THAT(at(answer, "/error/message"), HasSubstr(std::string(message)));
    EXPECT_THAT(answer.header("WWW-Authenticate").value_or(""),
                HasSubstr("error=\"invalid_token\""));
  }
  void expect_rows(const std::vector<Row>& rows) const {
    for (const auto& row : rows) {
      SCOPED_TRACE(std::string(row.name) + " (" + std::string(row.defined_by) + ") " +
                   std::string(row.decision));
      EXPECT_FALSE(row.tries.empty());
      for (const auto& [change, message] : row.tries) {
        SCOPED_TRACE(change);
        expect(ask(token(row.of, change)), message);
      }
    }
  }

  const std::shared_ptr<const auth::SigningKey> key_ = std::make_shared<auth::SigningKey>();
  const TestServer server_;
};

TEST_F(TokenClaims, TokensThatAreAsTheyShouldBeAreTaken) {
  expect(ask(token(Of::Header, "{}")), kTaken);
  expect(ask(token(Of::Apps, "{}")), kTaken);
  expect(ask(token(Of::Users, "{}")), kTaken);
}

TEST_F(TokenClaims, HeadersAreEachDecidedOn) {
  expect_rows(header_rows());
}

TEST_F(TokenClaims, ClaimsAreEachDecidedOn) {
  expect_rows(claim_rows());
}

// What the server writes itself has a row, so that no claim comes in unlooked at.
TEST_F(TokenClaims, OfTheTokenServiceAllHaveARow) {
  std::set<std::string> known;
  for (const auto* rows : {&header_rows(), &claim_rows()}) {
    for (const auto& row : *rows) {
      for (const auto name : base::split(row.name, ',')) known.emplace(base::trim(name));
    }
  }
  const auto made = server_.send("POST", "/__admin/tokens", "{}");
  const auto token = base::text_of(base::at_pointer(support::json_of(made), "/access_token"));
  expect(ask(token), kTaken);
  const auto parts = base::split(token, '.');
  for (const size_t i : {0, 1}) {
    const auto object = base::parse_json(base::base64url_decode(parts[i]).value());
    for (const auto& [name, value] : object.as_object()) {
      EXPECT_TRUE(known.contains(std::string(name))) << name;
    }
  }
}

TEST_F(TokenClaims, AreOneObjectInOneEncoding) {
  const auto head = part(header()), set = part(claims(Of::Apps));
  const auto good = sign(head + "." + set);
  expect(ask(good), kTaken);
  const auto claims_of = [&](std::string_view text) {
    return sign(head + "." + base::base64url_encode(text));
  };
  const std::string object = base::to_json(claims(Of::Apps));
  const std::string open = object.substr(0, object.size() - 1);
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("\"x\""), "[" + object + "]", object + "x",
        object + object,
        // The same member twice: two readers may take different ones.
        open + R"(,"tid":"default"})", open + R"(,"t\u0069d":"other"})",
        open + ",\"name\":\"\xFF\"}", open + ",\"\xC3\":1}",
        open + R"(,"a":)" + std::string(5000, '[') + std::string(5000, ']') + "}"}) {
    expect(ask(claims_of(text)), kSignature);
  }
  expect(ask(sign(base::base64url_encode(R"({"alg":"RS256",)" + base::to_json(header()).substr(1)) +
                  "." + set)),
         kSignature);
}

TEST_F(TokenClaims, AreInTheirOneSpelling) {
  const auto head = part(header()), set = part(claims(Of::Apps));
  const auto good = sign(head + "." + set);
  const auto signature = good.substr(good.rfind('.') + 1);
  // 256 bytes leave bits in the last letter that say nothing: they have to be 0.
  auto other_bits = good;
  other_bits.back() = static_cast<char>(other_bits.back() + 1);
  for (const auto& token :
       {other_bits, good + "=", good + "==", head + "=." + set + "." + signature,
        sign(head + "=." + set), sign(head + "." + set + "="), sign("+" + head + "." + set),
        sign(head + "." + set + "/"), head + "." + set + ".", "." + set + "." + signature,
        head + ".." + signature}) {
    expect(ask(token), kSignature);
  }
  for (const auto& token :
       {head + " ." + set + "." + signature, head + "\t." + set + "." + signature,
        sign(head + "." + set + "\xFF"), sign(head + "." + set + "%3D")}) {
    expect(ask(token), "holds no bearer token, or more than that");
  }
}

TEST_F(TokenClaims, StandInThreeParts) {
  const auto good = token(Of::Apps, "{}");
  const auto signature = good.substr(good.rfind('.') + 1);
  expect(ask("x"), "IDX14100: JWT is not well formed, there are no dots (.).");
  expect(ask("x.y"), "IDX14120: JWT is not well formed, there is only one dot (.).");
  expect(ask(good + ".x"), "IDX14121: JWT is not a well formed JWE");
  expect(ask(good + ".x.y"), "the token is encrypted (JWE)");
  expect(ask(good + ".x.y.z"), "IDX14122");
  expect(ask(std::string(40'000, '.')), "IDX14122");
  expect(ask(good + "." + signature), "IDX14121");
}

// Of the form that they have, and not of this server: with the public key as an HMAC's secret, and
// signed with another key that names this one.
TEST_F(TokenClaims, OfOthersAreWorthNothing) {
  const auth::SigningKey other;
  const auto text = part(header()) + "." + part(claims(Of::Apps));
  expect(ask(text + "." + other.signature_of(text)), kSignature);
  expect(ask(other.sign(claims(Of::Apps))), kSignature);
  expect(ask(text + "." + base::base64url_encode(std::string(256, '\0'))), kSignature);
  expect(ask(text + "." + base::base64url_encode(std::string(32, 'x'))), kSignature);
  expect(ask(token(Of::Apps, "{}").substr(0, 20)), "not well formed");
}

// A worker keeps what it has found out of a token; not for whom it was good, nor when.
TEST_F(TokenClaims, AreAskedOfEachRequestAnew) {
  const auto one = token(Of::Apps, "{}");
  const auto ask_at = [&](const std::string& tenant) {
    return server_.send("GET", "/v1.0/things", "",
                        {{"Authorization", "Bearer " + one}, {"X-Mock-Tenant", tenant}});
  };
  for (int i = 0; i < 16; ++i) {
    expect(ask_at("default"), kTaken);
    expect(ask_at("other"), "The token is of the tenant 'default', and 'other' is asked.");
  }
}

}  // namespace
}  // namespace graphmock
