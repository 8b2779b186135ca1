// The control plane: every route under /__admin in one table.
#pragma once

#include <functional>
#include <mutex>

#include "admin/metrics.h"
#include "base/ids.h"
#include "http/message.h"
#include "tenant/tenants.h"

namespace graphmock::admin {

// From any thread.
class Api {
 public:
  using Load = std::function<tenant::WorldPtr()>;

  // `reload` makes the world anew; it throws base::LoadFailure when it cannot. Null: there is
  // nothing to load it from.
  Api(tenant::Tenants& tenants, Load reload);

  http::Response serve(const http::Request& request, const tenant::Selection& selection);
  // All tenants are as new, in a world read anew. Throws base::LoadFailure; then nothing changed.
  void reload();
  bool can_reload() const { return reload_ != nullptr; }
  Metrics& metrics() { return metrics_; }
  base::Instant now() const { return clock_.now(); }

 private:
  http::Response route(const http::Request& request, const tenant::Selection& selection);

  tenant::Tenants& tenants_;
  const Load reload_;
  const base::Clock& clock_;
  std::mutex reload_mutex_;  // one at a time
  Metrics metrics_;
  base::IdSource request_ids_;
};

}  // namespace graphmock::admin
