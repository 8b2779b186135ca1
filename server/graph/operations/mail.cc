// Operations on messages and mail folders.
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "graph/body.h"
#include "graph/operations/built_in.h"
#include "graph/operations/contents.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

constexpr std::string_view kMessage = "microsoft.graph.message";
constexpr std::string_view kMailFolder = "microsoft.graph.mailFolder";

// The mailbox in which an address lies: that of the nearest user above it. Empty when there is
// none.
std::string mailbox_of(const store::LayerView& view, std::string_view address) {
  for (;; address = address.substr(0, address.rfind('/'))) {
    const auto entity = view.find(address);
    if (entity && entity->derives_from("microsoft.graph.user")) return std::string(address);
    if (address.find('/') == std::string_view::npos) return {};
  }
}

store::EntityPtr folder_named(const Call& call, const store::LayerView& view,
                              const std::string& mailbox, std::string_view name) {
  const auto list = store::child_address(mailbox, "mailFolders");
  if (auto folder = view.find(store::entity_address(list, name))) return folder;
  const auto* type = call.model->structured_type(kMailFolder);
  return type ? store::find_by_name(view, list, *type, name) : nullptr;
}

// A message of a mailbox, in one of its folders where that is there.
store::EntityPtr put_message(Transaction& transaction, const std::string& mailbox,
                             std::string_view folder_name, json::object message) {
  const auto& call = transaction.call();
  const auto folder = folder_named(call, transaction.view(), mailbox, folder_name);
  message.erase("id");
  if (folder) message["parentFolderId"] = folder->key();
  store::Importer::Place place;
  place.list = folder ? store::child_address(folder->address, "messages")
                      : store::child_address(mailbox, "messages");
  place.home.list = store::child_address(mailbox, "messages");
  place.declared = {{call.model, call.model->structured_type(kMessage)}};
  return transaction.create(place, message);
}

struct Bound {
  store::Location location;
  store::EntityPtr entity;
  std::string mailbox;
};

// What the operation is bound to; without entity when it is not there or lies in no mailbox.
Bound bound_to(const OperationCall& operation, const store::LayerView& view) {
  Bound bound{locate(operation.call, operation.context, view, operation.owner), nullptr, ""};
  if (!bound.location.missing_key.empty()) return bound;
  bound.mailbox = mailbox_of(view, bound.location.address);
  if (!bound.mailbox.empty()) bound.entity = view.find(bound.location.address);
  return bound;
}

http::Response accepted() {
  http::Response response;
  response.status = 202;
  return response;
}

std::string destination_in(const OperationCall& operation) {
  auto destination = operation.text_argument("DestinationId");
  if (destination.empty()) {
    throw_problems({{"/destinationId", "The operation '" + std::string(operation.operation.name) +
                                           "' lacks its parameter 'destinationId'."}});
  }
  return destination;
}

// Whether a folder is the other one or below it.
bool lies_within(const store::LayerView& view, const store::Entity& folder,
                 const store::Entity& other) {
  const auto home = other.address.substr(0, other.address.rfind('/'));
  std::set<std::string> seen;
  auto at = view.find(folder.address);
  while (at && seen.insert(at->address).second) {
    if (at->address == other.address) return true;
    const auto object = base::parse_json(at->text);
    const auto parent = base::text_of(base::at_pointer(object, "/parentFolderId"));
    at = parent.empty() ? nullptr : view.find(store::entity_address(home, parent));
  }
  return false;
}

std::optional<http::Response> to_folder(const OperationCall& operation, bool is_move) {
  const auto destination = destination_in(operation);
  const auto& call = operation.call;
  const auto& context = operation.context;
  Transaction transaction(call, context);
  const auto [location, entity, mailbox] = bound_to(operation, transaction.view());
  if (!entity) return std::nullopt;
  const auto folder = folder_named(call, transaction.view(), mailbox, destination);
  if (!folder) throw_not_found(destination);
  const bool is_message = entity->derives_from(kMessage);
  if (!is_message && lies_within(transaction.view(), *folder, *entity)) {
    throw http::Error(400, "", "A folder cannot be moved or copied into itself.");
  }
  auto properties = base::parse_json(entity->text).get_object();
  properties["parentFolderId"] = folder->key();
  const auto home = store::child_address(mailbox, is_message ? "messages" : "mailFolders");
  const auto list = store::child_address(folder->address, is_message ? "messages" : "childFolders");
  // What is moved to another folder has another id there (reference, "message: move").
  const auto moved =
      copy_with_contents(transaction, *entity, std::move(properties), is_message ? home : list);
  if (is_message) transaction.link(list, moved->address);
  if (is_move) transaction.remove(entity->address);
  auto one = location;
  one.address = moved->address;
  return commit_and_answer(transaction, [&] {
    return entity_answer(201, call, context, one, {moved, {}});
  });
}

json::object draft_of(const json::object& original, std::string_view prefix) {
  json::object draft;
  const auto text = base::text_of(original.if_contains("subject"));
  draft["subject"] = text.starts_with(prefix) ? text : std::string(prefix) + text;
  draft["isDraft"] = true;
  draft["isRead"] = true;
  for (const std::string_view name : {"body", "bodyPreview", "importance", "conversationId"}) {
    if (const auto* value = original.if_contains(name)) draft[name] = *value;
  }
  return draft;
}

