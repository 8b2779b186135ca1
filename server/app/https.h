// What the options say of HTTPS, made ready for the server.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/host_name.h"
#include "app/options.h"
#include "base/clock.h"
#include "http/tls_context.h"

namespace graphmock::app {

// The names under which a client may ask for the server: those of this machine, the service's own,
// which may lead here, and those that the options give.
std::vector<HostName> certified_names(const Options& options);

// With the certificate that the options name, or one of our own, which is made if need be. Throws
// http::TlsError and base::LoadFailure.
std::shared_ptr<const http::TlsContext> load_tls(const Options& options, base::Instant now);

// What clients have to trust where the server's certificate is one of our own; it is made if it is
// not there yet. Throws base::LoadFailure.
std::string authority_certificate(const Options& options, base::Instant now);

}  // namespace graphmock::app
