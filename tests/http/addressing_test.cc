// What a URL means (OData URL 4): segments, keys, casts, operations, '$' segments and methods, on
// the shipped company.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const std::string kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
const std::string kBen = "df0e7944-3fb2-4b87-8535-5228187ffd40";
const std::string kLaunchGroup = "f1c22291-521e-4b9b-8211-ec8709c7e18b";
const std::string kExpenseDesk = "bd819890-05d3-4513-b6f1-1bb8b2faab7c";

class Addressing : public testing::Test {
 protected:
  // The fragment of the answer's @odata.context.
  std::string context(const std::string& path) const {
    const auto text = at(server_.get(path), "/@odata.context");
    const auto hash = text.find('#');
    return hash == std::string::npos ? text : text.substr(hash + 1, text.size() - hash - 2);
  }
  std::string message(const support::RawResponse& response) const {
    return at(response, "/error/message");
  }
  std::string name_at(const std::string& path) const {
    return at(server_.get(path), "/displayName");
  }

  TestServer server_;
};

TEST_F(Addressing, OfSegmentsGoesByNameInAnyCaseAndAnswersTheModels) {
  EXPECT_EQ(context("/v1.0/USERS/" + kNora + "/MailFolders"), "users('" + kNora + "')/mailFolders");
  EXPECT_EQ(context("/v1.0/Users/" + kNora + "/DISPLAYNAME"), "users('" + kNora + "')/displayName");
  EXPECT_EQ(context("/v1.0/Directory"), "directory");
  EXPECT_EQ(context("/v1.0/users/" + kNora + "/Manager/Microsoft.Graph.USER/Mail"),
            "users('" + kNora + "')/manager/microsoft.graph.user/mail");
  EXPECT_EQ(context("/v1.0/USERS/DELTA()"), "Collection(microsoft.graph.user)");
}

TEST_F(Addressing, DecodesASegmentOnce) {
  for (const std::string key : {"a%2Fb", "a%252Fb", "a%20b", "x%27y", "k%3Fq%3D1%231"}) {
    const auto put = server_.send("PUT", "/__admin/state/v1.0/teams/" + key,
                                  R"({"displayName": ")" + key + "\"}");
    ASSERT_EQ(put.status, 201) << put.body;
    EXPECT_EQ(name_at("/v1.0/teams/" + key), '"' + key + '"');
  }
  EXPECT_EQ(at(server_.get("/v1.0/teams/a%2Fb"), "/id"), R"("a/b")");
  EXPECT_EQ(at(server_.get("/v1.0/teams/a%252Fb"), "/id"), R"("a%2Fb")");
  EXPECT_EQ(server_.get("/v1.0/teams/a/b").status, 400);
  EXPECT_EQ(name_at("/v1.0/%75sers/" + kNora), R"("Nora Lindqvist")");
}

TEST_F(Addressing, TakesAnyCharacterInAKeyInEitherSpelling) {
  const std::vector<std::pair<std::string, std::string>> kKeys = {
      {"x@contoso.com", "x@contoso.com"},
      {"a:b", "a:b"},
      {"a,b", "a,b"},
      {"a=b", "a=b"},
      {"o'h", "o''h"},
      {"f(x)", "f(x)"}};
  for (const auto& [plain, quoted] : kKeys) {
    server_.send("PUT", "/__admin/state/v1.0/teams/" + plain, R"({"displayName": "T"})");
    for (const auto& address :
         {"/" + plain, "('" + quoted + "')", "(id='" + quoted + "')", "(ID%3D'" + quoted + "')"}) {
      EXPECT_EQ(at(server_.get("/v1.0/teams" + address), "/id"), '"' + plain + '"') << address;
    }
    EXPECT_EQ(context("/v1.0/teams/" + plain + "/channels"), "teams('" + quoted + "')/channels");
  }
  // In quotes a slash is no separator.
  server_.send("PUT", "/__admin/state/v1.0/teams/a%2Fb", R"({"displayName": "T"})");
  EXPECT_EQ(at(server_.get("/v1.0/teams('a/b')"), "/id"), R"("a/b")");
}

TEST_F(Addressing, RefusesParenthesesWithoutAKey) {
  for (const std::string address : {"()", "(a,b)", "(id='x',b)"}) {
    const auto response = server_.get("/v1.0/users" + address);
    EXPECT_EQ(response.status, 400) << address;
    EXPECT_EQ(message(response),
              "\"The key in parentheses is neither one value nor names with "
              "values: '" +
                  address.substr(1, address.size() - 2) + "'.\"");
  }
}

