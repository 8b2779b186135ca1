// Scenarios and bodies that stand in files: the folder of scenarios, and the canned answers of a
// set of fixtures.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TemporaryFolder;
using support::TestServer;

class ScenarioFiles : public testing::Test {
 protected:
  static std::string rule(std::string_view response) {
    return "{\"rules\": [{\"response\": " + std::string(response) + "}]}";
  }
  app::Options options() const {
    auto options = support::shipped_options();
    options.scenarios = folder.path();
    return options;
  }
  // What keeps the server from starting.
  std::string problems(const app::Options& options) const {
    try {
      TestServer server(options);
      return "none";
    } catch (const base::LoadFailure& failure) {
      std::string text;
      for (const auto& error : failure.errors) text += error.text() + "\n";
      return text;
    }
  }

  TemporaryFolder folder;
};

TEST_F(ScenarioFiles, AreNamedByTheirFiles) {
  folder.write("down.json", rule(R"({"status": 503})"));
  const TestServer server(options());
  EXPECT_EQ(server.get("/v1.0/me").status, 200);
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/down").status, 204);
  EXPECT_EQ(server.get("/v1.0/me").status, 503);
}

TEST_F(ScenarioFiles, ActFromTheStartInEveryTenantByOption) {
  folder.write("a.json",
               R"({"rules": [{"request": {"method": "GET"}, "response": {"status": 501}}]})");
  folder.write("b.json", rule(R"({"status": 502})"));
  auto with = options();
  with.active_scenarios = {"a", "b"};
  const TestServer server(with);
  EXPECT_EQ(server.get("/v1.0/me").status, 501);
  EXPECT_EQ(server.get("/t/other/v1.0/me").status, 501);
  EXPECT_EQ(server.send("POST", "/t/other/v1.0/users", "{}").status, 502);
  EXPECT_EQ(server.send("POST", "/t/other/__admin/reset").status, 204);
  EXPECT_EQ(server.get("/t/other/v1.0/me").status, 501);
}

TEST_F(ScenarioFiles, ThatThereAreNotKeepTheServerFromStarting) {
  auto with = options();
  with.active_scenarios = {"none"};
  EXPECT_EQ(problems(with),
            "--scenario none: there is no such scenario in '" + folder.path().string() + "'\n");
}

TEST_F(ScenarioFiles, ThatAreWrongKeepTheServerFromStarting) {
  const auto file = folder.write("a.json", "{\"rules\": [\n{\"response\": {\"status\": 1}}]}");
  EXPECT_EQ(problems(options()), file.string() + ":2: expected a whole number from 200 to 599\n");
}

TEST_F(ScenarioFiles, AnswerWithFilesBesideThem) {
  folder.write("bodies/mail.json", R"({"subject": "x"})");
  folder.write("note.txt", std::string_view("a\0b", 3));
  folder.write("__files/wiremock.xml", "<a/>");
  folder.write("a.json",
               R"({"rules": [
    {"request": {"path": "/json"}, "response": {"bodyFileName": "bodies/mail.json"}},
    {"request": {"path": "/bytes"}, "response": {"status": 201, "bodyFileName": "note.txt",
                                                 "headers": {"Content-Type": "text/plain"}}},
    {"request": {"path": "/wiremock"}, "response": {"bodyFileName": "wiremock.xml"}}]})");
  auto with = options();
  with.active_scenarios = {"a"};
  const TestServer server(with);
  const auto json = server.get("/v1.0/json");
  EXPECT_EQ(json.body, R"({"subject": "x"})");
  EXPECT_TRUE(json.header("Content-Type")->starts_with("application/json"));
  const auto bytes = server.get("/v1.0/bytes");
  EXPECT_EQ(bytes.status, 201);
  EXPECT_EQ(bytes.body, std::string_view("a\0b", 3));
  EXPECT_EQ(bytes.header("Content-Type"), "text/plain");
  EXPECT_EQ(server.get("/v1.0/wiremock").body, "<a/>");
}

TEST_F(ScenarioFiles, AnswerWithTheirFilesWhereTheyAreDefinedLater) {
  folder.write("mail.txt", "mail");
  folder.write("deep/mail.json", "{}");
  const TestServer server(options());
  EXPECT_EQ(
      server.send("PUT", "/__admin/scenarios/mine", rule(R"({"bodyFileName": "mail.txt"})")).status,
      204);
  EXPECT_EQ(server.get("/v1.0/me").body, "mail");
}

