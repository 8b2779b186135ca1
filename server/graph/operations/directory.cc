// Operations on directory objects.
#include <algorithm>
#include <unordered_set>

#include "base/json.h"
#include "base/text.h"
#include "base/work_budget.h"
#include "graph/body.h"
#include "graph/operations/built_in.h"
#include "graph/remove.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// "You can specify up to 1,000 IDs" (reference, "getByIds").
constexpr size_t kMostIds = 1000;

// The texts of a parameter that is a collection of them.
std::vector<std::string> texts(const OperationCall& operation, std::string_view name) {
  std::vector<std::string> values;
  const auto* value = operation.argument(name);
  if (!value || !value->is_array()) return values;
  for (const auto& item : value->get_array()) {
    if (base::is_string(item)) values.emplace_back(std::string_view(item.get_string()));
  }
  return values;
}

std::vector<std::string> required_ids(const OperationCall& operation, std::string_view name) {
  auto ids = texts(operation, name);
  if (!operation.argument(name)) {
    throw_problems({{base::pointer_child("", name),
                     "The operation '" + std::string(operation.operation.name) +
                         "' lacks its parameter '" + std::string(name) + "'."}});
  }
  if (ids.size() > kMostIds) {
    throw_problems({{base::pointer_child("", name),
                     "'" + std::string(name) + "' has " + std::to_string(ids.size()) +
                         " ids. At most " + std::to_string(kMostIds) + " are taken at once."}});
  }
  return ids;
}

// All that the entity is a member of, directly or not; nothing when there is no such entity.
std::optional<std::vector<store::EntityPtr>> memberships(const OperationCall& operation) {
  std::optional<std::vector<store::EntityPtr>> result;
  operation.context.store.look([&](const store::LayerView& view) {
    const auto location = locate(operation.call, operation.context, view, operation.owner);
    if (!location.missing_key.empty() || !view.find(location.address)) return;
    store::Location member_of;
    member_of.list = store::child_address(location.address, "transitiveMemberOf");
    member_of.closure = store::closure_of("transitiveMemberOf");
    member_of.type = operation.call.model->structured_type("microsoft.graph.directoryObject");
    member_of.is_collection = true;
    if (member_of.type) result = store::entities_at(operation.context.models, view, member_of);
  });
  return result;
}

bool is_security_enabled(const store::Entity& entity) {
  const auto object = base::parse_json(entity.text);
  const auto* enabled = base::at_pointer(object, "/securityEnabled");
  return enabled && enabled->is_bool() && enabled->get_bool();
}

http::Response ids_answer(const OperationCall& operation, const std::vector<std::string>& ids) {
  json::array value;
  for (const auto& id : ids) value.emplace_back(id);
  return value_answer(operation.call, operation.context, *operation.operation.returns,
                      std::move(value));
}

std::optional<http::Response> answer_memberships(const OperationCall& operation, bool groups_only,
                                                 const std::vector<std::string>* among) {
  const auto all = memberships(operation);
  if (!all) return std::nullopt;
  const auto* security_only = operation.argument("securityEnabledOnly");
  const bool is_security_only =
      security_only && security_only->is_bool() && security_only->get_bool();
  std::vector<std::string> ids;
  for (const auto& entity : *all) {
    base::charge(base::work::kEntity * (1 + (among ? among->size() : 0)));
    if (groups_only && !entity->derives_from("microsoft.graph.group")) continue;
    if (is_security_only && !is_security_enabled(*entity)) continue;
    const auto id = entity->key();
    const bool is_asked_for =
        !among || std::any_of(among->begin(), among->end(), [&](const std::string& one) {
          return base::equals_ignoring_case(one, id);
        });
    if (is_asked_for) ids.push_back(id);
  }
  return ids_answer(operation, ids);
}

