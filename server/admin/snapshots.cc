#include "admin/snapshots.h"

#include "base/json.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

json::value snapshot_json(std::string_view name, const tenant::Snapshot& snapshot) {
  return json::object{{"name", name}, {"takenAt", base::to_iso8601(snapshot.taken_at)}};
}

}  // namespace

http::Response list_snapshots(const AdminCall& call) {
  json::array list;
  for (const auto& [name, snapshot] : call.tenant_to_read()->snapshots().all()) {
    list.push_back(snapshot_json(name, *snapshot));
  }
  return answer(json::object{{"snapshots", std::move(list)}});
}

http::Response get_snapshot(const AdminCall& call) {
  const auto& name = call.rest[0];
  return answer(snapshot_json(name, *call.tenant_to_read()->snapshots().get(name)));
}

http::Response put_snapshot(const AdminCall& call) {
  const auto& name = call.rest[0];
  const auto tenant = call.tenant();
  const auto snapshot = tenant->take_snapshot();
  const bool is_new = tenant->snapshots().put(name, snapshot);
  return answer(snapshot_json(name, *snapshot), is_new ? 201 : 200);
}

http::Response restore_snapshot(const AdminCall& call) {
  const auto tenant = call.tenant();
  auto parts = tenant->restored(call.rest[0]);
  call.replace_same(tenant, [&](const tenant::Tenant& old) {
    parts.journal = old.parts().journal;
    parts.account = old.parts().account;
    parts.snapshots = old.parts().snapshots;
    return parts;
  });
  return no_content();
}

http::Response delete_snapshot(const AdminCall& call) {
  const auto tenant = call.tenant();
  if (!tenant->snapshots().remove(call.rest[0])) tenant->snapshots().get(call.rest[0]);
  return no_content();
}

}  // namespace graphmock::admin
