#include "graph/operations/contents.h"

#include <set>

#include "base/json.h"
#include "store/relations.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// What says by its id which folder the entity lies in.
void name_folder(json::object& properties, const std::string& id) {
  if (properties.contains("parentFolderId")) properties["parentFolderId"] = id;
  auto* reference = properties.if_contains("parentReference");
  if (reference && reference->is_object()) reference->get_object()["id"] = id;
}

// Folders within folders, beyond which nothing is copied: far more than the service has.
constexpr size_t kDeepest = 100;

// `seen` has the addresses that are being copied: items can be made to hold one another.
store::EntityPtr copy_entity(Transaction& transaction, const store::Entity& from,
                             json::object properties, const std::string& list,
                             std::set<std::string>& seen, size_t depth = 1) {
  if (depth > kDeepest) {
    throw http::Error(400, "",
                      "Folders are nested more than " + std::to_string(kDeepest) +
                          " levels deep and cannot be copied.");
  }
  seen.insert(from.address);
  // Looked at before there is a copy, which may be put into the folder that is copied.
  std::vector<std::pair<std::string, store::EntityPtr>> contents;
  for (const auto& held : transaction.view().lists_within(from.address)) {
    if (held.rfind('/') != from.address.size() || !store::is_second_way(transaction.view(), held)) {
      continue;
    }
    transaction.view().for_each(held, [&](const store::EntityPtr& entity) {
      if (!seen.contains(entity->address)) contents.emplace_back(held, entity);
      return true;
    });
  }
  const auto copied = transaction.copy(from, list, std::move(properties));
  for (const auto& [held, entity] : contents) {
    auto inner = base::parse_json(entity->text).get_object();
    name_folder(inner, copied->key());
    const auto inner_list = copied->address + held.substr(from.address.size());
    const std::string inner_home(store::home_of_address(entity->address));
    const bool is_at_home = transaction.view().is_listed(inner_home, entity->address);
    const auto copy = copy_entity(transaction, *entity, std::move(inner),
                                  is_at_home ? inner_home : inner_list, seen, depth + 1);
    if (is_at_home) transaction.link(inner_list, copy->address);
  }
  return copied;
}

}  // namespace

store::EntityPtr copy_with_contents(Transaction& transaction, const store::Entity& from,
                                    json::object properties, const std::string& list) {
  std::set<std::string> seen;
  return copy_entity(transaction, from, std::move(properties), list, seen);
}

}  // namespace graphmock::graph
