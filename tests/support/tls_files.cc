#include "support/tls_files.h"

#include "support/temporary_folder.h"

namespace graphmock::support {

const app::TlsFolder& tls_files() {
  static const TemporaryFolder folder;
  static const app::TlsFolder files = app::open_tls_folder(
      folder.path(), {{"localhost"}, {"127.0.0.1", true}, {"graph.microsoft.com"}},
      base::SystemClock().now());
  return files;
}

std::shared_ptr<const http::TlsContext> tls_context() {
  return std::make_shared<http::TlsContext>(tls_files().certificate, tls_files().key);
}

}  // namespace graphmock::support
