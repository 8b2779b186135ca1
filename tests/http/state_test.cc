// The whole state of a tenant and what has changed in it, as the control plane shows them.
#include <gtest/gtest.h>

#include "http/library_world.h"
#include "store/fixtures.h"
#include "support/project_data.h"
#include "support/temporary_folder.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

constexpr std::string_view kNora = "/v1.0/users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c";

app::Options with_fixtures(app::Options options, const std::filesystem::path& fixtures) {
  options.fixtures = fixtures;
  return options;
}

// Everything that a client may do to a state: what is created, changed, deleted and restored, by
// either version and by the control plane.
void write_to(const TestServer& server) {
  server.send("PATCH", kNora, R"({"jobTitle": "CEO", "mailboxSettings": {"timeZone": "UTC"}})");
  server.send("PUT", std::string(kNora) + "/photo/$value", "\x89PNG",
              {{"Content-Type", "image/png"}});
  server.send("PUT", "/v1.0/me/drive/root:/new/file.txt:/content", "text",
              {{"Content-Type", "text/plain"}});
  server.send("POST", "/v1.0/me/messages",
              R"({"subject": "Draft", "body": {"content": "x", "contentType": "html"}})");
  server.send("POST", "/v1.0/me/sendMail",
              R"({"message": {"subject": "Sent", "toRecipients": []}})");
  server.send("POST", "/v1.0/groups",
              R"({"displayName": "New", "mailEnabled": false, "mailNickname": "new",
                  "securityEnabled": true, "members@odata.bind": [
                  "https://graph.microsoft.com/v1.0/users/df0e7944-3fb2-4b87-8535-5228187ffd40"]})");
  server.send("DELETE", "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b");
  server.send("DELETE", "/v1.0/users/532cbe64-2b0e-46bb-b580-1b143a5025ce");
  server.send("PATCH",
              "/beta/reports/credentialUserRegistrationCounts/"
              "32a539a1-39a1-32a5-a139-a532a139a532",
              R"({"totalUserCount": 30})");
  server.send("PUT", "/__admin/state/v1.0/users/u1", R"({"accountEnabled": "yes", "odd": [1]})");
  server.send("PUT", "/__admin/state/beta/users/u2/messages/m", R"({"value": {"subject": "s"}})");
}

void expect_to_load_again(const app::Options& options) {
  const TestServer server(options);
  write_to(server);
  const auto state = server.get("/__admin/state");
  EXPECT_EQ(state.status, 200);
  EXPECT_EQ(state.header("Content-Type"), "application/json");
  const support::TemporaryFolder folder;
  const TestServer again(with_fixtures(options, folder.write("state.json", state.body)));
  EXPECT_EQ(again.get("/__admin/state").body, state.body);
  EXPECT_EQ(at(again.get(kNora), "/jobTitle"), R"("CEO")");
  EXPECT_EQ(again.get(std::string(kNora) + "/photo/$value").body, "\x89PNG");
  EXPECT_EQ(again.get("/v1.0/me/drive/root:/new/file.txt:/content").body, "text");
  EXPECT_EQ(at(again.get("/v1.0/users/u1?$select=accountEnabled"), "/accountEnabled"), R"("yes")");
  EXPECT_EQ(at(again.get("/beta/users/u2/messages/m"), "/value/subject"), R"("s")");
  EXPECT_EQ(again.get("/v1.0/directory/deletedItems/f1c22291-521e-4b9b-8211-ec8709c7e18b").status,
            200);
  for (const std::string path :
       {"/v1.0/users?$select=id", "/v1.0/directoryObjects?$select=id", "/v1.0/me/memberOf",
        "/v1.0/me/mailFolders/inbox/messages?$select=id",
        "/v1.0/users/df0e7944-3fb2-4b87-8535-5228187ffd40/transitiveMemberOf?$select=id"}) {
    EXPECT_EQ(at(again.get(path), "/value"), at(server.get(path), "/value")) << path;
  }
}

