// GET, POST and DELETE of entities and collections, on the shipped company.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kNora = "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";
constexpr std::string_view kLaunchGroup = "f1c22291-521e-4b9b-8211-ec8709c7e18b";

std::string users(std::string_view key) {
  return "/v1.0/users/" + std::string(key);
}

// What the service asks of a new user, with its display name.
std::string new_user(const std::string& name, const std::string& members = "") {
  return R"({"displayName": ")" + name + R"(", "accountEnabled": true, "mailNickname": ")" + name +
         R"(", "userPrincipalName": ")" + name +
         R"(@contoso.com", "passwordProfile": {"password": "x"})" + members + "}";
}

size_t count_of(const support::RawResponse& response) {
  const auto body = support::json_of(response);
  const auto* value = base::at_pointer(body, "/value");
  return value && value->is_array() ? value->get_array().size() : 0;
}

TEST(Read, GivesAnEntityWithItsContext) {
  const TestServer server;
  const auto response = server.get(users(kNora));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#users/$entity\"");
  EXPECT_EQ(at(response, "/@odata.type"), "(absent)");
  EXPECT_EQ(at(response, "/displayName"), R"("Nora Lindqvist")");
}

TEST(Read, TakesAKeyInEitherSpellingAndAGuidInAnyCase) {
  const TestServer server;
  for (const std::string address :
       {"('151256d4-9bf8-4cfe-9ad3-56ac31a05a2c')", "(id='151256d4-9bf8-4cfe-9ad3-56ac31a05a2c')",
        "/151256D4-9BF8-4CFE-9AD3-56AC31A05A2C"}) {
    EXPECT_EQ(at(server.get("/v1.0/users" + address), "/displayName"), R"("Nora Lindqvist")")
        << address;
  }
}

TEST(Read, GivesACollectionInItsOrder) {
  const TestServer server;
  const auto response = server.get("/v1.0/users");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.context"), '"' + server.origin() + "/v1.0/$metadata#users\"");
  EXPECT_EQ(count_of(response), 25u);
  EXPECT_EQ(at(response, "/value/0/displayName"), R"("Nora Lindqvist")");
}

TEST(Read, GivesAContainedCollection) {
  const TestServer server;
  const auto response = server.get(users(kNora) + "/messages");
  EXPECT_EQ(count_of(response), 10u);
  EXPECT_EQ(at(response, "/@odata.context"), '"' + server.origin() + "/v1.0/$metadata#users('" +
                                                 std::string(kNora) + "')/messages\"");
}

