// What README.md and the pages of docs/ show is true: their commands run and answer as printed,
// their JSON is what the server takes.
#include "support/readme.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "scenario/script_reader.h"
#include "store/fixtures.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

// JSON that is not of a kind of its own is what the commands right before it answer.
bool is_answer(const std::vector<support::ReadmeBlock>& blocks, size_t at) {
  return blocks[at].info == "json" && at > 0 && blocks[at - 1].info == "sh" &&
         blocks[at - 1].page == blocks[at].page;
}

// Whoever adds a kind of block adds the test that holds it to its word.
TEST(Readme, HasNoBlockThatNoTestTries) {
  const auto blocks = support::readme_blocks();
  std::map<std::string, int> kinds;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto& info = blocks[i].info;
    // tests/style/readme_clients_test.cc looks at what is shown of clients.
    if (info == "sh" || is_answer(blocks, i) || info.find(" client=") != std::string::npos)
      continue;
    ++kinds[info.substr(0, info.find('='))];
  }
  const std::map<std::string, int> expected = {
      {"cpp test", 1},      {"python test", 1},  {"javascript test", 1}, {"json scenario", 1},
      {"json document", 1}, {"json fixture", 1}, {"json facts", 1}};
  EXPECT_EQ(kinds, expected);
}

TEST(Readme, CommandsAnswerAsPrinted) {
  const support::TestServer server;
  const auto blocks = support::readme_blocks(server.origin());
  size_t commands = 0, answers = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].info != "sh") continue;
    ++commands;
    const auto output = support::run_command("set -e\n" + blocks[i].text);
    EXPECT_EQ(output.exit_code, 0) << blocks[i].text;
    if (i + 1 == blocks.size() || !is_answer(blocks, i + 1)) continue;
    ++answers;
    // Of several commands the last one's answer is printed.
    const auto start = output.text.rfind("{\"@odata.context\"");
    ASSERT_NE(start, std::string::npos) << output.text;
    EXPECT_EQ(base::parse_json(output.text.substr(start)), base::parse_json(blocks[i + 1].text));
  }
  EXPECT_GE(commands, 7u);
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
  FAIL() << "no page shows a throttled update any more";
}

TEST(Readme, ScenarioIsOneThatTheServerTakes) {
  for (const auto& block : support::readme_blocks()) {
    if (block.info != "json scenario") continue;
    base::LoadErrors errors;
    EXPECT_TRUE(scenario::read_script("readme", block.page, block.text, {}, errors));
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
  FAIL() << "no page shows a scenario any more";
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
  FAIL() << "no page shows a fixture file any more";
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
  FAIL() << "no page shows a fixture document any more";
}

TEST(Readme, NamesEveryOptionOfTheProgram) {
  const auto text = support::readme_text("docs/program.md");
  for (const std::string option : {"--host",        "--port",
                                   "--port-file",   "--fixtures",
                                   "--scenarios",   "--metadata",
                                   "--scenario",    "--auth",
                                   "--permissions", "--tls",
                                   "--tls-port",    "--tls-port-file",
                                   "--tls-cert",    "--tls-key",
                                   "--tls-dir",     "--enums",
                                   "--seed",        "--allow-host",
                                   "--admin-token", "--memory-limit",
                                   "--facts",       "--request-time-limit"}) {
    EXPECT_NE(text.find("`" + option), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace graphmock
