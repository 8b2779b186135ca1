#include "base/whole_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <sstream>

#include "support/temporary_folder.h"

namespace graphmock::base {
namespace {

namespace fs = std::filesystem;

class WholeFile : public testing::Test {
 protected:
  fs::path path(const std::string& name) const { return folder_.path() / name; }
  std::string text_of(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }
  size_t count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
  }

  const support::TemporaryFolder folder_;
};

TEST_F(WholeFile, IsMadeOrReplaced) {
  EXPECT_EQ(write_whole(path("a"), "one"), std::nullopt);
  EXPECT_EQ(text_of("a"), "one");
  EXPECT_EQ(write_whole(path("a"), "2", 0600), std::nullopt);
  EXPECT_EQ(text_of("a"), "2");
  EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(count(), 1u);
}

// Whoever has opened the old one goes on reading that.
TEST_F(WholeFile, IsNeverHalfOfTwo) {
  write_whole(path("a"), "old");
  std::ifstream open(path("a"));
  write_whole(path("a"), "new and longer");
  std::string text;
  open >> text;
  EXPECT_EQ(text, "old");
}

TEST_F(WholeFile, IsMadeThoughAnEarlierOneCameToNoEnd) {
  write_whole(path("other"), "safe");
  fs::create_symlink("other", path("a.part"));
  EXPECT_EQ(write_whole(path("a"), "one"), std::nullopt);
  EXPECT_EQ(text_of("a"), "one");
  EXPECT_EQ(text_of("other"), "safe");
}

TEST_F(WholeFile, IsWhereALinkLeads) {
  fs::create_directory(path("below"));
  fs::create_symlink("below/b", path("a"));
  fs::create_symlink(path("a"), path("first"));
  EXPECT_EQ(write_whole(path("first"), "one"), std::nullopt);
  EXPECT_EQ(write_whole(path("first"), "two"), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(path("first")) && fs::is_symlink(path("a")));
  EXPECT_FALSE(fs::is_symlink(path("below/b")));
  EXPECT_EQ(text_of("below/b"), "two");
}

TEST_F(WholeFile, LeavesAFolderASocketAndACircleOfLinksAlone) {
  fs::create_directory(path("folder"));
  EXPECT_EQ(write_whole(path("folder"), "x"), "Is a directory");
  EXPECT_TRUE(fs::is_directory(path("folder")));
  fs::create_symlink("circle", path("circle"));
  EXPECT_NE(write_whole(path("circle"), "x"), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(path("circle")));

  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path("socket").c_str(), sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_NE(write_whole(path("socket"), "x"), std::nullopt);
  EXPECT_TRUE(fs::is_socket(path("socket")));
  ::close(socket);
}

TEST_F(WholeFile, GoesIntoADevice) {
  ASSERT_TRUE(fs::is_character_file("/dev/null"));
  fs::create_symlink("/dev/null", path("a"));
  EXPECT_EQ(write_whole(path("a"), "x"), std::nullopt);
  EXPECT_EQ(write_whole("/dev/null", "x"), std::nullopt);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_NE(write_whole("/dev/full", "x"), std::nullopt);
}

TEST_F(WholeFile, GoesIntoAPipeThatSomebodyReads) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_NE(write_whole(path("pipe"), "x"), std::nullopt);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  EXPECT_EQ(write_whole(path("pipe"), "one"), std::nullopt);
  std::array<char, 8> bytes{};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 3);
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
  ::close(reader);
}

TEST_F(WholeFile, SaysWhyThereIsNone) {
  EXPECT_EQ(write_whole(path("none/a"), "x"), "No such file or directory");
  write_whole(path("a"), "");
  EXPECT_EQ(write_whole(path("a/b"), "x"), "Not a directory");
}

}  // namespace
}  // namespace graphmock::base