TEST(Read, FollowsReferencesAndSaysWhatTheyLeadTo) {
  const TestServer server;
  const auto manager = server.get(users(kNora) + "/manager");
  EXPECT_EQ(at(manager, "/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(at(manager, "/displayName"), R"("Samir Haddad")");
  const auto members = server.get("/v1.0/groups/" + std::string(kLaunchGroup) + "/members");
  EXPECT_EQ(count_of(members), 7u);
  EXPECT_EQ(at(members, "/value/0/@odata.type"), R"("#microsoft.graph.user")");
}

TEST(Read, ShowsADirectoryObjectInEverySetOfItsType) {
  const TestServer server;
  EXPECT_EQ(at(server.get("/v1.0/directoryObjects/" + std::string(kNora)), "/@odata.type"),
            R"("#microsoft.graph.user")");
  EXPECT_EQ(server.get(users(kLaunchGroup)).status, 404);
  EXPECT_EQ(server.get("/v1.0/groups/" + std::string(kLaunchGroup)).status, 200);
}

TEST(Read, SeesTheFirstUserAsMe) {
  const TestServer server;
  const auto me = server.get("/v1.0/me");
  EXPECT_EQ(at(me, "/displayName"), R"("Nora Lindqvist")");
  EXPECT_EQ(at(me, "/@odata.context"), '"' + server.origin() + "/v1.0/$metadata#users/$entity\"");
  EXPECT_EQ(
      at(server.get("/v1.0/me/messages"), "/@odata.context"),
      '"' + server.origin() + "/v1.0/$metadata#users('" + std::string(kNora) + "')/messages\"");
}

TEST(Read, ShowsEachVersionWhatItsModelDeclares) {
  const TestServer server;
  const auto folder = users(kNora) + "/mailFolders";
  EXPECT_EQ(at(server.get(folder), "/value/0/wellKnownName"), "(absent)");
  EXPECT_EQ(at(server.get("/beta/users/" + std::string(kNora) + "/mailFolders"),
               "/value/0/wellKnownName"),
            R"("inbox")");
}

TEST(Read, OfWhatIsNotThereNamesIt) {
  const TestServer server;
  const auto response = server.get(users("nobody"));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(at(response, "/error/code"), R"("Request_ResourceNotFound")");
  EXPECT_EQ(at(response, "/error/message"),
            R"("Resource 'nobody' does not exist or one of its queried reference-property objects )"
            R"(are not present.")");
  EXPECT_EQ(at(server.get(users("nobody") + "/messages"), "/error/code"), R"("ErrorItemNotFound")");
}

TEST(Read, OfASegmentThatTheModelLacksSuggestsOne) {
  const TestServer server;
  const auto response = server.get(users(kNora) + "/mesages");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/message"),
            R"("Resource not found for the segment 'mesages'. Did you mean 'messages'?")");
}

TEST(Read, SaysWhatItCannotDo) {
  const TestServer server;
  const auto response = server.get("/v1.0/users?$apply=topsum(1,id)");
  EXPECT_EQ(response.status, 501);
  EXPECT_EQ(at(response, "/error/code"), R"("NotImplemented")");
  EXPECT_NE(at(response, "/error/message").find("'$apply'"), std::string::npos);
  EXPECT_EQ(server.get("/v1.0/users/delta?$deltatoken=1").status, 501);
  EXPECT_EQ(server.get("/v1.0/$metadata").status, 501);
}

TEST(Read, OfAVersionThatIsNoneSaysSo) {
  const TestServer server;
  const auto response = server.get("/v2.0/users");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/message"),
            R"("Invalid version: 'v2.0'. Expected 'v1.0' or 'beta'.")");
}

TEST(Create, AnswersTheEntityAndWhereItIs) {
  TestServer server;
  const auto response = server.send("POST", "/v1.0/users", new_user("Zoe"));
  EXPECT_EQ(response.status, 201);
  const auto id = support::json_of(response).at("id").as_string();
  EXPECT_EQ(response.header("Location"), server.origin() + users({id.data(), id.size()}));
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() + "/v1.0/$metadata#users/$entity\"");
  EXPECT_EQ(at(response, "/createdDateTime"), R"("2026-01-31T12:00:00Z")");
  const auto read = server.get(users({id.data(), id.size()}));
  EXPECT_EQ(at(read, "/displayName"), R"("Zoe")");
  EXPECT_EQ(at(server.get("/v1.0/users"), "/value/25/displayName"), R"("Zoe")");
}

TEST(Create, PutsContainedEntitiesWithTheirOwner) {
  TestServer server;
  const auto response = server.send(
      "POST", users(kNora) + "/mailFolders",
      R"({"displayName": "New", "childFolders": [{"id": "inner", "displayName": "Inner"}]})");
  EXPECT_EQ(response.status, 201);
  const auto id = support::json_of(response).at("id").as_string();
  const auto inner = server.get(users(kNora) + "/mailFolders/" + std::string(id.data(), id.size()) +
                                "/childFolders/inner");
  EXPECT_EQ(at(inner, "/displayName"), R"("Inner")");
}

TEST(Create, RefusesAKeyThatIsTaken) {
  TestServer server;
  const auto response =
      server.send("POST", "/v1.0/users", new_user("X", R"(, "id": ")" + std::string(kNora) + '"'));
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(at(response, "/error/code"), R"("Request_MultipleObjectsWithSameKeyValue")");
  EXPECT_EQ(at(server.get(users(kNora)), "/displayName"), R"("Nora Lindqvist")");
}

TEST(Create, RefusesAnAbstractType) {
  TestServer server;
  const auto message = at(server.get(users(kNora) + "/messages"), "/value/0/id");
  const auto attachments =
      users(kNora) + "/messages/" + message.substr(1, message.size() - 2) + "/attachments";
  const auto response = server.send("POST", attachments, R"({"name": "a.txt"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/code"), R"("ErrorInvalidRequest")");
  EXPECT_EQ(server
                .send("POST", attachments,
                      R"({"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt"})")
                .status,
            201);
}

TEST(Create, RefusesWhatIsWrongAndCreatesNothing) {
  TestServer server;
  const auto response =
      server.send("POST", "/v1.0/users", R"({"displayName": "A", "accountEnabled": "yes"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/details/0/target"), R"("accountEnabled")");
  EXPECT_EQ(count_of(server.get("/v1.0/users")), 25u);
}

