// What README.md shows is true: its commands run and answer as printed, its JSON is what the
// server takes.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "scenario/script_reader.h"
#include "store/fixtures.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

struct Block {
  std::string info;  // what stands behind the fence: "sh", "json", "json scenario"
  std::string text;
};

// The fenced blocks, with the address that README gives replaced by the server's.
std::vector<Block> blocks_of_readme(const std::string& origin) {
  std::ifstream file(GRAPHMOCK_TEST_SOURCE_DIR "/README.md");
  std::vector<Block> blocks;
  bool is_inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      is_inside = !is_inside;
      if (is_inside) blocks.push_back({line.substr(3), ""});
    } else if (is_inside) {
      for (size_t at; (at = line.find("http://localhost:8080")) != std::string::npos;) {
        line.replace(at, std::string("http://localhost:8080").size(), origin);
      }
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::string output_of(const std::string& command, int& exit_code) {
  const auto close = [&exit_code](std::FILE* file) { exit_code = ::pclose(file); };
  std::string output;
  {
    const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
    char buffer[4096];
    while (const size_t size = std::fread(buffer, 1, sizeof buffer, pipe.get())) {
      output.append(buffer, size);
    }
  }
  return output;
}

TEST(Readme, CommandsAnswerAsPrinted) {
  const support::TestServer server;
  const auto blocks = blocks_of_readme(server.origin());
  size_t commands = 0, answers = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].info != "sh") continue;
    ++commands;
    int exit_code = 0;
    const auto output = output_of("set -e\n" + blocks[i].text, exit_code);
    EXPECT_EQ(exit_code, 0) << blocks[i].text;
    if (i + 1 == blocks.size() || blocks[i + 1].info != "json") continue;
    ++answers;
    // Of several commands the last one's answer is printed.
    const auto start = output.rfind("{\"@odata.context\"");
    ASSERT_NE(start, std::string::npos) << output;
    EXPECT_EQ(base::parse_json(output.substr(start)), base::parse_json(blocks[i + 1].text));
  }
  EXPECT_GE(commands, 4u);
  EXPECT_GE(answers, 2u);
}

TEST(Readme, ThrottledUpdateIsShownAsItSays) {
  const support::TestServer server;
  for (const auto& block : blocks_of_readme(server.origin())) {
    if (block.info != "sh" || block.text.find("throttle-updates") == std::string::npos) continue;
    int exit_code = 0;
    const auto output = output_of(block.text, exit_code);
    EXPECT_NE(output.find("429 Too Many Requests"), std::string::npos) << output;
    EXPECT_NE(output.find("Retry-After: 2"), std::string::npos) << output;
    return;
  }
  FAIL() << "README no longer shows a throttled update";
}

TEST(Readme, ScenarioIsOneThatTheServerTakes) {
  for (const auto& block : blocks_of_readme("http://x")) {
    if (block.info != "json scenario") continue;
    base::LoadErrors errors;
    EXPECT_TRUE(scenario::read_script("readme", "README.md", block.text, {}, errors));
    for (const auto& error : errors) ADD_FAILURE() << error.text();
    return;
  }
  FAIL() << "README no longer shows a scenario";
}

TEST(Readme, FixtureIsOneThatTheServerTakes) {
  for (const auto& block : blocks_of_readme("http://x")) {
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
  for (const auto& block : blocks_of_readme("http://x")) {
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
       {"--host", "--port", "--port-file", "--fixtures", "--scenarios", "--metadata", "--scenario",
        "--auth", "--enums", "--seed", "--allow-host", "--admin-token"}) {
    EXPECT_NE(text.str().find("`" + option), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace graphmock
