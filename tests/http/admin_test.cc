// The control plane: reset, health and the state of a tenant; and tenants beside each other.
#include <gtest/gtest.h>

#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kNora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";

TEST(Health, IsOk) {
  const TestServer server;
  const auto response = server.get("/__admin/health");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/status"), R"("ok")");
  EXPECT_NE(at(response, "/version"), "(absent)");
}

TEST(Reset, BringsBackTheFixturesAndStopsScenarios) {
  TestServer server;
  server.send("PATCH", kNora, R"({"jobTitle": "CEO"})");
  server.send("DELETE", "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b");
  server.send("PUT", "/__admin/scenarios/throttle-updates");
  const auto response = server.send("POST", "/__admin/reset");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(at(server.get(kNora), "/jobTitle"), R"("Senior Product Manager")");
  EXPECT_EQ(server.get("/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b").status, 200);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(server.send("PATCH", kNora, R"({"jobTitle": "CEO"})").status, 204);
  }
}

TEST(State, ReadsAnEntityAsAFixtureHasIt) {
  const TestServer server;
  const auto response =
      server.get("/__admin/state/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(at(response, "/@odata.type"), R"("#microsoft.graph.user")");
  EXPECT_EQ(at(response, "/@odata.context"), "(absent)");
  EXPECT_EQ(server.get("/__admin/state/v1.0/users/nobody").status, 404);
}

TEST(State, PutsAnEntityInPlaceWithMissingParents) {
  TestServer server;
  const auto path = "/v1.0/users/u1/messages/m1";
  EXPECT_EQ(server.send("PUT", "/__admin/state" + std::string(path), R"({"subject": "hi"})").status,
            201);
  EXPECT_EQ(at(server.get(path), "/subject"), R"("hi")");
  EXPECT_EQ(at(server.get(path), "/id"), R"("m1")");
  EXPECT_EQ(server.get("/v1.0/users/u1").status, 200);
  EXPECT_EQ(server.send("PUT", "/__admin/state" + std::string(path), R"({"subject": "ho"})").status,
            200);
  EXPECT_EQ(at(server.get(path), "/subject"), R"("ho")");
}

TEST(State, PutsACollectionInPlaceOfTheOldOne) {
  TestServer server;
  const auto put =
      server.send("PUT", "/__admin/state/v1.0/users",
                  R"({"value": [{"id": "b", "displayName": "B"}, {"displayName": "A"}]})");
  EXPECT_EQ(put.status, 200);
  const auto users = server.get("/v1.0/users");
  EXPECT_EQ(at(users, "/value/0/id"), R"("b")");
  EXPECT_EQ(at(users, "/value/1/displayName"), R"("A")");
  EXPECT_EQ(at(users, "/value/2"), "(absent)");
  EXPECT_EQ(server.get(kNora).status, 404);
  // The groups are of the same pool, but no users.
  EXPECT_EQ(server.get("/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b").status, 200);
}

TEST(State, PutsReferencesByWhatTheyLeadTo) {
  TestServer server;
  const auto path = "/groups/g1/members";
  EXPECT_EQ(server
                .send("PUT", "/__admin/state/v1.0" + std::string(path),
                      R"({"value": [{"@odata.type": "#microsoft.graph.user", "id": "u9"}]})")
                .status,
            200);
  EXPECT_EQ(at(server.get("/v1.0" + std::string(path)), "/value/0/id"), R"("u9")");
  EXPECT_EQ(server.get("/v1.0/users/u9").status, 200);
}

TEST(State, RemovesEntitiesAndCollections) {
  TestServer server;
  EXPECT_EQ(server.send("DELETE", "/__admin/state" + std::string(kNora)).status, 204);
  EXPECT_EQ(server.get(kNora).status, 404);
  EXPECT_EQ(server.send("DELETE", "/__admin/state" + std::string(kNora)).status, 404);
  EXPECT_EQ(server.send("DELETE", "/__admin/state/v1.0/users").status, 204);
  EXPECT_EQ(at(server.get("/v1.0/users"), "/value"), "[]");
}

TEST(State, RefusesWhatTheModelCannotHold) {
  TestServer server;
  const auto put = [&](std::string_view path, std::string_view body) {
    return server.send("PUT", "/__admin/state/" + std::string(path), body).status;
  };
  EXPECT_EQ(put("v1.0/users/u1", R"({"@odata.type": "#microsoft.graph.group"})"), 400);
  EXPECT_EQ(put("v1.0/users/u1", R"({"manager": []})"), 400);
  EXPECT_EQ(server.get("/v1.0/users/u1").status, 404);
  EXPECT_EQ(put("v1.0/users/u1/mailboxSettings", "{}"), 400);
  EXPECT_EQ(put("v1.0/nothing/u1", "{}"), 400);
  EXPECT_EQ(put("v3.0/users/u1", "{}"), 400);
  EXPECT_EQ(put("v1.0/users", R"({"id": "u1"})"), 400);
  EXPECT_EQ(put("v1.0/users/u1", R"({"id": )"), 400);
  EXPECT_EQ(put("v1.0/users/u1", "[]"), 400);
}

TEST(State, KeepsWhatTheModelHasOtherwiseAndSaysSo) {
  TestServer server;
  constexpr std::string_view kPath = "/__admin/state/v1.0/users/u1";
  constexpr std::string_view kBody = R"({"accountEnabled": "yes",
                                        "passwordProfile": {"hint": 7}})";
  const auto strict = server.send("PUT", kPath, kBody, {{"Prefer", "handling=strict"}});
  EXPECT_EQ(strict.status, 400);
  EXPECT_EQ(at(strict, "/error/details/0/target"), R"("accountEnabled")");
  EXPECT_EQ(at(strict, "/error/details/1/target"), R"("passwordProfile/hint")");
  EXPECT_EQ(server.get("/v1.0/users/u1").status, 404);

  const auto lenient = server.send("PUT", kPath, kBody);
  EXPECT_EQ(lenient.status, 201);
  EXPECT_TRUE(lenient.header("X-Mock-Warning")->starts_with("2 kept")) << lenient.body;
  const auto stored = server.get("/v1.0/users/u1?$select=accountEnabled,passwordProfile");
  EXPECT_EQ(at(stored, "/accountEnabled"), R"("yes")");
  EXPECT_EQ(at(stored, "/passwordProfile/hint"), "7");
}

TEST(State, CountsNothingInAValueThatIsNoCollection) {
  TestServer server;
  server.send("PUT", "/__admin/state/v1.0/users/u1", R"({"businessPhones": "x"})");
  EXPECT_EQ(server.get("/v1.0/users/u1/businessPhones/$count").body, "0");
}

TEST(State, AnswersAnEntityInTheEnvelopeInWhichItWasPut) {
  TestServer server;
  constexpr std::string_view kPath = "/v1.0/users/u1";
  EXPECT_EQ(
      server
          .send("PUT", "/__admin/state" + std::string(kPath), R"({"value": {"displayName": "U"}})")
          .status,
      201);
  EXPECT_EQ(at(server.get(kPath), "/value/displayName"), R"("U")");
  EXPECT_EQ(at(server.get(kPath), "/displayName"), "(absent)");
  server.send("PATCH", kPath, R"({"displayName": "V"})");
  EXPECT_EQ(at(server.get(kPath), "/displayName"), R"("V")") << "an update takes it off";
}

TEST(State, RefusesAReferenceToNothingHoweverDeepItStands) {
  TestServer server;
  const auto response =
      server.send("PUT", "/__admin/state/v1.0/drives/d",
                  R"({"items": [{"id": "i", "children@odata.bind": ["drives/d/items/none"]}]})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(at(response, "/error/details/0/target"), R"("items/0/children@odata.bind")");
  EXPECT_EQ(server.get("/v1.0/drives/d").status, 404);
}

TEST(State, OfASingletonIsThatOfTheEntityThatItIs) {
  TestServer server;
  const auto count = server.count("/v1.0/users/$count");
  EXPECT_EQ(server.send("PUT", "/__admin/state/v1.0/me", R"({"displayName": "New"})").status, 200);
  EXPECT_EQ(at(server.get("/v1.0/me"), "/displayName"), R"("New")");
  EXPECT_EQ(server.count("/v1.0/users/$count"), count);
}

TEST(State, OfAReferenceThatOnlyNamesAnEntityLeavesItAlone) {
  TestServer server;
  server.send("PUT", "/__admin/state/v1.0/users/u", R"({"displayName": "Una"})");
  server.send("PUT", "/__admin/state/v1.0/groups/g", R"({"displayName": "G"})");
  EXPECT_EQ(server
                .send("PUT", "/__admin/state/v1.0/groups/g/members",
                      R"({"value": [{"@odata.type": "#microsoft.graph.user", "id": "u"}]})")
                .status,
            200);
  EXPECT_EQ(at(server.get("/v1.0/groups/g/members"), "/value/0/displayName"), R"("Una")");
  EXPECT_EQ(at(server.get("/v1.0/users/u"), "/displayName"), R"("Una")");
}

TEST(Admin, TakesHeadForGet) {
  TestServer server;
  EXPECT_EQ(server.send("HEAD", "/__admin/health").status, 200);
}

TEST(Admin, SaysWhatItDoesNotKnow) {
  TestServer server;
  EXPECT_EQ(server.get("/__admin/nothing").status, 404);
  EXPECT_EQ(server.get("/__admin/reset").status, 405);
  EXPECT_EQ(server.get("/__admin/reset").header("Allow"), "POST");
  EXPECT_EQ(server.send("POST", "/__admin/reset/nothing").status, 404);
  EXPECT_EQ(server.send("POST", "/__admin/reset?what=x").status, 400);
  EXPECT_EQ(server.send("POST", "/__admin/reset?tenant=x").status, 400);
}

TEST(Tenants, SeeNothingOfEachOther) {
  TestServer server;
  const support::RequestHeaders in_a = {{"X-Mock-Tenant", "a"}};
  server.send("PATCH", kNora, R"({"jobTitle": "A"})", in_a);
  EXPECT_EQ(at(server.send("GET", kNora, "", in_a), "/jobTitle"), R"("A")");
  EXPECT_EQ(at(server.get(kNora), "/jobTitle"), R"("Senior Product Manager")");
  server.send("PATCH", kNora, R"({"jobTitle": "B"})", {{"X-Mock-Tenant", "b"}});
  server.send("POST", "/__admin/reset", "", in_a);
  EXPECT_EQ(at(server.send("GET", kNora, "", in_a), "/jobTitle"), R"("Senior Product Manager")");
  EXPECT_EQ(at(server.send("GET", kNora, "", {{"X-Mock-Tenant", "b"}}), "/jobTitle"), R"("B")");
  server.send("POST", "/__admin/reset?tenant=*");
  EXPECT_EQ(at(server.send("GET", kNora, "", {{"X-Mock-Tenant", "b"}}), "/jobTitle"),
            R"("Senior Product Manager")");
}

TEST(Tenants, KeepTheirPrefixInLinks) {
  TestServer server;
  const auto response = server.send("POST", "/t/mine/v1.0/users",
                                    R"({"displayName": "X", "accountEnabled": true,
                                        "mailNickname": "x", "userPrincipalName": "x@contoso.com",
                                        "passwordProfile": {"password": "p"}})");
  EXPECT_TRUE(response.header("Location")->starts_with(server.origin() + "/t/mine/v1.0/users/"));
  EXPECT_EQ(at(response, "/@odata.context"),
            '"' + server.origin() + "/t/mine/v1.0/$metadata#users/$entity\"");
  EXPECT_EQ(server.send("POST", "/t/mine/__admin/reset").status, 204);
  EXPECT_EQ(at(server.get("/t/mine/v1.0/users"), "/value/25"), "(absent)");
}

TEST(Tenants, HaveNamesOfAFewCharacters) {
  const TestServer server;
  EXPECT_EQ(server.send("GET", kNora, "", {{"X-Mock-Tenant", "a b"}}).status, 400);
  EXPECT_EQ(server.send("GET", kNora, "", {{"X-Mock-Tenant", std::string(65, 'a')}}).status, 400);
  EXPECT_EQ(server.send("GET", kNora, "", {{"X-Mock-Tenant", std::string(64, 'a')}}).status, 200);
  EXPECT_EQ(server.get("/t//v1.0/me").status, 400);
}

}  // namespace
}  // namespace graphmock
