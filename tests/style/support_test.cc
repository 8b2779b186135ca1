// Every row of docs/support.md names tests that prove it, and these are there. Whether they prove
// what the row says nobody but a reader can tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
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

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Takes an identifier and the `end` behind it off `text`, white space around both; empty when
// something else stands there.
std::string take_name(std::string_view& text, char end) {
  const auto skip_space = [&text] {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text[0])))
      text.remove_prefix(1);
  };
  skip_space();
  size_t size = 0;
  while (size < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[size])) || text[size] == '_')) {
    ++size;
  }
  std::string name(text.substr(0, size));
  text.remove_prefix(size);
  skip_space();
  if (!text.starts_with(end)) return {};
  text.remove_prefix(1);
  return name;
}

// The tests that a source declares, as "Suite.Test".
void add_tests(std::string_view source, std::set<std::string>& tests) {
  while (!source.empty()) {
    auto line = source;  // and all behind it, as a declaration may go on there
    for (const std::string_view macro : {"TEST(", "TEST_F(", "TEST_P("}) {
      if (!line.starts_with(macro)) continue;
      line.remove_prefix(macro.size());
      const auto suite = take_name(line, ',');
      const auto test = take_name(line, ')');
      if (!suite.empty() && !test.empty()) tests.insert(suite + "." + test);
      break;
    }
    const auto end = source.find('\n');
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
  }
}

std::set<std::string> all_tests() {
  std::set<std::string> tests;
  for (const auto& entry : fs::recursive_directory_iterator(support::project_file("tests"))) {
    if (entry.path().extension() != ".cc") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    add_tests(text.str(), tests);
  }
  return tests;
}

// The cells of a row "| a | b \| c |".
std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '|' && (i == 0 || row[i - 1] != '\\')) {
      cells.emplace_back();
    } else if (!cells.empty()) {
      cells.back() += row[i];
    }
  }
  // Nothing stands behind the last bar.
  if (!cells.empty()) cells.pop_back();
  for (auto& cell : cells) {
    const auto begin = cell.find_first_not_of(' ');
    cell = begin == std::string::npos ? ""
                                      : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1);
  }
  return cells;
}

// What stands between `backticks`.
std::vector<std::string> quoted_in(std::string_view cell) {
  std::vector<std::string> names;
  for (size_t at = 0; (at = cell.find('`', at)) != std::string_view::npos;) {
    const auto end = cell.find('`', at + 1);
    if (end == std::string_view::npos) break;
    names.emplace_back(cell.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return names;
}

struct Finding {
  size_t rows = 0;
  std::vector<std::string> problems;
};

// Of the page's tables: a head, a line of dashes, rows.
Finding look_at(const std::string& page, const std::set<std::string>& tests) {
  Finding finding;
  std::istringstream lines(page);
  size_t place = 0;  // within a table, from 1 on
  size_t width = 0;
  for (std::string line; std::getline(lines, line);) {
    place = line.starts_with('|') ? place + 1 : 0;
    if (place == 0 || place == 2) continue;
    const auto cells = cells_of(line);
    const auto last = cells.empty() ? "" : cells.back();
    if (place == 1) {
      width = cells.size();
      if (last != "proved by") finding.problems.push_back("no column 'proved by': " + line);
      continue;
    }
    ++finding.rows;
    const auto& row = cells.empty() ? line : cells.front();
    if (cells.size() != width) finding.problems.push_back(row + " has not the columns of its head");
    const auto names = quoted_in(last);
    if (names.empty()) finding.problems.push_back(row + " names no test");
    for (const auto& name : names) {
      if (!tests.contains(name)) finding.problems.push_back(row + " names no test by " + name);
    }
  }
  return finding;
}

TEST(SupportMatrix, IsProvedByTestsThatAreThere) {
  const auto finding = look_at(support::readme_text("docs/support.md"), all_tests());
  EXPECT_THAT(finding.problems, IsEmpty());
  EXPECT_GE(finding.rows, 30u);
}

TEST(SupportMatrix, WouldTellWhatIsNotProved) {
  const std::set<std::string> tests = {"A.Works", "B.Works"};
  const auto finding = look_at(
      "| area | works | proved by |\n"
      "|---|---|---|\n"
      "| one | `a\\|b` | `A.Works`, `B.Works` |\n"
      "| two | `A.Works` | |\n"
      "| three | all | `A.Works`, `A.Gone` |\n"
      "| four | `A.Works` |\n"
      "\n"
      "| area | works |\n"
      "|---|---|\n"
      "| five | `A.Works` |\n",
      tests);
  EXPECT_EQ(finding.rows, 5u);
  EXPECT_THAT(finding.problems, ElementsAre("two names no test", "three names no test by A.Gone",
                                            "four has not the columns of its head",
                                            "no column 'proved by': | area | works |"));
}

TEST(SupportMatrix, KnowsATestHoweverItIsWritten) {
  std::set<std::string> tests;
  add_tests(
      "TEST(A, One) {}\nTEST_F(B,\n       Two) {\n}\nTEST_P( C , Three ) {}\n"
      "  TEST(D, Within) {}\n// TEST(E, Not) {}\nTESTS(F, Not) {}\nTEST(G) {}\n",
      tests);
  EXPECT_THAT(tests, UnorderedElementsAre("A.One", "B.Two", "C.Three"));
}

}  // namespace
}  // namespace graphmock::style
