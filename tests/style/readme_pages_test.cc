// README.md is short and leads to all other pages, and no page leads to where there is nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/project_data.h"
#include "support/readme.h"

namespace graphmock::style {
namespace {

namespace fs = std::filesystem;

// The lines of a page that are no code.
std::vector<std::string> prose_of(const fs::path& page) {
  std::istringstream lines(support::readme_text(page));
  std::vector<std::string> prose;
  bool is_code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) is_code = !is_code;
    if (!is_code) prose.push_back(line);
  }
  return prose;
}

// As GitHub makes them of headings: lower case, dashes for blanks, without what is neither.
std::set<std::string> anchors_of(const fs::path& page) {
  std::set<std::string> anchors;
  for (const auto& line : prose_of(page)) {
    if (!line.starts_with('#')) continue;
    std::string anchor;
    for (const char c : line.substr(line.find_first_not_of("# "))) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == ' ') anchor += '-';
      if (std::isalnum(byte) || c == '-' || c == '_')
        anchor += static_cast<char>(std::tolower(byte));
    }
    anchors.insert(anchor);
  }
  return anchors;
}

// What its links lead to, those to other hosts left out.
std::vector<std::string> links_of(const fs::path& page) {
  std::vector<std::string> links;
  for (const auto& line : prose_of(page)) {
    for (size_t at = 0; (at = line.find("](", at)) != std::string::npos;) {
      at += 2;
      const auto link = line.substr(at, line.find(')', at) - at);
      if (link.find("://") == std::string::npos) links.push_back(link);
    }
  }
  return links;
}

TEST(ReadmePages, BeginWithOneOfTwoScreens) {
  const auto text = support::readme_text("README.md");
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 160);
}

TEST(ReadmePages, AreAllNamedByTheFirst) {
  const auto text = support::readme_text("README.md");
  const auto pages = support::readme_pages();
  EXPECT_GE(pages.size(), 10u);
  for (const auto& page : pages) {
    if (page == "README.md") continue;
    EXPECT_NE(text.find("](" + page.generic_string() + ")"), std::string::npos) << page;
  }
}

TEST(ReadmePages, LeadToWhatIsThere) {
  auto pages = support::readme_pages();
  for (const std::string other :
       {"CONTRIBUTING.md", "bench/README.md", "bench/RESULTS.md", "fixtures/README.md",
        "scenarios/README.md", "server/README.md"}) {
    pages.push_back(other);
  }
  size_t links = 0;
  for (const auto& page : pages) {
    for (const auto& link : links_of(page)) {
      ++links;
      const auto hash = std::min(link.find('#'), link.size());
      const auto target =
          hash == 0 ? page : (page.parent_path() / link.substr(0, hash)).lexically_normal();
      ASSERT_TRUE(fs::exists(support::project_file(target))) << page << " leads to " << link;
      if (hash == link.size()) continue;
      EXPECT_TRUE(anchors_of(target).contains(link.substr(hash + 1)))
          << page << " leads to " << link;
    }
  }
  EXPECT_GE(links, 50u);
}

}  // namespace
}  // namespace graphmock::style
