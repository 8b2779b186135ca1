// The folder in which the certificates of our own are kept from one start to the next, so that a
// client has to be told to trust them once.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/host_name.h"
#include "base/clock.h"

namespace graphmock::app {

struct TlsFolder {
  std::filesystem::path authority;    // the certificate that clients trust
  std::filesystem::path certificate;  // the server's
  std::filesystem::path key;
};

// What stands in the folder, which is made, with what is not there yet or is not good for these
// names any more; a certificate and a key that do not belong together are made anew, too. Servers
// that start at the same time get the same. Throws base::LoadFailure.
TlsFolder open_tls_folder(const std::filesystem::path& folder, const std::vector<HostName>& names,
                          base::Instant now);
// Likewise; no other server changes the files until `use`, which reads them, is done.
void use_tls_folder(const std::filesystem::path& folder, const std::vector<HostName>& names,
                    base::Instant now, const std::function<void(const TlsFolder&)>& use);

}  // namespace graphmock::app
