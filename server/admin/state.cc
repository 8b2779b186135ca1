#include "admin/state.h"

#include "admin/call.h"
#include "base/json.h"
#include "graph/body.h"
#include "graph/new_id.h"
#include "http/insufficient_storage.h"
#include "store/difference.h"
#include "store/fixtures.h"
#include "store/footprint.h"
#include "store/importer.h"
#include "store/locate.h"
#include "store/state_document.h"
#include "store/stored_form.h"

namespace graphmock::admin {
namespace {

namespace json = base::json;

odata::Target resolve_entities(const model::Model& model,
                               const std::vector<std::string>& segments) {
  auto target = odata::resolve(model, segments);
  if (!target.is_entities()) {
    throw http::Error(400, "BadRequest",
                      "The state holds entities and collections of entities; '" +
                          std::string(target.last().name) + "' is neither.");
  }
  return target;
}

[[noreturn]] void throw_missing(const std::string& what) {
  throw http::Error(404, "NotFound", "There is no entity '" + what + "'.");
}

// One PUT, from its look at what is there to its commit.
class Placement {
 public:
  Placement(tenant::Tenant& tenant, const odata::Target& target)
      : models_(tenant.world().models),
        target_(target),
        write_(tenant.store()),
        importer_(models_, tenant.world().enums, write_, store::Importer::Existing::Replace,
                  [&tenant](const model::StructuredType& type, const json::object& properties,
                            const store::LayerView& view, std::string_view collection) {
                    return graph::new_id(type, properties, tenant.ids(),
                                         tenant.world().clock->now(), view, collection);
                  }) {}

  int put(const json::value& body, bool is_strict) {
    const bool has_owners =
        store::make_owners(importer_, models_, write_.view(), target_, {}, report());
    if (!problems_.empty()) graph::throw_problems(problems_);
    const auto location = store::locate(models_, write_.view(), target_);
    if (!has_owners || !location.missing_key.empty()) throw_missing(location.missing_key);
    const bool is_new = location.is_collection || !write_.find(location.address);
    const auto* object = body.if_object();
    if (!object) throw http::Error(400, "BadRequest", "The body is no JSON object.");
    if (location.is_collection) {
      put_collection(location, *object);
    } else {
      importer_.put(store::place_at(location, target_), *object, report());
    }
    importer_.bind_references();
    if (is_strict) {
      const auto& warnings = importer_.warnings();
      problems_.insert(problems_.end(), warnings.begin(), warnings.end());
    }
    if (!problems_.empty()) graph::throw_problems(problems_);
    write_.commit();
    return is_new && !location.is_collection ? 201 : 200;
  }

  // Empty when all is as the model has it.
  std::string warning() const {
    const auto& warnings = importer_.warnings();
    if (warnings.empty()) return {};
    return std::to_string(warnings.size()) +
           " kept that the model has otherwise; the first: " + warnings.front().message;
  }

 private:
  store::Importer::Report report(const std::string& prefix = "") {
    return [this, prefix](std::string_view pointer, std::string message) {
      problems_.push_back({prefix + std::string(pointer), std::move(message)});
    };
  }

  void put_collection(const store::Location& location, const json::object& object) {
    const auto* value = object.if_contains("value");
    const auto* items = value ? value->if_array() : nullptr;
    if (!items) {
      throw http::Error(400, "BadRequest", "A collection is put in place as {\"value\": [...]}.");
    }
    if (location.is_reference) {
      write_.clear_references(location.list);
    } else {
      for (const auto& old : store::entities_at(models_, write_.view(), location))
        write_.remove(old->address);
    }
    for (size_t i = 0; i < items->size(); ++i) {
      const auto item_report = report("/value/" + std::to_string(i));
      if (const auto* item = (*items)[i].if_object()) {
        importer_.put(store::place_at(location, target_), *item, item_report);
      } else {
        item_report("", "An entity is a JSON object.");
      }
    }
  }

