#include "graph/remove.h"

#include "graph/read.h"
#include "store/locate.h"

namespace graphmock::graph {

http::Response remove(const Call& call, const Context& context) {
  if (call.target->last().kind == odata::StepKind::Singleton) {
    http::Error error(405, "", "A singleton cannot be deleted. Allowed: GET, PATCH.");
    error.headers.emplace_back("Allow", "GET, PATCH");
    throw error;
  }
  store::Store::Write write(context.store);
  const auto location = store::locate(context.models, write.view(), *call.target);
  if (!location.missing_key.empty()) throw_not_found(location.missing_key);
  const auto entity = write.find(location.address);
  if (!entity || !store::is_a(context.models, entity->type, *location.type)) {
    throw_not_found(last_name(*call.target));
  }
  if (location.is_reference) throw http::not_implemented("DELETE through a reference");
  write.remove(location.address);
  write.commit();
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace graphmock::graph
