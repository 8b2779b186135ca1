// The files that the project ships beside its sources: complete, named by one another, and without
// anything of somebody else's.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "model/primitive.h"
#include "support/project_data.h"

namespace graphmock::style {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<fs::path> files_below(const std::string& folder, std::string_view extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(support::project_file(folder))) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  return files;
}

TEST(Scenarios, SayWhatTheyAreFor) {
  const auto files = files_below("scenarios", ".json");
  EXPECT_FALSE(files.empty());
  for (const auto& file : files) {
    const auto root = base::parse_json(text_of(file), base::JsonSyntax::Relaxed);
    const auto* description = base::at_pointer(root, "/description");
    ASSERT_NE(description, nullptr) << file;
    ASSERT_TRUE(description->is_string()) << file;
    EXPECT_GE(description->as_string().size(), 20u) << file;
    EXPECT_FALSE(root.at("rules").as_array().empty()) << file;
    for (const auto& rule : root.at("rules").as_array()) {
      EXPECT_TRUE(rule.as_object().contains("name"))
          << file << ": a rule that has a name is found in the state of its scenario";
    }
  }
}

TEST(Scenarios, AreNamedInLowerCaseWithDashes) {
  for (const auto& file : files_below("scenarios", ".json")) {
    for (const char c : file.stem().string()) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') << file;
    }
  }
}

TEST(FixtureFiles, AreEndedByALineFeedAndHaveNoTabs) {
  for (const auto& file : files_below("fixtures/contoso", ".json")) {
    const auto text = text_of(file);
    EXPECT_TRUE(text.ends_with('\n')) << file;
    EXPECT_EQ(text.find('\t'), std::string::npos) << file;
    EXPECT_EQ(text.find('\r'), std::string::npos) << file;
    EXPECT_TRUE(base::is_valid_utf8(text)) << file;
  }
}

// The ids that fixtures/README.md tells people to use.
TEST(FixtureFiles, HoldEveryIdOfTheReadme) {
  std::string all;
  for (const auto& file : files_below("fixtures/contoso", ".json")) all += text_of(file);
  std::istringstream lines(text_of(support::project_file("fixtures/README.md")));
  size_t ids = 0;
  for (std::string line; std::getline(lines, line);) {
    // "| what | `id`, `id` |" of the last column.
    const auto column = line.rfind(" | ");
    if (!line.starts_with("| ") || column == std::string::npos) continue;
    size_t at = column;
    while ((at = line.find('`', at)) != std::string::npos) {
      const auto end = line.find('`', at + 1);
      ASSERT_NE(end, std::string::npos) << line;
      const auto id = line.substr(at + 1, end - at - 1);
      at = end + 1;
      if (!model::is_guid(id) && id.size() < 20) continue;
      ++ids;
      EXPECT_NE(all.find("\"" + id + "\""), std::string::npos) << "no fixture holds " << id;
    }
  }
  EXPECT_GE(ids, 10u);
}

TEST(FixtureFiles, HoldMadeUpAddressesOnly) {
  for (const auto& file : files_below("fixtures/contoso", ".json")) {
    const auto text = text_of(file);
    size_t at = 0;
    while ((at = text.find('@', at + 1)) != std::string::npos) {
      const auto end = text.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", at + 1);
      const auto domain = text.substr(at + 1, end - at - 1);
      const bool is_annotation =
          domain.starts_with("odata.") || domain.starts_with("microsoft.graph");
      const bool is_made_up = domain.find("contoso") != std::string::npos ||
                              domain.find("fabrikam") != std::string::npos ||
                              domain.find("example.") != std::string::npos ||
                              domain.starts_with("thread.") || domain.starts_with("unq.gbl.");
      EXPECT_TRUE(is_annotation || is_made_up || domain.find('.') == std::string::npos)
          << file << " holds the domain " << domain;
    }
  }
}

}  // namespace
}  // namespace graphmock::style
