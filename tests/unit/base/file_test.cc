#include "base/file.h"

#include <gtest/gtest.h>

#include <string>

#include "base/load_error.h"
#include "support/temporary_folder.h"

namespace graphmock::base {
namespace {

TEST(ReadFile, GivesEveryByte) {
  const support::TemporaryFolder folder;
  std::string bytes;
  for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c);
  LoadErrors errors;
  EXPECT_EQ(read_file(folder.write("bytes", bytes), errors), bytes);
  EXPECT_EQ(read_file(folder.write("empty", ""), errors), "");
  EXPECT_TRUE(errors.empty());
}

TEST(ReadFile, TakesAByteOrderMarkOff) {
  const support::TemporaryFolder folder;
  LoadErrors errors;
  EXPECT_EQ(read_file(folder.write("marked", "\xEF\xBB\xBF{}"), errors), "{}");
  EXPECT_EQ(read_file(folder.write("inside", "{\xEF\xBB\xBF}"), errors), "{\xEF\xBB\xBF}");
}

TEST(ReadFile, SaysWhichFileCannotBeRead) {
  const support::TemporaryFolder folder;
  LoadErrors errors;
  EXPECT_EQ(read_file(folder.path() / "missing", errors), std::nullopt);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].file, (folder.path() / "missing").string());
  EXPECT_EQ(errors[0].line, 0u);
  EXPECT_NE(errors[0].what.find("No such file"), std::string::npos) << errors[0].what;
}

TEST(ReadFile, RefusesAFolder) {
  const support::TemporaryFolder folder;
  LoadErrors errors;
  EXPECT_EQ(read_file(folder.path(), errors), std::nullopt);
  EXPECT_EQ(errors.size(), 1u);
}

TEST(ReadFile, AddsToTheErrorsThatAreThere) {
  const support::TemporaryFolder folder;
  LoadErrors errors{{"other.json", 3, "earlier"}};
  read_file(folder.path() / "missing", errors);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].what, "earlier");
}

TEST(LoadError, ReadsAsFileLineAndWhat) {
  EXPECT_EQ((LoadError{"users.json", 12, "is wrong"}.text()), "users.json:12: is wrong");
  EXPECT_EQ((LoadError{"users.json", 0, "is missing"}.text()), "users.json: is missing");
}

}  // namespace
}  // namespace graphmock::base
