#include "graph/update.h"

#include "base/json.h"
#include "graph/body.h"
#include "graph/create.h"
#include "graph/etag.h"
#include "graph/merge.h"
#include "graph/relate.h"
#include "graph/reply.h"
#include "graph/resource.h"
#include "graph/shape.h"
#include "graph/stamp.h"
#include "graph/type_facts.h"
#include "graph/unique.h"

namespace graphmock::graph {
namespace {

namespace json = base::json;

// An entity on its way from what it is to what the body makes of it.
class Change {
 public:
  Change(const Call& call, const Context& context, store::Store::Write& write, Found found)
      : call_(call),
        context_(context),
        write_(write),
        location_(std::move(found.location)),
        old_(std::move(found.entity)),
        // A type that this version lacks is seen as what the address declares.
        own_type_(old_ ? call.model->structured_type(old_->type) : nullptr),
        type_(own_type_ ? *own_type_ : *location_.type) {}

  const TypeFacts facts() const { return facts_of(type_); }

  void merge_in(const json::object& body) {
    auto changes = read(body);
    merged_ = old_ ? base::parse_json(old_->text).get_object() : json::object();
    drop_unchangeable(type_, merged_, changes.properties);
    merge(*call_.model, merged_, changes.properties, *changes.type);
    finish(changes);
  }

  void replace_by(const json::object& body) {
    auto changes = read(body);
    auto before = old_ ? base::parse_json(old_->text).get_object() : json::object();
    drop_unchangeable(type_, before, changes.properties);
    merge(*call_.model, merged_, changes.properties, *changes.type);
    // What a client cannot set it cannot take away either.
    for (const auto& member : before) {
      const auto* property = type_.property(member.key());
      const bool is_kept = lists(facts().read_only, member.key()) ||
                           (property && property->is_computed) ||
                           std::find(type_.key.begin(), type_.key.end(),
                                     std::string_view(member.key())) != type_.key.end();
      if (is_kept) merged_.emplace(member.key(), member.value());
    }
    finish(changes);
  }

  http::Response reply(int documented) const {
    return write_reply(documented == 0 ? 200 : documented, call_, context_, location_,
                       node_of(context_.models, *call_.model, write_.view(), entity_));
  }

 private:
  model::Representation read(const json::object& body) const {
    auto changes = model::read_representation(*call_.model, type_, body, context_.enums);
    if (!changes.problems.empty()) throw_problems(changes.problems);
    return changes;
  }

  void finish(const model::Representation& changes) {
    check_unique(write_, location_, *changes.type, changes.properties, location_.address);
    entity_ = old_;
    const bool is_same = old_ && merged_ == base::parse_json(old_->text).get_object() &&
                         changes.type->name == type_.name;
    if (!is_same) store(changes);
    if (relate(call_, context_, write_, location_.address, changes) && is_same) store(changes);
  }

  void store(const model::Representation& changes) {
    stamp_changed(merged_, *changes.type, call_.now);
    const auto& stored_type =
        own_type_ || !old_ ? *changes.type : *context_.models.structured_type(old_->type);
    entity_ = store::make_entity(context_.models, location_.address, stored_type, merged_);
    if (old_) {
      write_.replace(entity_);
    } else {
      write_.create(entity_, location_.list);
    }
  }

  const Call& call_;
  const Context& context_;
  store::Store::Write& write_;
  store::Location location_;
  store::EntityPtr old_;
  const model::StructuredType* own_type_;
  const model::StructuredType& type_;
  json::object merged_;
  store::EntityPtr entity_;
};

}  // namespace

http::Response update(const Call& call, const Context& context) {
  const auto body = read_body(call.request);
  format_of(call.request);  // refuses before anything is written
  const auto& target = *call.target;
  store::Store::Write write(context.store);
  auto found = find(call, context, write.view(), target);
  const bool is_upsert = !found.entity && (facts_of(*found.location.type).is_upserted ||
                                           prefers(call.request, "create-if-missing"));
  if (!found.entity && requires_entity(call.request) && is_upsert) {
    throw http::Error(412, "", "There is no entity that the header If-Match could hold for.");
  }
  if (is_upsert) return create_at(call, context, write, found.location, body);
  if (!found.entity && !is_always_there(target)) throw_not_found(last_name(target));
  check_write_conditions(call.request, found.entity.get());
  Change change(call, context, write, std::move(found));
  change.merge_in(body);
  auto response = change.reply(change.facts().update);
  write.commit();
  return response;
}

http::Response replace(const Call& call, const Context& context) {
  const auto body = read_body(call.request);
  format_of(call.request);
  const auto& target = *call.target;
  store::Store::Write write(context.store);
  make_owners(call, context, write, target);
  auto found = find(call, context, write.view(), target);
  if (!found.entity && !is_always_there(target)) {
    const bool is_upsert = facts_of(*found.location.type).put_creates;
    if (!is_upsert) throw_not_found(last_name(target));
    if (requires_entity(call.request)) {
      throw http::Error(412, "", "There is no entity that the header If-Match could hold for.");
    }
    return create_at(call, context, write, found.location, body);
  }
  check_write_conditions(call.request, found.entity.get());
  Change change(call, context, write, std::move(found));
  change.replace_by(body);
  auto response = change.reply(change.facts().replace);
  write.commit();
  return response;
}

}  // namespace graphmock::graph
