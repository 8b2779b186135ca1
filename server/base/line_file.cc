#include "base/line_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/file.h"

namespace graphmock::base {

LineFile::LineFile(std::filesystem::path path, LoadErrors& errors)
    : path_(std::move(path)),
      errors_(errors),
      file_(std::fopen(path_.c_str(), "rb"), &std::fclose),
      is_at_end_(!file_) {
  if (!file_) fail(std::string("cannot be read: ") + std::strerror(errno));
}

std::string_view LineFile::next() {
  if (is_at_end_) return {};
  buffer_.swap(last_buffer_);
  end_ -= begin_;
  if (buffer_.size() <= end_) buffer_.resize(std::max(kBlockBytes, 2 * end_));
  if (end_ > 0) std::memcpy(buffer_.data(), last_buffer_.data() + begin_, end_);
  begin_ = 0;
  for (;;) {
    if (end_ == buffer_.size()) {
      if (buffer_.size() >= kLongestLine) {
        fail("has a line of more than " + std::to_string(kLongestLine >> 20) + " MiB");
        is_at_end_ = true;
        return {};
      }
      buffer_.resize(std::max(kBlockBytes, 2 * buffer_.size()));
    }
    const size_t size = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, file_.get());
    const auto added = std::string_view(buffer_).substr(end_, size);
    end_ += size;
    const auto line_end = added.rfind('\n');
    if (end_ < buffer_.size()) {
      if (std::ferror(file_.get())) fail(std::string("cannot be read: ") + std::strerror(errno));
      is_at_end_ = true;
      begin_ = end_;
    } else if (line_end != std::string_view::npos) {
      begin_ = end_ - added.size() + line_end + 1;
    } else {
      continue;
    }
    auto lines = std::string_view(buffer_).substr(0, begin_);
    if (is_first_ && lines.starts_with(kByteOrderMark)) lines.remove_prefix(kByteOrderMark.size());
    is_first_ = false;
    return lines;
  }
}

}  // namespace graphmock::base
