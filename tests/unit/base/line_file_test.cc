#include "base/line_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace graphmock::base {
namespace {

using Blocks = std::vector<std::string>;

Blocks blocks_of(std::string_view text) {
  const support::TemporaryFolder folder;
  LoadErrors errors;
  LineFile file(folder.write("lines", text), errors);
  Blocks blocks;
  for (auto lines = file.next(); !lines.empty(); lines = file.next()) blocks.emplace_back(lines);
  EXPECT_TRUE(errors.empty());
  return blocks;
}

TEST(LineFile, GivesASmallFileInOne) {
  EXPECT_EQ(blocks_of(""), Blocks{});
  EXPECT_EQ(blocks_of("a\n\nb"), Blocks{"a\n\nb"});
}

TEST(LineFile, TakesAByteOrderMarkOff) {
  EXPECT_EQ(blocks_of("\xEF\xBB\xBF"
                      "a\n\xEF\xBB\xBF"),
            Blocks{"a\n\xEF\xBB\xBF"});
}

TEST(LineFile, CutsALargeOneBetweenLines) {
  std::string text;
  for (size_t i = 0; text.size() < 3 * LineFile::kBlockBytes; ++i) {
    text += std::to_string(i) + std::string(i % 1000, 'x') + '\n';
  }
  const auto blocks = blocks_of(text + "the last");
  ASSERT_GE(blocks.size(), 3u);
  std::string all;
  for (size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_LE(blocks[i].size(), LineFile::kBlockBytes);
    EXPECT_TRUE(blocks[i].ends_with('\n') || i + 1 == blocks.size());
    all += blocks[i];
  }
  EXPECT_TRUE(all == text + "the last");
}

TEST(LineFile, TakesALineLargerThanABlock) {
  const auto line = std::string(2 * LineFile::kBlockBytes + 7, 'x') + '\n';
  const auto blocks = blocks_of("a\n" + line + "b\n");
  std::string all;
  for (const auto& block : blocks) {
    EXPECT_TRUE(block.ends_with('\n'));
    all += block;
  }
  EXPECT_TRUE(all == "a\n" + line + "b\n");
}

TEST(LineFile, EndsExactlyAtTheEndOfABlock) {
  const auto text = std::string(LineFile::kBlockBytes - 1, 'x') + '\n';
  EXPECT_TRUE(blocks_of(text) == Blocks{text});
  EXPECT_TRUE(blocks_of(text + text) == (Blocks{text, text}));
}

TEST(LineFile, SaysWhichFileCannotBeRead) {
  const support::TemporaryFolder folder;
  for (const auto& path : {folder.path() / "missing", folder.path()}) {
    LoadErrors errors;
    LineFile file(path, errors);
    EXPECT_EQ(file.next(), "");
    EXPECT_EQ(file.next(), "");
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].file, path.string());
    EXPECT_TRUE(errors[0].what.starts_with("cannot be read: ")) << errors[0].what;
  }
}

}  // namespace
}  // namespace graphmock::base
