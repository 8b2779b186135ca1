#include "support/temporary_folder.h"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>
#include <string>

namespace graphmock::support {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  auto pattern = (fs::temp_directory_path() / "graphmock-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make " + pattern);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code code;
  fs::remove_all(path_, code);
}

fs::path TemporaryFolder::write(const fs::path& file, std::string_view text) const {
  const auto path = path_ / file;
  fs::create_directories(path.parent_path());
  if (!(std::ofstream(path, std::ios::binary) << text)) {
    throw std::runtime_error("cannot write " + path.string());
  }
  return path;
}

}  // namespace graphmock::support
