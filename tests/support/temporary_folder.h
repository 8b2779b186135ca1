// A folder of a test's own, gone with the object.
#pragma once

#include <filesystem>
#include <string_view>

namespace graphmock::support {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Makes the folders on the way; gives the file's path.
  std::filesystem::path write(const std::filesystem::path& file, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace graphmock::support
