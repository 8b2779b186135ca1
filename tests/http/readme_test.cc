// What README.md shows is true: its commands run and answer as printed, its JSON is what the
// server takes.
#include "support/readme.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "scenario/script_reader.h"
#include "store/fixtures.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

TEST(Readme, CommandsAnswerAsPrinted) {
  const support::TestServer server;
  const auto blocks = support::readme_blocks(server.origin());
  size_t commands = 0, answers = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].info != "sh") continue;
    ++commands;
    const auto output = support::run_command("set -e\n" + blocks[i].text);
    EXPECT_EQ(output.exit_code, 0) << blocks[i].text;
    if (i + 1 == blocks.size() || blocks[i + 1].info != "json") continue;
    ++answers;
    // Of several commands the last one's answer is printed.
    const auto start = output.text.rfind("{\"@odata.context\"");
    ASSERT_NE(start, std::string::npos) << output.text;
    EXPECT_EQ(base::parse_json(output.text.substr(start)), base::parse_json(blocks[i + 1].text));
  }
  EXPECT_GE(commands, 4u);
  EXPECT_GE(answers, 2u);
}

TEST(Readme, ThrottledUpdateIsShownAsItSays) {
  const support::TestServer server;
  for (const auto& block : support::readme_blocks(server.origin())) {
    if (block.info != "sh" || block.text.find("throttle-updates") == std::string::npos) continue;
    const auto output = support::run_command(block.text).text;
    EXPECT_NE(output.find("429 Too Many Requests"), std::string::npos) << output;
    EXPECT_NE(output.find("Retry-After: 2"), std::string::npos) << output;
    return;
  }
  FAIL() << "README no longer shows a throttled update";
}

TEST(Readme, ScenarioIsOneThatTheServerTakes) {
  for (const auto& block : support::readme_blocks()) {
    if (block.info != "json scenario") continue;
    base::LoadErrors errors;
    EXPECT_TRUE(scenario::read_script("readme", "README.md", block.text, {}, errors));
    for (const auto& error : errors) ADD_FAILURE() << error.text();
    for (const std::string field : {"description",
                                    "rules",
                                    "name",
                                    "priority",
                                    "request",
                                    "method",
                                    "version",
                                    "path",
                                    "type",
                                    "operation",
                                    "query",
                                    "headers",
                                    "body",
                                    "requiredScenarioState",
                                    "newScenarioState",
                                    "calls",
                                    "from",
                                    "to",
                                    "every",
                                    "probability",
                                    "phase",
                                    "response",
                                    "responses",
                                    "rateLimit",
                                    "limit",
                                    "windowSeconds",
                                    "cost",
                                    "by",
                                    "consistencyLag",
                                    "milliseconds",
                                    "reads",
                                    "status",
                                    "error",
                                    "jsonBody",
                                    "bodyFileName",
                                    "serve",
                                    "fixedDelayMilliseconds",
                                    "delayDistribution",
                                    "chunkedDribbleDelay",
                                    "fault"}) {
      EXPECT_NE(block.text.find('"' + field + "\":"), std::string::npos) << field;
    }
    return;
  }
  FAIL() << "README no longer shows a scenario";
}

TEST(Readme, FixtureIsOneThatTheServerTakes) {
  for (const auto& block : support::readme_blocks()) {
    if (!block.info.starts_with("json fixture=")) continue;
    const support::TemporaryFolder folder;
    folder.write(block.info.substr(std::string("json fixture=").size()), block.text);
    auto options = support::shipped_options();
    options.fixtures = folder.path();
    const support::TestServer server(options);
    EXPECT_EQ(support::at(server.get("/v1.0/users/6e7b768e-07e2-4810-8459-485f84f8f204/manager"),
                          "/displayName"),
              R"("Alex Wilber")");
    return;
  }
  FAIL() << "README no longer shows a fixture file";
}

TEST(Readme, FixtureDocumentIsOneThatTheServerTakes) {
  for (const auto& block : support::readme_blocks("http://x")) {
    if (block.info != "json document") continue;
    const support::TemporaryFolder folder;
    auto options = support::shipped_options();
    options.fixtures = folder.write("state.json", block.text);
    const support::TestServer server(options);
    EXPECT_EQ(support::at(server.get("/v1.0/groups/g1/members"), "/value/0/displayName"),
              R"("Una")");
    EXPECT_EQ(server.get("/v1.0/users/u1/photo/$value").header("Content-Type"), "image/png");
    return;
  }
  FAIL() << "README no longer shows a fixture document";
}

TEST(Readme, NamesEveryOptionOfTheProgram) {
  std::ifstream file(GRAPHMOCK_TEST_SOURCE_DIR "/README.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const std::string option :
       {"--host",     "--port",          "--port-file",  "--fixtures",    "--scenarios",
        "--metadata", "--scenario",      "--auth",       "--permissions", "--tls",
        "--tls-port", "--tls-port-file", "--tls-cert",   "--tls-key",     "--tls-dir",
        "--enums",    "--seed",          "--allow-host", "--admin-token", "--memory-limit"}) {
    EXPECT_NE(text.str().find("`" + option), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace graphmock