TEST(WholeState, IsLoadedAgainAsFixtures) {
  expect_to_load_again(support::shipped_options());
}

TEST(WholeState, IsLoadedAgainUnderTheModelsOfTheService) {
  const auto folder = support::full_models_folder();
  if (!folder) GTEST_SKIP() << "the service's own models are not here; name them: GRAPHMOCK_SHARED";
  auto options = support::shipped_options();
  for (const std::string version : {"v1.0", "beta"}) {
    options.metadata[version] = *folder / (version + ".csdl.xml");
  }
  expect_to_load_again(options);
}

TEST(WholeState, IsThatOfOneTenant) {
  const TestServer server;
  server.send("PATCH", std::string("/t/a") + std::string(kNora), R"({"jobTitle": "Only in a"})");
  EXPECT_EQ(server.get("/__admin/state").body.find("Only in a"), std::string::npos);
  EXPECT_NE(server.get("/t/a/__admin/state").body.find("Only in a"), std::string::npos);
  EXPECT_EQ(at(server.get("/__admin/state/diff"), "/updated"), "[]");
  EXPECT_EQ(at(server.get("/t/a/__admin/state/diff"), "/updated/0/changes/0/to"), R"("Only in a")");
}

TEST(WholeState, HasNoVersions) {
  const TestServer server;
  const auto response = server.get("/__admin/state/v1.0");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("/__admin/state"), std::string::npos);
  EXPECT_EQ(server.send("PUT", "/__admin/state/diff", "{}").status, 400);
  EXPECT_EQ(server.get("/__admin/state/diff/more").status, 400);
  EXPECT_EQ(server.get("/__admin/state/diff?to=x").status, 400);
}

TEST_F(Library, IsLoadedAgainAsFixtures) {
  ASSERT_EQ(patch(R"({"notes": {"a": {"b": 1}}, "editors@odata.bind": ["authors/a2"]})").status,
            200);
  server.send("PUT", "/__admin/state/v1.0/favourite", R"({"title": "F"})");
  const auto document = server.get("/__admin/state").body;
  auto world = support::small_world(kLibrary);
  base::LoadErrors errors;
  world->fixtures =
      store::read_fixture_document("state", document, world->models, world->enums, errors);
  for (const auto& error : errors) ADD_FAILURE() << error.text();
  const TestServer again(std::move(world));
  EXPECT_EQ(again.get("/__admin/state").body, document);
  EXPECT_EQ(at(again.get("/v1.0/books/b/editors"), "/value/1/id"), R"("a2")");
}

TEST(Difference, IsWhatAClientHasDone) {
  const TestServer server;
  constexpr std::string_view kNone =
      R"({"created":[],"updated":[],"deleted":[],"references":{"added":[],"removed":[],"reordered":[]}})";
  EXPECT_EQ(server.get("/__admin/state/diff").body, kNone);
  server.send("PATCH", kNora, R"({"jobTitle": "CEO"})");
  server.send("DELETE",
              "/v1.0/groups/f1c22291-521e-4b9b-8211-ec8709c7e18b/members/"
              "151256d4-9bf8-4cfe-9ad3-56ac31a05a2c/$ref");
  const auto response = server.get("/__admin/state/diff");
  EXPECT_EQ(response.header("Content-Type"), "application/json");
  EXPECT_EQ(at(response, "/updated"),
            R"([{"path":"users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c","changes":[)"
            R"({"path":"/jobTitle","from":"Senior Product Manager","to":"CEO"}]}])");
  EXPECT_EQ(at(response, "/created"), "[]");
  EXPECT_EQ(at(response, "/references/removed"),
            R"([{"path":"groups/f1c22291-521e-4b9b-8211-ec8709c7e18b/members",)"
            R"("target":"users/151256d4-9bf8-4cfe-9ad3-56ac31a05a2c"}])");
  server.send("POST", "/__admin/reset");
  EXPECT_EQ(server.get("/__admin/state/diff").body, kNone);
}

}  // namespace
}  // namespace graphmock
