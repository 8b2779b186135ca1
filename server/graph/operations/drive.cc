// Operations on drive items.
#include "base/json.h"
#include "base/text.h"
#include "graph/body.h"
#include "graph/operations/built_in.h"
#include "graph/operations/contents.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"

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
  // "/drive/root:/Documents", "/drives/ID/root:/Documents"
  const auto* path = base::at_pointer(*reference, "/path");
  if (!path || !base::is_string(*path)) return nullptr;
  constexpr std::string_view kRoot = "/root:";
  const std::string_view text = path->get_string();
  const auto root_at = text.find(kRoot);
  if (root_at == std::string_view::npos) return nullptr;
  const auto drive = items.substr(0, items.rfind('/'));
  store::EntityPtr root;
  view.for_each(store::child_address(drive, "root"), [&](const store::EntityPtr& item) {
    root = item;
    return false;
  });
  return root ? store::find_by_path(view, root, text.substr(root_at + kRoot.size())) : nullptr;
}

}  // namespace

std::optional<http::Response> copy_item(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& owner = operation.owner;
  Transaction transaction(call, context);
  const auto location = transaction.locate(owner);
  const auto entity = location.missing_key.empty() ? transaction.find(location.address) : nullptr;
  if (!entity) return std::nullopt;
  const auto items = entity->address.substr(0, entity->address.rfind('/'));
  const auto folder = folder_in(operation, transaction.view(), items);
  if (operation.argument("parentReference") && !folder) throw_not_found("parentReference");

  auto properties = base::parse_json(entity->text).get_object();
  if (const auto name = operation.text_argument("name"); !name.empty()) properties["name"] = name;
  const auto copied = copy_with_contents(transaction, *entity, std::move(properties), items);
  // Without another folder the copy lies beside the original.
  std::vector<std::string> lists;
  if (folder) {
    lists = {store::child_address(folder->address, "children")};
  } else {
    for (const auto& list : transaction.view().lists_of(entity->address)) {
      if (list != items) lists.push_back(list);
    }
  }
  for (const auto& list : lists) transaction.link(list, copied->address);
  transaction.commit();
  http::Response response;
  response.status = 202;
  response.set_header("Location", call.service_root + "/" + copied->address);
  return response;
}

}  // namespace graphmock::graph