  const model::Models& models_;
  const odata::Target& target_;
  store::Store::Write write_;
  store::Importer importer_;
  std::vector<model::Problem> problems_;
};

}  // namespace

http::Response get_state(tenant::Tenant& tenant, const model::Model& model,
                         const std::vector<std::string>& segments) {
  const auto target = resolve_entities(model, segments);
  const auto& models = tenant.world().models;
  store::Location location;
  std::vector<store::EntityPtr> entities;
  tenant.store().look([&](const store::LayerView& view) {
    location = store::locate(models, view, target);
    if (!location.missing_key.empty()) return;
    entities = store::entities_at(models, view, location);
  });
  if (!location.missing_key.empty()) throw_missing(location.missing_key);
  http::Response response;
  if (!location.is_collection) {
    if (entities.empty()) throw_missing(location.address);
    store::append_stored(response.body, *entities[0]);
    return response;
  }
  response.body = "{\"value\":[";
  for (size_t i = 0; i < entities.size(); ++i) {
    if (i > 0) response.body += ',';
    store::append_stored(response.body, *entities[i]);
  }
  response.body += "]}";
  return response;
}

http::Response get_document(const tenant::Tenant& tenant) {
  const auto& store = tenant.store();
  http::Response response;
  const auto changes = store.changes_with_lag();
  const store::Counts given{tenant.parts().entities->ids.count(), changes.version()};
  response.body = store::state_document(tenant.world().models, tenant.world().enums,
                                        store.fixtures(), store::Changes(changes).latest(), given);
  return response;
}

std::shared_ptr<tenant::Entities> read_document(const tenant::Tenant& tenant,
                                                std::string_view text) {
  base::LoadErrors errors;
  const auto& world = tenant.world();
  auto fixtures =
      store::read_fixture_document("body", std::string(text), world.models, world.enums, errors);
  if (!errors.empty()) throw_problems("", errors);
  const auto& account = tenant.parts().account;
  const auto bytes = store::bytes_of(*fixtures);
  if (!account->charge(bytes)) throw http::insufficient_storage();
  auto entities = tenant::entities_of(world, base::charged(std::move(fixtures), {account, bytes}));
  entities->store.charge_to(account);
  return entities;
}

http::Response get_difference(const tenant::Tenant& tenant, const tenant::SnapshotPtr& from) {
  const auto& store = tenant.store();
  if (from && from->fixtures != store.shared_fixtures()) {
    throw http::Error(409, "Conflict",
                      "The snapshot and the state do not have the same beginnings, as the whole "
                      "state was put in place between them: there is no telling what changed.");
  }
  const auto before = from ? store::Changes(from->changes).latest() : store::Layer();
  http::Response response;
  response.body =
      store::difference(tenant.world().models, store.fixtures(), before, store.changes());
  return response;
}

http::Response put_state(tenant::Tenant& tenant, const model::Model& model,
                         const std::vector<std::string>& segments, std::string_view body,
                         bool is_strict) {
  const auto target = resolve_entities(model, segments);
  const auto value = graph::parse_body(body, base::JsonSyntax::Relaxed);
  int status = 0;
  std::string warning;
  {
    Placement placement(tenant, target);
    status = placement.put(value, is_strict);
    warning = placement.warning();
  }
  auto response = get_state(tenant, model, segments);
  response.status = status;
  if (!warning.empty()) response.set_header("X-Mock-Warning", std::move(warning));
  return response;
}

http::Response delete_state(tenant::Tenant& tenant, const model::Model& model,
                            const std::vector<std::string>& segments) {
  const auto target = resolve_entities(model, segments);
  const auto& models = tenant.world().models;
  store::Store::Write write(tenant.store());
  const auto location = store::locate(models, write.view(), target);
  if (!location.missing_key.empty()) throw_missing(location.missing_key);
  if (location.is_collection && location.is_reference) {
    write.clear_references(location.list);
  } else if (location.is_collection) {
    for (const auto& entity : store::entities_at(models, write.view(), location))
      write.remove(entity->address);
  } else if (write.find(location.address)) {
    write.remove(location.address);
  } else {
    throw_missing(location.address);
  }
  write.store_anyway();
  write.commit();
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace graphmock::admin