// An application and its service principal have the same appId, and both are directory objects.
TEST_F(Addressing, ByAnAlternateKeyFindsTheTypeThatTheAddressHas) {
  const auto principal = server_.get("/v1.0/servicePrincipals(appId='" + kExpenseDesk + "')");
  EXPECT_EQ(at(principal, "/id"), R"("c9e2c1be-3c47-4c84-986e-0f0a2cb38633")");
  const auto application = server_.get("/v1.0/applications(appId='" + kExpenseDesk + "')");
  EXPECT_EQ(at(application, "/appId"), at(principal, "/appId"));
  EXPECT_NE(at(application, "/id"), at(principal, "/id"));
}

TEST_F(Addressing, TakesAlternateKeys) {
  const std::string application = "/v1.0/applications(appId='" + kExpenseDesk + "')";
  EXPECT_EQ(name_at(application), R"("Expense Desk")");
  EXPECT_EQ(name_at("/v1.0/applications(APPID='" + kExpenseDesk + "')"), R"("Expense Desk")");
  EXPECT_EQ(at(server_.get(application + "/displayName"), "/value"), R"("Expense Desk")");
  EXPECT_EQ(server_.get(application + "/owners").status, 200);
  EXPECT_EQ(name_at("/v1.0/applications(uniqueName='expense-desk')"), R"("Expense Desk")");
  EXPECT_EQ(name_at("/v1.0/users/nora.lindqvist@contoso.com"), R"("Nora Lindqvist")");
  EXPECT_EQ(name_at("/v1.0/users/NORA.Lindqvist%40contoso.com"), R"("Nora Lindqvist")");
  EXPECT_EQ(name_at("/v1.0/users(userPrincipalName='nora.lindqvist@contoso.com')"),
            R"("Nora Lindqvist")");
  EXPECT_EQ(context("/v1.0/users/nora.lindqvist@contoso.com/messages"),
            "users('nora.lindqvist@contoso.com')/messages");
}

TEST_F(Addressing, RefusesAKeyThatIsNoneOfTheType) {
  const auto response = server_.get("/v1.0/applications(displayName='x')");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(message(response),
            R"("The type 'microsoft.graph.application' has no alternate key of 'displayName'.")");
  EXPECT_EQ(server_.get("/v1.0/users(appId='x')").status, 400);
}

TEST_F(Addressing, OfAnAlternateKeyThatNothingHasIs404) {
  for (const std::string below : {"", "/owners", "/displayName"}) {
    const auto response = server_.get("/v1.0/applications(appId='none')" + below);
    EXPECT_EQ(response.status, 404) << below;
    EXPECT_EQ(at(response, "/error/code"), R"("Request_ResourceNotFound")") << below;
  }
}

TEST_F(Addressing, GoesOnFromStructuralProperties) {
  const auto settings = server_.get("/v1.0/me/mailboxSettings");
  EXPECT_EQ(at(settings, "/timeZone"), R"("Pacific Standard Time")");
  EXPECT_EQ(at(server_.get("/v1.0/me/mailboxSettings/language/locale"), "/value"), R"("en-US")");
  EXPECT_EQ(at(server_.get("/v1.0/me/businessPhones"), "/value"), R"(["+1 206 555 0131"])");
  EXPECT_EQ(server_.get("/v1.0/me/aboutMe").status, 204);
  EXPECT_EQ(server_.get("/v1.0/users/" + kNora + "/displayName/length").status, 400);
}

