#include "http/insufficient_storage.h"

namespace graphmock::http {

Error insufficient_storage() {
  return {507, "",
          "There is no room for this: all that is kept for clients, or for this tenant, has "
          "reached its limit (--memory-limit), and nothing was stored. GET /__admin/tenants tells "
          "who keeps how much. POST /__admin/reset, DELETE /__admin/snapshots/NAME and DELETE of "
          "entities make room in a tenant; DELETE /__admin/tenants/NAME, DELETE "
          "/__admin/tenants?idle=PT1H and DELETE /__admin/tenants?tenant=* drop tenants."};
}

}  // namespace graphmock::http
