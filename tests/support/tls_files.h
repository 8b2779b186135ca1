// A certificate for tests that speak TLS, made once for each program.
#pragma once

#include <memory>

#include "app/tls_folder.h"
#include "http/tls_context.h"

namespace graphmock::support {

// For localhost, 127.0.0.1 and graph.microsoft.com.
const app::TlsFolder& tls_files();
std::shared_ptr<const http::TlsContext> tls_context();

}  // namespace graphmock::support
