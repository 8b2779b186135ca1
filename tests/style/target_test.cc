// A request's target is taken apart once: two readers of one text have disagreed before, and one of
// them ended the process.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace graphmock::style {
namespace {

namespace fs = std::filesystem;

// The sources that hold the text, but for those that define it.
std::set<std::string> holders_of(std::string_view text) {
  std::set<std::string> holders;
  const auto root = fs::path(GRAPHMOCK_TEST_SOURCE_DIR) / "server";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const auto path = entry.path().lexically_relative(root).generic_string();
    if (path.starts_with("http/target.") || path.starts_with("http/url.")) continue;
    std::stringstream source;
    source << std::ifstream(entry.path()).rdbuf();
    if (source.str().find(text) != std::string::npos) holders.insert(path);
  }
  return holders;
}

using Holders = std::set<std::string>;

// Where a request comes from: the wire, a batch, the journal, the token service's own questions.
TEST(Target, IsReadWhereARequestBegins) {
  EXPECT_EQ(holders_of("Target::read("), (Holders{"graph/batch.cc", "http/request_reader.cc",
                                                  "tenant/journal.cc", "tenant/tenant.cc"}));
}

// The journal's record, and a message.
TEST(Target, IsShownAsItWasSentAndNotReadAgain) {
  EXPECT_EQ(holders_of("as_sent()"), (Holders{"admin/api.cc", "tenant/tenant.cc"}));
}

// URLs in bodies are no targets.
TEST(Target, IsNotReadAsAUrl) {
  EXPECT_EQ(holders_of("parse_url("), (Holders{"odata/path.cc"}));
  EXPECT_EQ(holders_of("path_and_query("), Holders());
}

}  // namespace
}  // namespace graphmock::style