TEST_F(ScenarioFiles, HaveNothingFromOutsideOfTheirFolder) {
  const TemporaryFolder elsewhere;
  const auto secret = elsewhere.write("secret.txt", "secret");
  std::filesystem::create_symlink(secret, folder.path() / "link.txt");
  std::filesystem::create_symlink(elsewhere.path(), folder.path() / "folder");
  folder.write("mine.txt", "mine");
  const TestServer server(options());
  const auto name = folder.path().filename().string();
  for (const auto& file :
       {secret.string(), std::string("link.txt"), std::string("folder/secret.txt"),
        "../" + elsewhere.path().filename().string() + "/secret.txt", "../" + name + "/mine.txt",
        std::string("./mine.txt"), std::string("/etc/hostname"), std::string("mine.txt/"),
        std::string("mine.txt\\u0000"), std::string(), std::string(".")}) {
    const auto refused =
        server.send("PUT", "/__admin/scenarios/mine", rule(R"({"bodyFileName": ")" + file + "\"}"));
    EXPECT_EQ(refused.status, 400) << file;
    EXPECT_NE(refused.body.find("there is no file"), std::string::npos) << refused.body;
    EXPECT_EQ(refused.body.find("secret\""), std::string::npos);
  }
}

class CannedAnswers : public ScenarioFiles {
 protected:
  app::Options canned(std::string_view rules) {
    fixtures.write("operations.json", rules);
    auto with = options();
    with.fixtures = fixtures.path();
    return with;
  }

  CannedAnswers() {
    fixtures.write("users.json", R"([{"id": "1", "displayName": "One"}])");
    folder.write("down.json", rule(R"({"status": 503})"));
    folder.write("limited.json",
                 R"({"rules": [{"rateLimit": {"limit": 1, "windowSeconds": 60}}]})");
    folder.write("canned.txt", "canned");
  }

  TemporaryFolder fixtures;
};

TEST_F(CannedAnswers, HaveAllFieldsOfRules) {
  const TestServer server(canned(R"({"rules": [
    {"request": {"operation": "microsoft.graph.getByIds", "body": {"/ids": {"contains": "7"}}},
     "response": {"serve": "/users/1"}},
    {"request": {"operation": "microsoft.graph.delta", "type": "microsoft.graph.user"},
     "calls": {"to": 1}, "newScenarioState": "Changed", "response": {"jsonBody": {"value": []}}},
    {"request": {"path": "/file"}, "requiredScenarioState": "Changed",
     "responses": [{"bodyFileName": "canned.txt"}, {"status": 410}]}]})"));
  EXPECT_EQ(at(server.send("POST", "/v1.0/directoryObjects/getByIds", R"({"ids": ["7"]})"),
               "/displayName"),
            R"("One")");
  EXPECT_EQ(at(server.send("POST", "/v1.0/directoryObjects/getByIds", R"({"ids": ["1"]})"),
               "/value/0/id"),
            R"("1")")
      << "not what the rule is about";
  EXPECT_EQ(server.get("/v1.0/file").status, 400);
  EXPECT_EQ(server.get("/v1.0/users/delta()").body, R"({"value":[]})");
  EXPECT_EQ(server.get("/v1.0/file").body, "canned");
  EXPECT_EQ(server.get("/v1.0/file").status, 410);
}

TEST_F(CannedAnswers, ComeBehindScenarios) {
  const TestServer server(canned(R"({"rules": [{"priority": -9, "request": {"path": "/me"},
                                                "response": {"body": "canned"}}]})"));
  EXPECT_EQ(server.get("/v1.0/me").body, "canned");
  EXPECT_EQ(server.send("PUT", "/__admin/scenarios/limited").status, 204);
  EXPECT_EQ(server.get("/v1.0/me").body, "canned");
  EXPECT_EQ(server.get("/v1.0/me").status, 429) << "the limit is that of canned answers, too";
  EXPECT_EQ(server.send("DELETE", "/__admin/scenarios/limited").status, 204);
  EXPECT_EQ(server.send("GET", "/v1.0/me", "", {{"X-Mock-Scenario", "down"}}).status, 503);
  EXPECT_EQ(server.get("/v1.0/me").body, "canned");
}

TEST_F(CannedAnswers, BeginAnewWithTheirTenant) {
  const TestServer server(
      canned(R"({"rules": [{"calls": {"to": 1}, "response": {"status": 503}}]})"));
  EXPECT_EQ(server.get("/v1.0/users").status, 503);
  EXPECT_EQ(server.get("/v1.0/users").status, 200);
  EXPECT_EQ(server.get("/t/other/v1.0/users").status, 503);
  EXPECT_EQ(server.send("POST", "/__admin/reset/scenarios").status, 204);
  EXPECT_EQ(server.get("/v1.0/users").status, 503);
}

TEST_F(CannedAnswers, ThatAreWrongKeepTheServerFromStarting) {
  const auto with = canned("{\"rules\": [\n{\"response\": {\"bodyFileName\": \"../x\"}}]}");
  EXPECT_EQ(problems(with), (fixtures.path() / "operations.json").string() +
                                ":2: there is no file '../x' in the folder of scenarios\n");
}

}  // namespace
}  // namespace graphmock
