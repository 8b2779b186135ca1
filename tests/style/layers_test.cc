// The rules that DESIGN and CONTRIBUTING state about the sources of the server, as tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace graphmock::style {
namespace {

namespace fs = std::filesystem;

// A file includes only files of its own folder and of those left of it.
constexpr std::array<std::string_view, 13> kLayers = {
    "base",     "http",  "auth",   "model",  "facts", "odata", "store",
    "scenario", "graph", "tenant", "issuer", "admin", "app"};

struct Source {
  std::string path;    // "server/base/json.cc"
  std::string folder;  // "base"; empty for main.cc
  std::string text;
  std::vector<std::string> lines;

  std::string at(size_t line) const { return path + ":" + std::to_string(line + 1); }
};

Source read_source(const fs::path& root, const fs::path& file) {
  Source source;
  const auto relative = file.lexically_relative(root);
  source.path = (fs::path("server") / relative).generic_string();
  if (relative.has_parent_path()) source.folder = relative.begin()->string();
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  source.text = text.str();
  std::istringstream lines(source.text);
  for (std::string line; std::getline(lines, line);) source.lines.push_back(line);
  return source;
}

const std::vector<Source>& sources() {
  static const auto all = [] {
    std::vector<Source> found;
    const auto root = fs::path(GRAPHMOCK_TEST_SOURCE_DIR) / "server";
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      const auto extension = entry.path().extension();
      if (extension == ".h" || extension == ".cc") found.push_back(read_source(root, entry.path()));
    }
    std::sort(found.begin(), found.end(),
              [](const Source& a, const Source& b) { return a.path < b.path; });
    return found;
  }();
  return all;
}

// Nothing for a folder that is no layer.
std::optional<size_t> layer_of(std::string_view folder) {
  const auto found = std::find(kLayers.begin(), kLayers.end(), folder);
  if (found == kLayers.end()) return std::nullopt;
  return static_cast<size_t>(found - kLayers.begin());
}

// What stands between the quotes of an #include line; empty for any other.
std::string quoted_include(std::string_view line) {
  constexpr std::string_view kBegin = "#include \"";
  if (!line.starts_with(kBegin)) return {};
  line.remove_prefix(kBegin.size());
  return std::string(line.substr(0, line.find('"')));
}

TEST(Sources, AreThere) {
  EXPECT_GT(sources().size(), 50u);
}

TEST(Layers, HoldEverySource) {
  for (const auto& source : sources()) {
    if (source.path == "server/main.cc") continue;
    EXPECT_TRUE(layer_of(source.folder)) << source.path << " lies in no layer";
  }
}

TEST(Layers, AreIncludedDownwardsOnly) {
  for (const auto& source : sources()) {
    // main.cc stands above all layers.
    const auto own = source.folder.empty() ? kLayers.size() : layer_of(source.folder).value_or(0);
    for (size_t i = 0; i < source.lines.size(); ++i) {
      const auto included = quoted_include(source.lines[i]);
      if (included.empty()) continue;
      const auto slash = included.find('/');
      ASSERT_NE(slash, std::string::npos)
          << source.at(i) << ": \"" << included << "\" is included without its folder";
      const auto other = layer_of(included.substr(0, slash));
      ASSERT_TRUE(other) << source.at(i) << ": " << included << " lies in no layer";
      EXPECT_LE(*other, own) << source.at(i) << ": " << source.folder << " includes " << included;
    }
  }
}

TEST(Layers, IncludeFilesThatAreThere) {
  const auto root = fs::path(GRAPHMOCK_TEST_SOURCE_DIR) / "server";
  for (const auto& source : sources()) {
    for (size_t i = 0; i < source.lines.size(); ++i) {
      const auto included = quoted_include(source.lines[i]);
      EXPECT_TRUE(included.empty() || fs::exists(root / included)) << source.at(i);
    }
  }
}

TEST(Layers, HaveOneFolderThatKnowsTheHttpLibrary) {
  std::vector<std::string> users;
  for (const auto& source : sources()) {
    const bool uses = std::any_of(source.lines.begin(), source.lines.end(), [](const auto& line) {
      return line.starts_with("#include") && line.find("httplib") != std::string::npos;
    });
    if (!uses) continue;
    users.push_back(source.path);
    EXPECT_EQ(source.folder, "http") << source.path << " includes the HTTP library";
  }
  EXPECT_FALSE(users.empty());
  // The library stays out of headers that others include; tests, too, need not know it.
  const std::vector<std::string> allowed{"server/http/acceptor.cc", "server/http/client.cc",
                                         "server/http/httplib_compat.h"};
  for (const auto& user : users) {
    EXPECT_NE(std::find(allowed.begin(), allowed.end(), user), allowed.end())
        << user << " is new among those that include the HTTP library";
  }
}

