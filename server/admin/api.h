// The control plane: every route under /__admin in one table.
#pragma once

#include "base/ids.h"
#include "http/message.h"
#include "tenant/tenants.h"

namespace graphmock::admin {

// From any thread.
class Api {
 public:
  Api(const tenant::World& world, tenant::Tenants& tenants)
      : world_(world), tenants_(tenants), request_ids_(world.seed) {}

  static bool is_admin(std::string_view target) {
    return target.starts_with("/__admin") &&
           (target.size() == 8 || target[8] == '/' || target[8] == '?');
  }

  http::Response serve(const http::Request& request, const tenant::Selection& selection);

 private:
  const tenant::World& world_;
  tenant::Tenants& tenants_;
  base::IdSource request_ids_;
};

}  // namespace graphmock::admin
