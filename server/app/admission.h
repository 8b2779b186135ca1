// Who may ask. A page in a developer's browser can send requests to this machine as well. What
// tells it from a test is its Origin, or, when it has given a name of its own our address (DNS
// rebinding), the Host that it asks for. App asks here before it serves anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/host_name.h"
#include "app/options.h"
#include "http/message.h"

namespace graphmock::app {

// Immutable. Both checks throw http::Error: 400 for a Host that is none, 401, 403.
class Admission {
 public:
  explicit Admission(const Options& options);

  // The control plane answers to names that nobody else can have or that --allow-host gives, to
  // pages of its own alone, and to who knows the token if there is one.
  void check_admin(const http::Request& request) const;
  // Any page may read Graph (cors.h), so here only names that somebody may have rebound are
  // refused.
  void check_graph(const http::Request& request) const;

 private:
  bool is_ours(const HostName& host) const;
  void check_token(const http::Request& request) const;

  HostName bound_;
  std::vector<HostName> allowed_;
  std::string admin_token_;
};

}  // namespace graphmock::app