TEST_F(Addressing, GoesOnFromContainedAndReferencedEntities) {
  const auto folders = server_.get("/v1.0/users/" + kNora + "/mailFolders/inbox/childFolders");
  EXPECT_EQ(at(folders, "/value/0/displayName"), R"("Research")");
  EXPECT_EQ(at(server_.get("/v1.0/groups/" + kLaunchGroup + "/members/" + kNora), "/@odata.type"),
            R"("#microsoft.graph.user")");
  EXPECT_EQ(at(server_.get("/v1.0/me/manager"), "/displayName"), R"("Samir Haddad")");
  EXPECT_EQ(server_.get("/v1.0/groups/" + kLaunchGroup + "/members/none").status, 404);
  // A referenced collection does not give what is there but not in it.
  EXPECT_EQ(server_.get("/v1.0/groups/" + kLaunchGroup + "/members/" + kLaunchGroup).status, 404);
}

TEST_F(Addressing, TakesACastBeforeAndAfterAKey) {
  const auto members = "/v1.0/groups/" + kLaunchGroup + "/members";
  EXPECT_EQ(server_.count(members + "/microsoft.graph.user/$count"), "7");
  EXPECT_EQ(server_.count(members + "/microsoft.graph.group/$count"), "0");
  for (const auto& address : {"/" + kNora + "/microsoft.graph.user",
                              "/microsoft.graph.user/" + kNora, "/graph.user('" + kNora + "')"}) {
    EXPECT_EQ(at(server_.get(members + address + "/displayName"), "/value"), R"("Nora Lindqvist")")
        << address;
    EXPECT_EQ(server_.count(members + address + "/messages/$count"), "10") << address;
  }
  EXPECT_EQ(server_.get(members + "/" + kNora + "/microsoft.graph.group").status, 404);
  EXPECT_EQ(server_.get("/v1.0/me/manager/microsoft.graph.group").status, 404);
  EXPECT_EQ(at(server_.get("/v1.0/me/manager/microsoft.graph.user/mail"), "/value"),
            R"("samir.haddad@contoso.com")");
  // What only the derived type has needs the cast.
  EXPECT_EQ(server_.get(members + "/" + kNora + "/displayName").status, 400);
}

TEST_F(Addressing, TellsTheTypeThatACastHasLeftOut) {
  const auto members = "/v1.0/groups/" + kLaunchGroup + "/members";
  EXPECT_EQ(context(members), "directoryObjects");
  EXPECT_EQ(at(server_.get(members), "/value/0/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(context(members + "/microsoft.graph.user"), "directoryObjects/microsoft.graph.user");
  EXPECT_EQ(at(server_.get(members + "/microsoft.graph.user"), "/value/0/@odata.type"), "(absent)");
}

TEST_F(Addressing, TakesBoundOperationsQualifiedOrNot) {
  for (const std::string delta :
       {"delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()", "graph.delta",
        "MICROSOFT.Graph.Delta"}) {
    EXPECT_EQ(at(server_.get("/v1.0/users/" + delta), "/value/0/displayName"),
              R"("Nora Lindqvist")")
        << delta;
  }
  const auto ids = R"({"ids": [")" + kNora + R"("]})";
  for (const std::string action : {"getByIds", "microsoft.graph.getByIds", "GETBYIDS"}) {
    EXPECT_EQ(at(server_.send("POST", "/v1.0/directoryObjects/" + action, ids), "/value/0/id"),
              '"' + kNora + '"')
        << action;
  }
}

TEST_F(Addressing, CountsCollectionsAsPlainText) {
  const auto users =
      server_.send("GET", "/v1.0/users/$count", "", {{"ConsistencyLevel", "eventual"}});
  EXPECT_EQ(users.header("Content-Type"), "text/plain");
  EXPECT_EQ(users.body, "25");
  EXPECT_EQ(server_.count("/v1.0/users/$COUNT"), "25");
  EXPECT_EQ(server_.count("/v1.0/me/messages/$count"), "10");
  EXPECT_EQ(server_.count("/v1.0/groups/" + kLaunchGroup + "/members/$count"), "7");
  const auto phones = server_.get("/v1.0/me/businessPhones/$count");
  EXPECT_EQ(phones.header("Content-Type"), "text/plain");
  EXPECT_EQ(phones.body, "1");
  EXPECT_EQ(server_.get("/v1.0/users/" + kNora + "/$count").status, 400);
  EXPECT_EQ(server_.get("/v1.0/users/$count/x").status, 400);
}

TEST_F(Addressing, GivesTheRawValueOfAProperty) {
  const auto name = server_.get("/v1.0/me/displayName/$value");
  EXPECT_EQ(name.header("Content-Type"), "text/plain");
  EXPECT_EQ(name.body, "Nora Lindqvist");
  EXPECT_EQ(server_.get("/v1.0/me/accountEnabled/$value").body, "true");
  EXPECT_EQ(server_.get("/v1.0/me/mailboxSettings/timeZone/$value").body, "Pacific Standard Time");
  EXPECT_EQ(server_.get("/v1.0/me/aboutMe/$value").status, 204);
  EXPECT_EQ(server_.get("/v1.0/me/mailboxSettings/$value").status, 400);
  EXPECT_EQ(server_.get("/v1.0/me/businessPhones/$value").status, 400);
  EXPECT_EQ(
      server_.send("PUT", "/v1.0/me/displayName/$value", "N. L.", {{"Content-Type", "text/plain"}})
          .status,
      204);
  EXPECT_EQ(server_.get("/v1.0/me/displayName/$value").body, "N. L.");
}

TEST_F(Addressing, OfAReadOnlyPropertyNeitherChangesNorErasesIt) {
  const std::string property = "/v1.0/groups/" + kLaunchGroup + "/createdDateTime";
  const auto value = at(server_.get(property), "/value");
  ASSERT_NE(value, "(absent)");
  EXPECT_EQ(server_.send("PUT", property, R"({"value": )" + value + "}").status, 200);
  EXPECT_EQ(server_.send("PUT", property, R"({"value": "2001-01-01T00:00:00Z"})").status, 400);
  EXPECT_EQ(server_.send("PUT", property, R"({"value": null})").status, 400);
  EXPECT_EQ(server_.send("DELETE", property).status, 400);
  EXPECT_EQ(at(server_.get(property), "/value"), value);
}

TEST_F(Addressing, GivesTheStreamOfAnEntity) {
  EXPECT_EQ(server_.get("/v1.0/me/photo/$value").status, 404);
  EXPECT_EQ(
      server_.send("PUT", "/v1.0/me/photo/$value", "a picture", {{"Content-Type", "image/jpeg"}})
          .status,
      204);
  const auto photo = server_.get("/v1.0/users/" + kNora + "/photo/$value");
  EXPECT_EQ(photo.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(photo.body, "a picture");
  EXPECT_EQ(server_.get("/v1.0/users/" + kBen + "/photo/$value").status, 404);
  const auto user = server_.get("/v1.0/users/" + kNora + "/$value");
  EXPECT_EQ(user.status, 400);
  EXPECT_EQ(
      message(user),
      R"("The type 'microsoft.graph.user' has no stream, so that there is no '$value' of it.")");
}

TEST_F(Addressing, GivesReferences) {
  const auto manager = server_.get("/v1.0/me/manager/$ref");
  EXPECT_EQ(at(manager, "/@odata.context"), '"' + server_.origin() + "/v1.0/$metadata#$ref\"");
  EXPECT_EQ(
      at(manager, "/@odata.id"),
      '"' + server_.origin() + "/v1.0/directoryObjects/4d9173d0-e358-4721-9a1b-f78a410911f1\"");
  const auto members = server_.get("/v1.0/groups/" + kLaunchGroup + "/members/$ref");
  EXPECT_EQ(at(members, "/@odata.context"),
            '"' + server_.origin() + "/v1.0/$metadata#Collection($ref)\"");
  EXPECT_EQ(at(members, "/value/0/@odata.id"),
            '"' + server_.origin() + "/v1.0/directoryObjects/" + kNora + '"');
  EXPECT_EQ(at(members, "/value/0/displayName"), "(absent)");
  EXPECT_EQ(server_.get("/v1.0/users/none/manager/$ref").status, 404);
}

TEST_F(Addressing, GivesPagesOfReferences) {
  const auto members = "/v1.0/groups/" + kLaunchGroup + "/members";
  const auto first = server_.get(members + "/$ref?$top=3");
  const auto next = at(first, "/@odata.nextLink");
  ASSERT_NE(next, "(absent)");
  const auto second = server_.get(
      next.substr(1 + server_.origin().size(), next.size() - 2 - server_.origin().size()));
  const auto all = support::json_of(server_.get(members + "/$ref"));
  EXPECT_EQ(support::json_of(second).at("value").at(0), all.at("value").at(3));
  const auto nora = support::json_of(server_.get(
      members + "/microsoft.graph.user/$ref?$filter=displayName%20eq%20'Nora%20Lindqvist'"));
  EXPECT_EQ(nora.at("value").as_array().size(), 1u);
  EXPECT_EQ(server_.get(members + "/$ref?$select=id").status, 400);
  EXPECT_EQ(server_.get("/v1.0/me/manager/$ref?$top=1").status, 400);
}

// An unsigned JWT.
std::string token_of(const std::string& claims) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string payload;
  unsigned bits = 0;
  int count = 0;
  for (const char c : claims) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) payload += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) payload += kDigits[bits << (6 - count) & 63];
  return "Bearer eyJhbGciOiJub25lIn0." + payload + ".";
}

class Me : public Addressing {
 protected:
  std::string me(const std::string& token) const {
    return at(server_.send("GET", "/v1.0/me", "", {{"Authorization", token}}), "/displayName");
  }
};

TEST_F(Me, IsTheUserThatTheTokenNames) {
  const auto token = token_of(R"({"oid": ")" + kBen + R"("})");
  EXPECT_EQ(me(token), R"("Ben Carver")");
  EXPECT_EQ(me(token_of(R"({"oid": "DF0E7944-3FB2-4B87-8535-5228187FFD40"})")), R"("Ben Carver")");
  EXPECT_EQ(server_.send("GET", "/v1.0/me/messages/$count", "", {{"Authorization", token}}).body,
            "6");
  EXPECT_EQ(
      server_.send("PATCH", "/v1.0/me", R"({"jobTitle": "Baker"})", {{"Authorization", token}})
          .status,
      204);
  EXPECT_EQ(at(server_.get("/v1.0/users/" + kBen), "/jobTitle"), R"("Baker")");
}

TEST_F(Me, IsTheFirstUserForATokenThatNamesNone) {
  for (const auto& token : {std::string("Bearer opaque"), token_of("{}"), token_of("no json"),
                            token_of(R"({"oid": "00000000-0000-0000-0000-000000000000"})"),
                            token_of(R"({"oid": ")" + kLaunchGroup + R"("})")}) {
    EXPECT_EQ(me(token), R"("Nora Lindqvist")") << token;
  }
}

TEST_F(Addressing, OfAnAbstractSetTellsItsTypesApart) {
  EXPECT_EQ(at(server_.get("/v1.0/places"), "/value/0/@odata.type"), R"("#microsoft.graph.room")");
  EXPECT_EQ(server_.send("POST", "/v1.0/places", R"({"displayName": "X"})").status, 400);
  const auto created = server_.send(
      "POST", "/v1.0/places",
      R"({"@odata.type": "#microsoft.graph.roomList", "displayName": "X", "emailAddress": "x@y.z"})");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(at(created, "/@odata.type"), R"("#microsoft.graph.roomList")");
  EXPECT_EQ(name_at("/v1.0/places/x@y.z"), R"("X")");
  EXPECT_EQ(server_.get("/v1.0/places/x@y.z/microsoft.graph.room").status, 404);
  EXPECT_EQ(server_.count("/v1.0/places/microsoft.graph.roomList/$count"), "2");
}

TEST_F(Addressing, OfDirectoryObjectsIsOnePoolWithViews) {
  const auto count = [&](const std::string& path) {
    return std::stoi(server_.count("/v1.0/" + path + "/$count"));
  };
  int sum = 0;
  for (const std::string set :
       {"users", "groups", "devices", "contacts", "directoryRoles", "directoryRoleTemplates",
        "applications", "servicePrincipals", "organization", "directory/administrativeUnits"}) {
    sum += count(set);
  }
  EXPECT_EQ(count("directoryObjects"), sum);
  for (const std::string& id : {kNora, kLaunchGroup}) {
    EXPECT_EQ(at(server_.get("/v1.0/directoryObjects/" + id), "/id"), '"' + id + '"');
  }
  EXPECT_EQ(server_.get("/v1.0/users/" + kLaunchGroup).status, 404);
  EXPECT_EQ(server_.get("/v1.0/groups/" + kNora).status, 404);
  server_.send("PATCH", "/v1.0/users/" + kNora, R"({"jobTitle": "Baker"})");
  EXPECT_EQ(at(server_.get("/v1.0/directoryObjects/" + kNora), "/jobTitle"), R"("Baker")");
  EXPECT_EQ(server_.send("DELETE", "/v1.0/directoryObjects/" + kNora).status, 204);
  EXPECT_EQ(server_.get("/v1.0/users/" + kNora).status, 404);
}

TEST_F(Addressing, OfAnUnknownSegmentIs400AndNamesIt) {
  const std::vector<std::pair<std::string, std::string>> kAddresses = {
      {"nothing", "nothing"},
      {"users/" + kNora + "/nothing", "nothing"},
      {"users/" + kNora + "/nothing/at/all", "nothing"},
      {"users/" + kNora + "/$foo", "$foo"},
      {"users/$value", "$value"},
      {"users/" + kNora + "/displayName/x", "x"},
      {"users/" + kNora + "/mailboxSettings/nothing", "nothing"},
      {"users/" + kNora + "/sendMail/x", "x"},
      {"me/$ref/x", "$ref"},
      {"me('x')", "me('x')"}};
  for (const auto& [path, segment] : kAddresses) {
    const auto response = server_.get("/v1.0/" + path);
    EXPECT_EQ(response.status, 400) << path;
    EXPECT_EQ(at(response, "/error/code"), R"("BadRequest")") << path;
    EXPECT_EQ(message(response), "\"Resource not found for the segment '" + segment + "'.\"");
  }
}

TEST_F(Addressing, OfNoSuchEntityIs404InTheFamilyOfTheType) {
  const std::vector<std::pair<std::string, std::string>> kAddresses = {
      {"users/none", "Request_ResourceNotFound"},
      {"users/none/displayName", "Request_ResourceNotFound"},
      {"users/none/manager/$ref", "Request_ResourceNotFound"},
      {"users/none/messages/$count", "ErrorItemNotFound"},
      {"me/messages/none", "ErrorItemNotFound"},
      {"me/messages/none/subject", "ErrorItemNotFound"},
      {"me/messages/none/$value", "ErrorItemNotFound"},
      {"me/messages/none/attachments", "ErrorItemNotFound"},
      {"me/drive/items/none", "itemNotFound"},
      {"me/drive/items/none/content", "itemNotFound"},
      {"teams/none", "ResourceNotFound"},
      {"teams/none/displayName/$value", "ResourceNotFound"}};
  for (const auto& [path, code] : kAddresses) {
    const auto response = server_.get("/v1.0/" + path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(at(response, "/error/code"), '"' + code + '"') << path;
    EXPECT_EQ(message(response),
              "\"Resource 'none' does not exist or one of its queried "
              "reference-property objects are not present.\"")
        << path;
  }
}

struct Refused {
  const char* name;
  const char* method;
  const char* path;
  const char* allowed;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  *out << refused.name;
}

class MethodNotAllowed : public Addressing, public testing::WithParamInterface<Refused> {};

TEST_P(MethodNotAllowed, Is405WithWhatIs) {
  const auto& [name, method, path, allowed] = GetParam();
  const auto response = server_.send(method, "/v1.0/" + std::string(path), "{}");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("Allow"), allowed);
  EXPECT_EQ(at(response, "/error/code"), R"("MethodNotAllowed")");
}

INSTANTIATE_TEST_SUITE_P(
    , MethodNotAllowed,
    testing::Values(Refused{"EntitySet", "PATCH", "users", "GET, POST"},
                    Refused{"ContainedCollection", "PUT", "me/messages", "GET, POST"},
                    Refused{"Entity", "POST", "users/x", "GET, PATCH, PUT, DELETE"},
                    Refused{"Singleton", "DELETE", "me", "GET, PATCH, PUT"},
                    Refused{"SingleReference", "POST", "me/manager", "GET, PATCH, PUT, DELETE"},
                    Refused{"Cast", "DELETE", "users/microsoft.graph.user", "GET, POST"},
                    Refused{"Count", "POST", "users/$count", "GET"},
                    Refused{"CountOfAProperty", "PUT", "me/businessPhones/$count", "GET"},
                    Refused{"Property", "POST", "me/displayName", "GET, PUT, PATCH, DELETE"},
                    Refused{"RawValue", "POST", "me/displayName/$value", "GET, PUT, DELETE"},
                    Refused{"Stream", "POST", "me/photo/$value", "GET, PUT, PATCH, DELETE"},
                    Refused{"References", "PUT", "groups/x/members/$ref", "GET, POST, DELETE"},
                    Refused{"OneOfTheReferences", "PUT", "groups/x/members/y/$ref", "GET, DELETE"},
                    Refused{"OneOfTheReferencesCast", "POST",
                            "groups/x/members/y/microsoft.graph.user/$ref", "GET, DELETE"},
                    Refused{"Action", "GET", "me/sendMail", "POST"},
                    Refused{"Function", "POST", "users/delta", "GET"},
                    Refused{"PartOfAFunction", "PATCH", "sites/root/getByPath(path='x')/lists",
                            "GET"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Addressing, AReferenceThatIsRefusedLeavesTheOthers) {
  const auto members = "/v1.0/groups/" + kLaunchGroup + "/members/";
  const auto body = R"({"@odata.id": "users/)" + kBen + "\"}";
  for (const std::string method : {"PUT", "PATCH", "POST"}) {
    EXPECT_EQ(server_.send(method, members + kNora + "/$ref", body).status, 405) << method;
  }
  EXPECT_EQ(server_.count(members + "$count"), "7");
}

}  // namespace
}  // namespace graphmock