TEST(Layers, HaveOneFolderThatKnowsXmlAndOneThatKnowsTheCommandLine) {
  for (const auto& source : sources()) {
    for (size_t i = 0; i < source.lines.size(); ++i) {
      const std::string_view line = source.lines[i];
      if (!line.starts_with("#include <")) continue;
      const bool is_xml = line.find("pugixml") != line.npos;
      const bool is_command_line = line.find("CLI/") != line.npos;
      EXPECT_TRUE(!is_xml || source.folder == "model") << source.at(i);
      EXPECT_TRUE(!is_command_line || source.folder == "app") << source.at(i);
    }
  }
}

// What is staged anywhere else would go past the rules that all entities have in common.
TEST(Layers, HaveOneDoorForWrites) {
  std::vector<std::string> doors;
  for (const auto& source : sources()) {
    const bool has_one = source.text.find("Store::Write") != std::string::npos;
    if (source.folder == "graph" && has_one) doors.push_back(source.path);
  }
  EXPECT_EQ(doors, std::vector<std::string>{"server/graph/transaction.h"});
}

TEST(Sources, AreOfAReadableLength) {
  for (const auto& source : sources()) EXPECT_LE(source.lines.size(), 500u) << source.path;
}

TEST(Sources, HaveShortLinesWithoutTabs) {
  for (const auto& source : sources()) {
    for (size_t i = 0; i < source.lines.size(); ++i) {
      const auto& line = source.lines[i];
      const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // characters, not bytes
      });
      EXPECT_LE(columns, 100) << source.at(i);
      EXPECT_EQ(line.find('\t'), std::string::npos) << source.at(i) << " has a tab";
      EXPECT_EQ(line.find('\r'), std::string::npos) << source.at(i) << " has a carriage return";
      EXPECT_FALSE(line.ends_with(' ')) << source.at(i) << " ends in a blank";
    }
    EXPECT_TRUE(source.text.ends_with('\n')) << source.path << " lacks its last line feed";
  }
}

TEST(Sources, AreInTheNamespaceOfTheirFolder) {
  for (const auto& source : sources()) {
    if (source.folder.empty()) continue;
    const auto name = "namespace graphmock::" + source.folder;
    EXPECT_NE(source.text.find(name + " {"), std::string::npos) << source.path << " lacks " << name;
    EXPECT_NE(source.text.find("}  // " + name), std::string::npos)
        << source.path << " does not close " << name;
  }
}

TEST(Sources, HaveHeadersThatAreReadOnce) {
  for (const auto& source : sources()) {
    if (!source.path.ends_with(".h")) continue;
    EXPECT_EQ(std::count(source.lines.begin(), source.lines.end(), "#pragma once"), 1)
        << source.path;
  }
}

TEST(Sources, HaveHeadersThatSayWhatTheyAre) {
  for (const auto& source : sources()) {
    if (!source.path.ends_with(".h")) continue;
    ASSERT_FALSE(source.lines.empty()) << source.path;
    EXPECT_TRUE(source.lines[0].starts_with("// ")) << source.path << " opens without a comment";
    size_t lines = 0;
    while (lines < source.lines.size() && source.lines[lines].starts_with("//")) ++lines;
    EXPECT_LE(lines, 10u) << source.path << " opens with more than a few sentences";
  }
}

TEST(Sources, IncludeTheirOwnHeaderFirst) {
  for (const auto& source : sources()) {
    if (!source.path.ends_with(".cc")) continue;
    auto header = source.path.substr(std::string_view("server/").size());
    header.replace(header.size() - 2, 2, "h");
    if (!fs::exists(fs::path(GRAPHMOCK_TEST_SOURCE_DIR) / "server" / header)) continue;
    const auto first = std::find_if(source.lines.begin(), source.lines.end(),
                                    [](const auto& line) { return line.starts_with("#include"); });
    ASSERT_NE(first, source.lines.end()) << source.path;
    EXPECT_EQ(quoted_include(*first), header) << source.path;
  }
}

TEST(Sources, HaveNamesInSnakeCase) {
  for (const auto& source : sources()) {
    for (const char c : fs::path(source.path).filename().string()) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.')
          << source.path;
    }
  }
}

TEST(Sources, DoWithoutWhatTheProjectDoesWithout) {
  constexpr std::string_view kBanned[] = {"std::regex",
                                          "<regex>",
                                          "using namespace std",
                                          "TODO",
                                          "FIXME",
                                          "XXX",
                                          "std::async",
                                          " rand()",
                                          "strcpy(",
                                          "sprintf(",
                                          "std::cout <<",
                                          "const_cast",
                                          "reinterpret_cast<const char *>"};
  // sprintf( is also the end of snprintf(, which is fine; std::cout is for the program alone.
  for (const auto& source : sources()) {
    for (size_t i = 0; i < source.lines.size(); ++i) {
      for (const auto word : kBanned) {
        const auto place = source.lines[i].find(word);
        if (place == std::string::npos) continue;
        const bool is_snprintf =
            word == "sprintf(" && place >= 1 && source.lines[i][place - 1] == 'n';
        const bool is_program =
            word == "std::cout <<" && (source.folder == "app" || source.folder.empty());
        EXPECT_TRUE(is_snprintf || is_program) << source.at(i) << " has " << word;
      }
    }
  }
}

}  // namespace
}  // namespace graphmock::style
