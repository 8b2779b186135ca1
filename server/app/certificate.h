// Certificates of our own, for HTTPS where the user has none: a small authority, which clients are
// told to trust, and what it signs for the server. Keys are on the curve P-256, all texts PEM.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "app/host_name.h"
#include "base/clock.h"

namespace graphmock::app {

struct CertificateAndKey {
  std::string certificate;
  std::string key;
};

// OpenSSL cannot do it, or a text is none of what it should be.
struct CertificateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// All throw CertificateError.

// Good for ten years.
CertificateAndKey make_authority(base::Instant now);
// Good for 397 days, the longest that clients take, under any of the names.
CertificateAndKey make_server_certificate(const CertificateAndKey& authority,
                                          const std::vector<HostName>& names, base::Instant now);

// Whether the key is that of the certificate.
bool fits(const CertificateAndKey& pair);
// Whether the authority has signed that certificate, and it has all the names and another month.
bool is_good(const std::string& certificate, const std::string& authority,
             const std::vector<HostName>& names, base::Instant now);

}  // namespace graphmock::app
