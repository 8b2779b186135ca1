#include "app/https.h"

#include <algorithm>

#include "app/tls_folder.h"
#include "base/file.h"
#include "base/load_error.h"

namespace graphmock::app {

std::vector<HostName> certified_names(const Options& options) {
  std::vector<HostName> names = {{"localhost"},
                                 {"127.0.0.1", true},
                                 {"::1", true},
                                 {"graph.microsoft.com"},
                                 {"login.microsoftonline.com"}};
  const auto add = [&](const std::string& text) {
    const auto name = read_host_name(text);
    const bool is_one = name && !name->text.empty() && !is_wildcard(*name);
    if (is_one && std::find(names.begin(), names.end(), *name) == names.end()) {
      names.push_back(*name);
    }
  };
  add(options.host);
  for (const auto& name : options.allowed_hosts) add(name);
  return names;
}

std::shared_ptr<const http::TlsContext> load_tls(const Options& options, base::Instant now) {
  if (!options.tls_certificate.empty()) {
    return std::make_shared<http::TlsContext>(options.tls_certificate, options.tls_key);
  }
  std::shared_ptr<const http::TlsContext> context;
  use_tls_folder(options.tls_folder, certified_names(options), now, [&](const TlsFolder& folder) {
    context = std::make_shared<http::TlsContext>(folder.certificate, folder.key);
  });
  return context;
}

std::string authority_certificate(const Options& options, base::Instant now) {
  const auto folder = open_tls_folder(options.tls_folder, certified_names(options), now);
  base::LoadErrors errors;
  auto text = base::read_file(folder.authority, errors);
  if (!text) throw base::LoadFailure(std::move(errors));
  return *std::move(text);
}

}  // namespace graphmock::app
