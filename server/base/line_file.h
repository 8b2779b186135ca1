// A text file by blocks of whole lines, so that one of any size takes the memory of two.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/load_error.h"

namespace graphmock::base {

class LineFile {
 public:
  static constexpr size_t kBlockBytes = 4 * 1024 * 1024;
  static constexpr size_t kLongestLine = 256 * 1024 * 1024;

  // What cannot be read goes to `errors`, which must outlive it, and ends the file.
  LineFile(std::filesystem::path path, LoadErrors& errors);

  // The next lines, whole ones, each with its line feed if it has one; without a byte order mark.
  // Good until the next call but one, so that a block can be used while another thread reads the
  // one behind it; empty at the end.
  std::string_view next();

 private:
  void fail(const std::string& what) { errors_.push_back({path_.string(), 0, what}); }

  const std::filesystem::path path_;
  LoadErrors& errors_;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string buffer_;
  std::string last_buffer_;  // whose lines were given before
  size_t begin_ = 0;         // of what is read and not given yet
  size_t end_ = 0;
  bool is_first_ = true;
  bool is_at_end_;
};

}  // namespace graphmock::base
