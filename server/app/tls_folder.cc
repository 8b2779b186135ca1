#include "app/tls_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

#include "app/certificate.h"
#include "base/file.h"
#include "base/load_error.h"
#include "base/whole_file.h"

namespace graphmock::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, const std::string& what) {
  throw base::LoadFailure({{file.string(), 0, what}});
}

// Held by one server at a time, while it looks, makes what is not there and reads it.
class Lock {
 public:
  explicit Lock(const fs::path& file)
      : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0 || ::flock(file_, LOCK_EX) != 0) {
      const int error = errno;
      if (file_ >= 0) ::close(file_);
      fail(file, std::string("cannot be written: ") + std::strerror(error) +
                     " (another folder can be named with --tls-dir)");
    }
  }
  ~Lock() { ::close(file_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  const int file_;
};

void write(const fs::path& file, const std::string& text, mode_t mode) {
  if (const auto why = base::write_whole(file, text, mode)) {
    fail(file, "cannot be written: " + *why);
  }
}

std::string read(const fs::path& file) {
  base::LoadErrors errors;
  auto text = base::read_file(file, errors);
  if (!text) throw base::LoadFailure(std::move(errors));
  return *std::move(text);
}

std::optional<CertificateAndKey> read(const fs::path& certificate, const fs::path& key) {
  std::error_code code;
  if (!fs::exists(certificate, code) || !fs::exists(key, code)) return std::nullopt;
  return CertificateAndKey{read(certificate), read(key)};
}

// A key is its owner's alone to read. It comes first: a certificate that is there has its key.
void write(const fs::path& certificate, const fs::path& key, const CertificateAndKey& made) {
  write(key, made.key, 0600);
  write(certificate, made.certificate, 0644);
}

// Whether the server can go on with what it finds: a certificate that is still good, and the key to
// it. They are two files, of which one may be new and the other old where a start came to no end.
bool are_good(const std::optional<CertificateAndKey>& own, const std::string& authority,
              const std::vector<HostName>& names, base::Instant now) {
  if (!own) return false;
  try {
    return fits(*own) && is_good(own->certificate, authority, names, now);
  } catch (const CertificateError&) {
    return false;
  }
}

void make_folder(const fs::path& folder) {
  std::error_code code;
  if (fs::is_directory(folder, code) || fs::create_directories(folder, code)) return;
  fail(folder,
       "cannot be made: " + code.message() + " (another folder can be named with --tls-dir)");
}

// Under its lock.
TlsFolder complete(const fs::path& folder, const std::vector<HostName>& names, base::Instant now) {
  std::error_code code;
  const TlsFolder files{folder / "ca.pem", folder / "server.pem", folder / "server.key"};
  const fs::path authority_key = folder / "ca.key";
  try {
    if (!fs::exists(files.authority, code)) {
      write(files.authority, authority_key, make_authority(now));
    }
    const auto authority = read(files.authority);
    const auto own = read(files.certificate, files.key);
    if (are_good(own, authority, names, now)) return files;
    if (!fs::exists(authority_key, code)) {
      fail(authority_key,
           "is not there, and the server needs a new certificate, which it signs: put it back, or "
           "remove ca.pem for a new authority, which has to be trusted anew");
    }
    write(files.certificate, files.key,
          make_server_certificate({authority, read(authority_key)}, names, now));
  } catch (const CertificateError& error) {
    fail(folder, std::string(error.what()) + " (without these files they are made anew, and the " +
                     "authority has to be trusted anew)");
  }
  return files;
}

}  // namespace

void use_tls_folder(const fs::path& folder, const std::vector<HostName>& names, base::Instant now,
                    const std::function<void(const TlsFolder&)>& use) {
  make_folder(folder);
  const Lock lock(folder / "lock");
  use(complete(folder, names, now));
}

TlsFolder open_tls_folder(const fs::path& folder, const std::vector<HostName>& names,
                          base::Instant now) {
  TlsFolder files;
  use_tls_folder(folder, names, now, [&](const TlsFolder& found) { files = found; });
  return files;
}

}  // namespace graphmock::app
