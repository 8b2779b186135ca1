#include "base/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace graphmock::base {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the system has it

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }

 private:
  const int number_;
};

std::string last_error() {
  return std::strerror(errno);
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// "/dev/stdout" may lead to a plain file, which the rest of the output goes to as well, or to a
// socket, which cannot be opened. Nothing where it is another file.
std::optional<int> own_output(const struct stat& wanted) {
  for (const int file : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat own {};
    const bool is_there = ::fstat(file, &own) == 0;
    if (is_there && own.st_dev == wanted.st_dev && own.st_ino == wanted.st_ino) return file;
  }
  return std::nullopt;
}

// Where links end, be something there or not.
fs::path behind_links(fs::path path) {
  std::error_code code;
  for (int i = 0; i < kMostLinks && fs::is_symlink(path, code); ++i) {
    const auto target = fs::read_symlink(path, code);
    if (code) break;
    path = path.parent_path() / target;  // which is the target alone where that is absolute
  }
  return path;
}

std::optional<std::string> write_into(const fs::path& path, std::string_view text) {
  // A pipe that nobody reads would hold us up.
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file < 0 || !write_all(file, text)) return last_error();
  return std::nullopt;
}

std::optional<std::string> replace(const fs::path& path, std::string_view text,
                                   std::optional<mode_t> mode) {
  const auto unfinished = path.string() + ".part";
  ::unlink(unfinished.c_str());  // of one that came to no end
  const Descriptor file(::open(unfinished.c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                               mode.value_or(0666)));
  if (file < 0) return last_error();
  const bool is_replaced = (!mode || ::fchmod(file, *mode) == 0) && write_all(file, text) &&
                           ::fsync(file) == 0 && std::rename(unfinished.c_str(), path.c_str()) == 0;
  if (is_replaced) return std::nullopt;
  auto why = last_error();
  ::unlink(unfinished.c_str());
  return why;
}

}  // namespace

std::optional<std::string> write_whole(const fs::path& path, std::string_view text,
                                       std::optional<mode_t> mode) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    if (errno != ENOENT) return last_error();
    return replace(behind_links(path), text, mode);
  }
  if (const auto output = own_output(found)) {
    return write_all(*output, text) ? std::nullopt : std::optional(last_error());
  }
  if (S_ISREG(found.st_mode)) return replace(behind_links(path), text, mode);
  if (S_ISDIR(found.st_mode)) return std::strerror(EISDIR);
  if (S_ISSOCK(found.st_mode)) return "It is a socket";
  return write_into(path, text);
}

}  // namespace graphmock::base
