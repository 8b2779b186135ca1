// docs/sdks.md shows how each client is pointed at the server: the very files that the suites of
// tests/clients run.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "support/project_data.h"
#include "support/readme.h"

namespace graphmock::style {
namespace {

TEST(ReadmeClients, AreShownAsTheirSuitesConnect) {
  constexpr std::string_view kMark = " client=";
  std::map<std::string, std::string> shown;
  for (const auto& block : support::readme_blocks()) {
    const auto mark = block.info.find(kMark);
    if (mark != std::string::npos) shown[block.info.substr(mark + kMark.size())] = block.text;
  }
  const std::filesystem::path clients = support::project_file("tests/clients");
  size_t suites = 0;
  for (const auto& suite : std::filesystem::directory_iterator(clients)) {
    // A browser connects to whatever it is shown.
    if (!suite.is_directory() || suite.path().filename() == "browser") continue;
    ++suites;
    bool has_one = false;
    for (const auto& file : std::filesystem::directory_iterator(suite)) {
      if (!base::equals_ignoring_case(file.path().stem().string(), "connect")) continue;
      base::LoadErrors errors;
      const auto name = file.path().lexically_relative(clients).generic_string();
      EXPECT_EQ(base::read_file(file.path(), errors), shown[name]) << name;
      shown.erase(name);
      has_one = true;
    }
    EXPECT_TRUE(has_one) << suite.path();
  }
  EXPECT_GE(suites, 5u);
  for (const auto& [name, text] : shown) ADD_FAILURE() << name << " is no file of a suite";
}

}  // namespace
}  // namespace graphmock::style