// "microsoft.graph.group" for "group": the types that getByIds is given come without namespace.
bool is_of_type(const model::Model& model, const store::Entity& entity, const std::string& name) {
  const auto* type = model.structured_type(entity.type);
  for (; type; type = type->base) {
    const auto dot = type->name.rfind('.');
    if (base::equals_ignoring_case(type->name, name) ||
        base::equals_ignoring_case(type->name.substr(dot + 1), name)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<http::Response> get_by_ids(const OperationCall& operation) {
  const auto ids = required_ids(operation, "ids");
  const auto types = texts(operation, "types");
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& declared = operation.operation;
  store::Location location;
  location.type = location.declared = declared.returns->structured;
  location.is_collection = true;
  std::vector<Node> nodes;
  context.store.look([&](const store::LayerView& view) {
    std::unordered_set<std::string> seen;
    for (const auto& id : ids) {
      base::charge(base::work::kEntity * (1 + types.size()));
      auto entity = view.find(store::entity_address(store::kDirectoryPool, id));
      if (!entity || !seen.insert(entity->address).second) continue;
      const bool is_wanted =
          types.empty() || std::any_of(types.begin(), types.end(), [&](const std::string& type) {
            return is_of_type(*call.model, *entity, type);
          });
      if (is_wanted) nodes.push_back({std::move(entity), {}});
    }
  });
  return collection_answer(call, context, location, {std::move(nodes), std::nullopt, ""});
}

std::optional<http::Response> check_member_groups(const OperationCall& operation) {
  const auto ids = required_ids(operation, "groupIds");
  return answer_memberships(operation, true, &ids);
}

std::optional<http::Response> check_member_objects(const OperationCall& operation) {
  const auto ids = required_ids(operation, "ids");
  return answer_memberships(operation, false, &ids);
}

std::optional<http::Response> get_member_groups(const OperationCall& operation) {
  return answer_memberships(operation, true, nullptr);
}

std::optional<http::Response> get_member_objects(const OperationCall& operation) {
  return answer_memberships(operation, false, nullptr);
}

std::optional<http::Response> restore(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& owner = operation.owner;
  Transaction transaction(call, context);
  const auto location = transaction.locate(owner);
  const auto entity = location.missing_key.empty() ? transaction.find(location.address) : nullptr;
  if (!entity) return std::nullopt;
  if (!location.address.starts_with(kDeletedItems)) {
    throw http::Error(400, "",
                      "'" + entity->key() +
                          "' is not deleted: there is nothing to "
                          "restore.");
  }
  auto properties = base::parse_json(entity->text).get_object();
  properties.erase("deletedDateTime");
  const std::string pool(store::kDirectoryPool);
  const auto address = store::entity_address(pool, entity->key());
  if (transaction.find(address)) {
    throw http::Error(409, "",
                      "Another object with the id '" + entity->key() +
                          "' exists: what was deleted cannot be restored.");
  }
  const auto& type = *context.models.structured_type(entity->type);
  transaction.rules().refuse_shared(type, pool, properties, entity->address);
  const auto restored = transaction.move(*entity, address, pool, std::move(properties));
  transaction.return_links(restored->address);
  store::Location home = location;
  home.address = restored->address;
  return commit_and_answer(transaction, [&] {
    return entity_answer(200, call, context, home, {restored, {}});
  });
}

std::optional<http::Response> assign_license(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& declared = operation.operation;
  const auto& owner = operation.owner;
  Transaction transaction(call, context);
  const auto location = transaction.locate(owner);
  const auto entity = location.missing_key.empty() ? transaction.find(location.address) : nullptr;
  if (!entity) return std::nullopt;
  auto properties = base::parse_json(entity->text).get_object();
  json::array licenses;
  if (const auto* old = properties.if_contains("assignedLicenses"); old && old->is_array()) {
    licenses = old->get_array();
  }
  const auto sku_of = [](const json::value& license) {
    return base::text_of(base::at_pointer(license, "/skuId"));
  };
  const auto drop = [&](const std::string& sku) {
    base::charge(licenses.size() * base::work::kEntity);
    json::array left;
    for (auto& license : licenses) {
      if (!base::equals_ignoring_case(sku_of(license), sku)) left.push_back(std::move(license));
    }
    licenses = std::move(left);
  };
  for (const auto& sku : texts(operation, "removeLicenses")) {
    const bool has_it = std::any_of(licenses.begin(), licenses.end(), [&](const auto& license) {
      return base::equals_ignoring_case(sku_of(license), sku);
    });
    if (!has_it) {
      throw http::Error(400, "",
                        "The license '" + sku + "' is not assigned and cannot be removed.");
    }
    drop(sku);
  }
  if (const auto* added = operation.argument("addLicenses"); added && added->is_array()) {
    for (const auto& license : added->get_array()) {
      drop(sku_of(license));
      licenses.push_back(license);
    }
  }
  properties["assignedLicenses"] = std::move(licenses);
  const auto changed = transaction.change(*entity, properties);
  return commit_and_answer(transaction, [&] {
    return entity_answer(status_of(declared), call, context, location, {changed, {}});
  });
}

// The token service asks for that property before it takes a refresh token.
std::optional<http::Response> revoke_sign_in_sessions(const OperationCall& operation) {
  Transaction transaction(operation.call, operation.context);
  const auto location = transaction.locate(operation.owner);
  const auto entity = location.missing_key.empty() ? transaction.find(location.address) : nullptr;
  if (!entity) return std::nullopt;
  auto properties = base::parse_json(entity->text).get_object();
  properties["signInSessionsValidFromDateTime"] = base::to_iso8601(operation.call.now);
  transaction.change(*entity, properties);
  transaction.commit();
  return std::nullopt;
}

}  // namespace graphmock::graph
