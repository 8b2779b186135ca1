#include "base/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace graphmock::base {
namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 30;

}  // namespace

std::optional<std::string> read_file(const std::filesystem::path& path, LoadErrors& errors) {
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  if (code) {
    errors.push_back({path.string(), 0, "cannot be read: " + code.message()});
    return std::nullopt;
  }
  if (size > kMaxFileBytes) {
    errors.push_back({path.string(), 0, "is larger than 1 GiB"});
    return std::nullopt;
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  std::string text(size, '\0');
  if (!file || std::fread(text.data(), 1, size, file.get()) != size) {
    errors.push_back({path.string(), 0, std::string("cannot be read: ") + std::strerror(errno)});
    return std::nullopt;
  }
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return text;
}

}  // namespace graphmock::base