TEST(Create, AtAnEntityIs405) {
  TestServer server;
  const auto response = server.send("POST", users(kNora), "{}");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("Allow"), "GET, PATCH, PUT, DELETE");
}

TEST(Delete, TakesTheEntityWithWhatItContainsAndReferencesToIt) {
  TestServer server;
  const auto members = "/v1.0/groups/" + std::string(kLaunchGroup) + "/members";
  const auto response = server.send("DELETE", users(kNora));
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.header("Content-Length"), std::nullopt);
  EXPECT_EQ(server.get(users(kNora)).status, 404);
  EXPECT_EQ(server.get(users(kNora) + "/messages").status, 404);
  EXPECT_EQ(server.send("DELETE", users(kNora)).status, 404);
  EXPECT_EQ(count_of(server.get("/v1.0/users")), 24u);
  EXPECT_EQ(count_of(server.get(members)), 6u);

  server.send("POST", "/v1.0/users", new_user("Anew", R"(, "id": ")" + std::string(kNora) + '"'));
  EXPECT_EQ(count_of(server.get(users(kNora) + "/messages")), 0u);
  EXPECT_EQ(count_of(server.get(members)), 6u);
}

TEST(Delete, OfASingletonIs405) {
  TestServer server;
  EXPECT_EQ(server.send("DELETE", "/beta/reports").status, 405);
  EXPECT_EQ(server.send("DELETE", "/v1.0/users").status, 405);
}

TEST(Update, OfADirectoryObjectAnswersNothingUnlessAsked) {
  TestServer server;
  EXPECT_EQ(server.send("PATCH", users(kNora), R"({"jobTitle": "CEO"})").status, 204);
  const auto response = server.send("PATCH", users(kNora), R"({"jobTitle": "CTO"})",
                                    {{"Prefer", "return=representation"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/jobTitle"), R"("CTO")");
}

TEST(Update, InOneVersionKeepsWhatOnlyTheOtherShows) {
  TestServer server;
  const auto inbox = support::json_of(server.get(users(kNora) + "/mailFolders"))
                         .at("value")
                         .at(0)
                         .at("id")
                         .as_string();
  const auto folder =
      std::string(kNora) + "/mailFolders/" + std::string(inbox.data(), inbox.size());
  EXPECT_EQ(server.send("PATCH", users(folder), R"({"displayName": "In"})").status, 200);
  const auto beta = server.get("/beta/users/" + folder);
  EXPECT_EQ(at(beta, "/displayName"), R"("In")");
  EXPECT_EQ(at(beta, "/wellKnownName"), R"("inbox")");
}

TEST(Answer, CarriesTheHeadersOfTheService) {
  const TestServer server;
  const auto response = server.send("GET", users(kNora), "", {{"client-request-id", "my-id"}});
  EXPECT_EQ(response.header("client-request-id"), "my-id");
  EXPECT_EQ(response.header("request-id")->size(), 36u);
  EXPECT_EQ(response.header("Date"), "Sat, 31 Jan 2026 12:00:00 GMT");
  EXPECT_TRUE(response.header("x-ms-ags-diagnostic"));
}

TEST(Answer, OfAnErrorHasTheShapeOfTheService) {
  const TestServer server;
  const auto response = server.send("GET", users("nobody"), "", {{"client-request-id", "my-id"}});
  EXPECT_EQ(response.header("Content-Type"), "application/json");
  EXPECT_EQ(at(response, "/error/innerError/date"), R"("2026-01-31T12:00:00")");
  EXPECT_EQ(at(response, "/error/innerError/client-request-id"), R"("my-id")");
  EXPECT_EQ(at(response, "/error/innerError/request-id"),
            '"' + *response.header("request-id") + '"');
}

TEST(Answer, IsTheSameForTheSameSeedAndRequests) {
  const auto run = [] {
    TestServer server;
    const auto post = server.send("POST", "/v1.0/users", new_user("A"));
    return *post.header("request-id") + post.body.substr(post.body.find("\"id\""));
  };
  EXPECT_EQ(run(), run());
}

TEST(Refusal, OfBytesThatAreNoRequestHasTheSameShape) {
  const TestServer server;
  const auto response = support::exchange(server.port(), "GET / HTTP/1.1\r\nbad header\r\n\r\n");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/code"), R"("BadRequest")");
  EXPECT_EQ(server.get("/v1.0/users/%zz").status, 400);
  EXPECT_EQ(server.get("/v1.0/users/%ff").status, 400);
  EXPECT_EQ(server.get("/").status, 400);
}

}  // namespace
}  // namespace graphmock