// What the parameters "Message", "Comment" and "ToRecipients" make of a draft.
void apply_arguments(const OperationCall& operation, json::object& draft) {
  if (const auto* message = operation.argument("Message"); message && message->is_object()) {
    for (const auto& member : message->get_object()) {
      if (std::string_view(member.key()).find('@') == std::string_view::npos) {
        draft[member.key()] = member.value();
      }
    }
  }
  if (const auto* recipients = operation.argument("ToRecipients")) {
    draft["toRecipients"] = *recipients;
  }
  const auto comment = operation.text_argument("Comment");
  if (comment.empty()) return;
  std::string text = comment;
  if (const auto* old = draft.if_contains("body"); old && old->is_object()) {
    const auto* content = old->get_object().if_contains("content");
    if (content && base::is_string(*content)) text += "\n" + base::text_of(content);
  }
  draft["body"] = {{"contentType", "text"}, {"content", text}};
}

// Whether a recipient is the user whose mailbox it is.
bool is_of(const store::Entity& user, const json::value& recipient) {
  const auto address = base::text_of(base::at_pointer(recipient, "/emailAddress/address"));
  if (address.empty()) return false;
  const auto own = base::parse_json(user.text);
  return base::equals_ignoring_case(base::text_of(base::at_pointer(own, "/mail")), address) ||
         base::equals_ignoring_case(base::text_of(base::at_pointer(own, "/userPrincipalName")),
                                    address);
}

std::optional<http::Response> create_draft(const OperationCall& operation, std::string_view prefix,
                                           bool is_reply) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  Transaction transaction(call, context);
  const auto [location, entity, mailbox] = bound_to(operation, transaction.view());
  if (!entity) return std::nullopt;
  const auto original = base::parse_json(entity->text).get_object();
  auto draft = draft_of(original, prefix);
  if (const auto* from = original.if_contains("from"); is_reply && from && from->is_object()) {
    draft["toRecipients"] = json::array{*from};
  }
  const bool is_to_all = operation.operation.name == "createReplyAll";
  const auto owner_of_mailbox = transaction.find(mailbox);
  for (const std::string_view name : {"toRecipients", "ccRecipients"}) {
    const auto* others = original.if_contains(name);
    if (!is_to_all || !others || !others->is_array()) continue;
    auto& recipients = draft[name];
    if (!recipients.is_array()) recipients = json::array();
    for (const auto& one : others->get_array()) {
      if (!is_of(*owner_of_mailbox, one)) recipients.get_array().push_back(one);
    }
  }
  apply_arguments(operation, draft);
  const auto made = put_message(transaction, mailbox, "drafts", std::move(draft));
  auto one = location;
  one.address = made->address;
  return commit_and_answer(transaction, [&] {
    return entity_answer(201, call, context, one, {made, {}});
  });
}

}  // namespace

std::optional<http::Response> send_mail(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  const auto& owner = operation.owner;
  const auto* message = operation.argument("Message");
  if (!message || !message->is_object()) {
    throw_problems(
        {{"/message", "The operation 'sendMail' lacks its parameter 'message', an object."}});
  }
  const auto* save = operation.argument("SaveToSentItems");
  if (save && save->is_bool() && !save->get_bool()) return accepted();
  Transaction transaction(call, context);
  const auto location = transaction.locate(owner);
  if (!location.missing_key.empty() || !transaction.find(location.address)) return accepted();
  auto sent = message->get_object();
  sent["isDraft"] = false;
  sent["sentDateTime"] = base::to_iso8601(call.now);
  put_message(transaction, location.address, "sentitems", std::move(sent));
  transaction.commit();
  return accepted();
}

std::optional<http::Response> send_draft(const OperationCall& operation) {
  const auto& call = operation.call;
  const auto& context = operation.context;
  Transaction transaction(call, context);
  const auto [location, entity, mailbox] = bound_to(operation, transaction.view());
  if (!entity) return std::nullopt;
  auto sent = base::parse_json(entity->text).get_object();
  sent["isDraft"] = false;
  sent["sentDateTime"] = base::to_iso8601(call.now);
  const auto folder = folder_named(call, transaction.view(), mailbox, "sentitems");
  if (folder) sent["parentFolderId"] = folder->key();
  const auto home = store::child_address(mailbox, "messages");
  const auto copy = copy_with_contents(transaction, *entity, std::move(sent), home);
  if (folder) {
    transaction.link(store::child_address(folder->address, "messages"), copy->address);
  }
  transaction.remove(entity->address);
  transaction.commit();
  return accepted();
}

std::optional<http::Response> move_to_folder(const OperationCall& operation) {
  return to_folder(operation, true);
}

std::optional<http::Response> copy_to_folder(const OperationCall& operation) {
  return to_folder(operation, false);
}

std::optional<http::Response> create_reply(const OperationCall& operation) {
  return create_draft(operation, "RE: ", true);
}

std::optional<http::Response> create_forward(const OperationCall& operation) {
  return create_draft(operation, "FW: ", false);
}

}  // namespace graphmock::graph
