// The tests that README.md and docs/testing.md show, one a language, pass as they stand there.
#include <gtest/gtest.h>

#include "support/readme.h"
#include "support/temporary_folder.h"
#include "support/test_name.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

struct Example {
  std::string name;        // "LANGUAGE test" stands behind its fence
  std::string file;        // what it is called
  std::string program;     // that runs it; none: it was built with this test
  std::string one_passed;  // what is printed then
};

class ReadmeExample : public testing::TestWithParam<Example> {
 protected:
  // How to run it; empty when this system lacks the program.
  std::string command() const {
    const auto& example = GetParam();
    if (example.program.empty()) return GRAPHMOCK_README_CPP_TEST;
    if (support::run_command("command -v " + example.program).exit_code != 0) return "";
    for (const auto& block : support::readme_blocks()) {
      if (block.info != example.name + " test") continue;
      return example.program + " " + folder_.write(example.file, block.text).string();
    }
    ADD_FAILURE() << "no page shows a test any more in " << example.name;
    return "";
  }

  static support::CommandOutput run(const std::string& command, const support::TestServer& server) {
    // A proxy that the system has for the world must not be asked for it.
    return support::run_command(
        "env -u GTEST_TOTAL_SHARDS -u GTEST_SHARD_INDEX no_proxy=127.0.0.1 GRAPHMOCK_URL=" +
        server.origin() + " " + command + " 2>&1");
  }

 private:
  const support::TemporaryFolder folder_;
};

TEST_P(ReadmeExample, PassesAndLeavesNothingBehind) {
  const auto command = this->command();
  if (command.empty()) GTEST_SKIP() << GetParam().program << " is not installed here";
  const support::TestServer server;
  const auto output = run(command, server);
  EXPECT_EQ(output.exit_code, 0) << output.text;
  EXPECT_NE(output.text.find(GetParam().one_passed), std::string::npos) << output.text;
  EXPECT_EQ(server.get("/__admin/tenants").body.find("throttled-"), std::string::npos);
}

TEST_P(ReadmeExample, FailsWhereThereIsNoSuchScenario) {
  const auto command = this->command();
  if (command.empty()) GTEST_SKIP() << GetParam().program << " is not installed here";
  const support::TemporaryFolder no_scenarios;
  auto options = support::shipped_options();
  options.scenarios = no_scenarios.path();
  const support::TestServer server(options);
  EXPECT_NE(run(command, server).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, ReadmeExample,
    testing::Values(Example{"cpp", "", "", "[  PASSED  ] 1 test"},
                    Example{"python", "throttled_test.py", "python3", "Ran 1 test"},
                    Example{"javascript", "throttled.test.mjs", "node", "pass 1"}),
    support::RowName());

}  // namespace
}  // namespace graphmock
