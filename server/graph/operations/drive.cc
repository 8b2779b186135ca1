// Operations on drive items.
#include "base/json.h"
#include "base/text.h"
#include "graph/body.h"
#include "graph/new_id.h"
#include "graph/operations/built_in.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/stamp.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// The folder that a parentReference names by the id or the path of an item of the same drive;
// null when it names none, or one that is not there.
store::EntityPtr folder_in(const OperationCall& operation, const store::LayerView& view,
                           std::string_view items) {
  const auto* reference = operation.argument("parentReference");
  if (!reference) return nullptr;
  if (const auto* id = base::at_pointer(*reference, "/id"); id && base::is_string(*id)) {
    return view.find(store::entity_address(items, id->get_string()));
  }
  return nullptr;
}

}  // namespace

std::optional<http::Response> copy_item(const OperationCall& operation) {
  const auto& [call, context, declared, owner, arguments] = operation;
  store::Store::Write write(context.store);
  const auto location = locate(call, context, write.view(), owner);
  const auto entity = location.missing_key.empty() ? write.find(location.address) : nullptr;
  if (!entity) return std::nullopt;
  const auto items = entity->address.substr(0, entity->address.rfind('/'));
  const auto folder = folder_in(operation, write.view(), items);
  if (operation.argument("parentReference") && !folder) throw_not_found("parentReference");

  const auto& type = *context.models.structured_type(entity->type);
  auto properties = base::parse_json(entity->text).get_object();
  const auto id = new_id(type, properties, context.ids, call.now);
  properties["id"] = id;
  if (const auto name = operation.text_argument("name"); !name.empty()) properties["name"] = name;
  stamp_changed(properties, type, call.now);
  const auto copied =
      store::make_entity(context.models, store::entity_address(items, id), type, properties);
  write.copy(entity->address, copied, items);
  // Without another folder the copy lies beside the original.
  std::vector<std::string> lists;
  if (folder) {
    lists = {store::child_address(folder->address, "children")};
  } else {
    for (const auto& list : write.view().lists_of(entity->address)) {
      if (list != items) lists.push_back(list);
    }
  }
  for (const auto& list : lists) write.add_reference(list, copied->address);
  write.commit();
  http::Response response;
  response.status = 202;
  response.set_header("Location", call.service_root + "/" + copied->address);
  return response;
}

}  // namespace graphmock::graph
