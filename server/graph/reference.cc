#include "graph/reference.h"

#include "base/json.h"
#include "base/text.h"
#include "facts/type_facts.h"
#include "graph/advanced_query.h"
#include "graph/body.h"
#include "graph/list.h"
#include "graph/query_check.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/transaction.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;
using odata::StepKind;

// What else an option could ask for, references do not have (PRO 11.2.10).
void check_options(const Call& call, const odata::Target& target) {
  const auto& query = call.query;
  if (!query.select.empty() || !query.expand.empty() || !query.compute.empty() || query.apply) {
    throw http::Error(400, "",
                      "References are not shaped by '$select', '$expand', '$compute' or '$apply'. "
                      "Ask for the entities themselves: leave out '/$ref'.");
  }
  const auto& type = *target.last().type;
  check_query(query, *call.model, type);
  if (target.last().is_collection) {
    check_advanced_query(call, type);
  } else {
    refuse_collection_options(query);
  }
}

http::Response list_references(const Call& call, const odata::Target& target,
                               const Context& context) {
  check_options(call, target);
  const auto found = find_addressed(call, context, target);
  if (found.location.is_collection) {
    return references_answer(call, page_of(call, context, target, found.location));
  }
  if (!found.entity) throw_not_found(last_name(target));
  return reference_answer(call, *found.entity);
}

std::string url_in_body(const Call& call) {
  auto url = reference_in(read_body(call.request));
  if (url.empty()) throw http::Error(400, "", "A reference is sent as {\"@odata.id\": URL}.");
  return url;
}

// One write of references below an owner.
class References {
 public:
  References(const Call& call, const Context& context, odata::Target target)
      : call_(call), context_(context), target_(std::move(target)), transaction_(call, context) {
    is_owner_known_ = is_owner_known(call, context, transaction_.view(), target_);
    make_owners(transaction_, target_);
    location_ = transaction_.locate(target_);
    if (!location_.missing_key.empty()) throw_not_found(location_.missing_key);
  }

  void add(const std::string& url) {
    const auto entity = entity_behind(url);
    if (transaction_.view().is_listed(location_.list, entity->address)) {
      throw http::Error(400, "",
                        "One or more added object references already exist for the following "
                        "modified properties: '" +
                            std::string(target_.last().name) + "'.");
    }
    transaction_.link(location_.list, entity->address);
    transaction_.commit();
  }

  void set(const std::string& url) {
    const auto entity = entity_behind(url);
    transaction_.unlink_all(location_.list);
    transaction_.link(location_.list, entity->address);
    transaction_.commit();
  }

  // The member that the address ends in, or, of a collection, the one that `url` names.
  void remove(const std::string& url = "") {
    const auto entity = url.empty()
                            ? transaction_.find(location_.address)
                            : store::entity_at_url(context_.models, transaction_.view(), url);
    if (entity && transaction_.view().is_listed(location_.list, entity->address)) {
      transaction_.unlink(location_.list, entity->address);
    } else if (is_owner_known_) {
      throw_not_found(last_name(target_));
    }
    transaction_.commit();
  }

 private:
  store::EntityPtr entity_behind(const std::string& url) {
    const auto* type = location_.type;
    auto entity = store::entity_at_url(context_.models, transaction_.view(), url);
    if (!entity && is_owner_known_) throw_not_found(url);
    if (!entity) entity = make_target(transaction_, url);
    if (!store::is_a(context_.models, entity->type, *type) && !type->derives_from(entity->type)) {
      throw http::Error(400, "",
                        "'" + url + "' is of type '" + std::string(entity->type) + "'. Expected '" +
                            std::string(type->name) + "' or one derived from it.");
    }
    return entity;
  }

  const Call& call_;
  const Context& context_;
  const odata::Target target_;
  Transaction transaction_;
  store::Location location_;
  bool is_owner_known_ = false;
};

bool is_of_single_navigation(const odata::Target& target) {
  auto step = target.steps.rbegin();
  while (step->kind == StepKind::Cast) ++step;
  return step->kind == StepKind::Navigation && !step->is_collection;
}

http::Response written(const Call& call, const odata::Target& target) {
  auto response = no_content();
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (step->kind != StepKind::Navigation) continue;
    const auto* owner = std::next(step) == target.steps.rend() ? nullptr : std::next(step)->type;
    const int documented =
        owner ? facts::documented_status(facts::facts_of(*owner).reference_statuses, step->name,
                                         call.request.method)
              : 0;
    if (documented != 0) response.status = documented;
    break;
  }
  return response;
}

}  // namespace

std::string reference_in(const json::object& object) {
  auto url = base::text_of(object.if_contains("@odata.id"));
  return url.empty() ? base::text_of(object.if_contains("@id")) : url;
}

http::Response add_reference(const Call& call, const Context& context,
                             const odata::Target& collection) {
  const auto url = url_in_body(call);
  References(call, context, collection).add(url);
  return written(call, collection);
}

http::Response answer_reference(const Call& call, const Context& context) {
  const auto target = call.target->prefix(call.target->entity_steps());
  const auto method = call.request.method;
  if (method == "GET") return list_references(call, target, context);
  const bool is_collection = target.last().is_collection;
  // One of several references is there or is not; to set it would be to set all of them.
  const bool is_settable = !is_collection && is_of_single_navigation(target);
  if (is_collection && method == "POST") return add_reference(call, context, target);
  if (is_settable && (method == "PUT" || method == "PATCH" || method == "POST")) {
    const auto url = url_in_body(call);
    References(call, context, target).set(url);
    return written(call, target);
  }
  if (!is_collection && method == "DELETE") {
    References(call, context, target).remove();
    return written(call, target);
  }
  if (is_collection && method == "DELETE") {
    if (!call.query.id) {
      throw http::Error(400, "",
                        "Which reference is to go is said by '/ID/$ref' or by "
                        "'$ref?$id=URL'.");
    }
    References(call, context, target).remove(*call.query.id);
    return written(call, target);
  }
  method_not_allowed(call, is_collection ? "GET, POST, DELETE"
                           : is_settable ? "GET, PUT, DELETE"
                                         : "GET, DELETE");
}

}  // namespace graphmock::graph
