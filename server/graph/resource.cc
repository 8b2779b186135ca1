#include "graph/resource.h"

#include "graph/body.h"
#include "graph/transaction.h"

namespace graphmock::graph {
store::Location locate(const Call& call, const Context& context, const store::LayerView& view,
                       const odata::Target& target) {
  return store::locate(context.models, view, target, call.me);
}

Found find(const Call& call, const Context& context, const store::LayerView& view,
           const odata::Target& target) {
  Found found{locate(call, context, view, target), nullptr};
  if (!found.location.missing_key.empty()) throw_not_found(found.location.missing_key);
  if (found.location.is_collection) return found;
  auto entity = view.find(found.location.address);
  if (entity && store::is_a(context.models, entity->type, *found.location.type)) {
    found.entity = std::move(entity);
  }
  return found;
}

Found find_addressed(const Call& call, const Context& context, const odata::Target& target) {
  Found found;
  context.store.look(
      [&](const store::LayerView& view) { found = find(call, context, view, target); });
  return found;
}

void throw_not_found(std::string_view key) {
  throw http::Error(404, "",
                    "Resource '" + std::string(key) +
                        "' does not exist or one of its queried reference-property "
                        "objects are not present.");
}

std::string_view last_name(const odata::Target& target) {
  for (auto step = target.steps.rbegin(); step != target.steps.rend(); ++step) {
    if (!step->key.empty()) return step->key;
    if (step->kind != odata::StepKind::Cast) return step->name;
  }
  return {};
}

bool is_always_there(const odata::Target& target) {
  return target.last().kind == odata::StepKind::Singleton;
}

store::Importer::Report Problems::report() {
  return [this](std::string_view pointer, std::string message) {
    problems_.push_back({std::string(pointer), std::move(message)});
  };
}

void Problems::throw_if_any() const {
  if (!problems_.empty()) throw_problems(problems_);
}

bool is_owner_known(const Call& call, const Context& context, const store::LayerView& view,
                    const odata::Target& target) {
  size_t count = target.entity_steps();
  while (count > 0 && target.steps[count - 1].kind != odata::StepKind::Navigation) --count;
  if (count < 2) return true;
  // A contained single value is as known as its owner.
  while (count > 2 && target.steps[count - 2].kind == odata::StepKind::Navigation &&
         !target.steps[count - 2].is_collection) {
    --count;
  }
  const auto owner = locate(call, context, view, target.prefix(count - 1));
  return owner.missing_key.empty() &&
         (is_always_there(target.prefix(count - 1)) || view.find(owner.address));
}

store::EntityPtr make_target(Transaction& transaction, const std::string& url) {
  const auto& call = transaction.call();
  const auto& context = transaction.context();
  auto target = odata::resolve(*call.model, odata::resource_segments(context.models, url));
  if (!target.is_entities() || target.last().is_collection) {
    throw http::Error(400, "", "'" + url + "' is not the URL of an entity.");
  }
  // It is made as the owner of what might be asked for below it.
  odata::Step below;
  below.kind = odata::StepKind::Value;
  target.steps.push_back(std::move(below));
  make_owners(transaction, target);
  target.steps.pop_back();
  auto entity = transaction.find(transaction.locate(target).address);
  if (!entity) throw_not_found(url);
  return entity;
}

void make_owners(Transaction& transaction, const odata::Target& target) {
  auto importer = transaction.trusting_importer();
  Problems problems;
  const bool is_made =
      store::make_owners(importer, transaction.context().models, transaction.view(), target,
                         transaction.call().me, problems.report());
  problems.throw_if_any();
  if (!is_made) throw_not_found(last_name(target));
}

}  // namespace graphmock::graph
