#include "graph/transaction.h"

#include "graph/new_id.h"
#include "graph/resource.h"
#include "store/stream.h"

namespace graphmock::graph {
namespace {

store::Importer::MakeId id_maker(const Call& call, const Context& context) {
  return [&context, now = call.now](const model::StructuredType& type,
                                    const boost::json::object& properties,
                                    const store::LayerView& view, std::string_view collection) {
    return new_id(type, properties, context.ids, now, view, collection);
  };
}

const model::StructuredType& own_type(const Context& context, const store::Entity& entity) {
  return *context.models.structured_type(entity.type);
}

}  // namespace

Transaction::Transaction(const Call& call, const Context& context)
    : call_(call),
      context_(context),
      write_(context.store),
      rules_(write_.view(), write_.version(), call.now) {}

store::Location Transaction::locate(const odata::Target& target) const {
  return graph::locate(call_, context_, view(), target);
}

store::Importer Transaction::importer(store::Importer::MakeTarget make_target) {
  using store::Importer;
  return {context_.models,           context_.enums,         write_, Importer::Existing::Refuse,
          id_maker(call_, context_), std::move(make_target), &rules_};
}

store::Importer Transaction::trusting_importer() {
  return {context_.models, context_.enums, write_, store::Importer::Existing::Replace,
          id_maker(call_, context_)};
}

store::EntityPtr Transaction::create(const store::Importer::Place& place,
                                     const boost::json::object& body,
                                     store::Importer::MakeTarget make_target) {
  Problems problems;
  auto all = importer(std::move(make_target));
  const auto address = all.put(place, body, problems.report());
  problems.throw_if_any();
  all.bind_references();
  problems.throw_if_any();
  return find(address);
}

store::EntityPtr Transaction::make(const std::string& address, const std::string& list,
                                   const model::StructuredType& type,
                                   boost::json::object properties) {
  store::Importer::Place place;
  place.list = list;
  rules_.complete(place, list, address, type, properties);
  auto made = store::make_entity(context_.models, address, type, properties);
  write_.create(made, list);
  return made;
}

store::EntityPtr Transaction::change(const std::string& address, const std::string& list,
                                     const model::StructuredType& type,
                                     boost::json::object& properties) {
  rules_.mark_changed(type, properties);
  auto changed = store::make_entity(context_.models, address, type, properties);
  if (write_.find(address)) {
    write_.replace(changed);
  } else {
    write_.create(changed, list);
  }
  return changed;
}

store::EntityPtr Transaction::change(const store::Entity& entity, boost::json::object& properties) {
  return change(entity.address, "", own_type(context_, entity), properties);
}

store::EntityPtr Transaction::move(const store::Entity& from, std::string address,
                                   const std::string& list, boost::json::object properties) {
  const auto& type = own_type(context_, from);
  rules_.mark_changed(type, properties);
  auto moved = store::make_entity(context_.models, std::move(address), type, properties);
  write_.move(from.address, moved, list);
  return moved;
}

store::EntityPtr Transaction::copy(const store::Entity& from, const std::string& list,
                                   boost::json::object properties) {
  const auto& type = own_type(context_, from);
  const auto home = std::string(store::home_of_address(from.address));
  const auto id = new_id(type, properties, context_.ids, call_.now, view(), home);
  properties["id"] = id;
  auto address = store::entity_address(home, id);
  rules_.refuse_shared(type, list, properties, "");
  rules_.mark_changed(type, properties);
  auto copied = store::make_entity(context_.models, std::move(address), type, properties);
  write_.copy(from.address, copied, list);
  return copied;
}

store::EntityPtr Transaction::put_stream(const std::string& address, std::string_view media_type,
                                         std::string_view bytes) {
  auto stream = store::make_stream(address, media_type, bytes);
  if (write_.find(address)) {
    write_.replace(stream);
  } else {
    write_.create(stream, address);
  }
  return stream;
}

}  // namespace graphmock::graph
