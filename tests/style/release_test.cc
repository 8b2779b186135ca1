// What a release is built with, as the build tool has it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "base/json.h"
#include "support/temporary_folder.h"

namespace graphmock::style {
namespace {

struct Output {
  int status = -1;
  std::string text;
};

Output run(const std::string& command) {
  Output output;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.text.append(buffer.data(), size);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) output.status = WEXITSTATUS(status);
  return output;
}

std::string text_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(Release, IsHardened) {
  if (run("cmake --version").status != 0) GTEST_SKIP() << "there is no cmake to ask";
  const support::TemporaryFolder folder;
  const auto configured = run("cd '" GRAPHMOCK_TEST_SOURCE_DIR "' && cmake --preset release -B '" +
                              folder.path().string() + "'");
  ASSERT_EQ(configured.status, 0) << configured.text;
  const auto commands = base::parse_json(text_of(folder.path() / "compile_commands.json"));
  ASSERT_GT(commands.as_array().size(), 100u);
  for (const auto& one : commands.as_array()) {
    const auto command = base::text_of(&one.at("command"));
    for (const std::string_view flag : {" -fstack-protector-strong ", " -D_FORTIFY_SOURCE=3 ",
                                        " -D_GLIBCXX_ASSERTIONS ", " -fPIE ", " -O2 "}) {
      ASSERT_NE((" " + std::string(command) + " ").find(flag), std::string::npos)
          << flag << command;
    }
  }
  const auto build = text_of(folder.path() / "build.ninja");
  const auto program = build.find("\nbuild graphmock: ");
  ASSERT_NE(program, std::string::npos);
  const auto linked = build.substr(program, build.find("\n\n", program) - program);
  for (const std::string_view flag : {"-pie", "-Wl,-z,relro", "-Wl,-z,now"}) {
    EXPECT_NE(linked.find(flag), std::string::npos) << flag << linked;
  }
}

}  // namespace
}  // namespace graphmock::style
